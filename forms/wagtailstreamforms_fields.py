"""Found by name: importing the kinds puts each into the library's registry (`wagtailstreamforms.fields`)."""

from forms.kinds import choices, dates, groups, numbers, text

__all__ = ["choices", "dates", "groups", "numbers", "text"]
