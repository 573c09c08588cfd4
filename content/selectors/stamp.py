"""Which state of the public site is this?"""

from django.core.cache import cache
from django.db import connection

from content.models import ContentStamp

STAMP_KEY = "content-stamp"
STAMP_SECONDS = 2


def stamp() -> str:
    """Changes whenever anything on the public site does. Asked of the database at most every two seconds.

    Inside a transaction it is asked every time and told to nobody: what is not committed yet is not what others see.
    """
    if connection.in_atomic_block:
        return _stored()
    value = cache.get(STAMP_KEY)
    if value is None:
        # `add` and not `set`: a newer value may have been put there since this one was read.
        value = _stored()
        cache.add(STAMP_KEY, value, STAMP_SECONDS)
    return value


def _stored() -> str:
    return ContentStamp.objects.values_list("value", flat=True).first() or "new"
