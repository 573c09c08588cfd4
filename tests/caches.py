"""What is kept in memory between tests."""

from django.core.cache import cache

from content.selectors.frame import frame_at
from forms.blank import drawn
from forms.models.definition import definition_of


def empty_caches() -> None:
    """A rolled back test gives its version numbers to the next one; what is kept of them must go too.

    A fixture of a module comes before those of its first test: it calls this itself.
    """
    cache.clear()
    frame_at.cache_clear()
    definition_of.cache_clear()
    drawn.cache_clear()
