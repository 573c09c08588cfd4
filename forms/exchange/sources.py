"""Bytes from outside: how much of them we take."""

from forms.exchange.findings import Understood, refuse
from forms.exchange.formats import FORMATS

MOST_BYTES = 5_000_000


def read(name: str, data: bytes) -> Understood:
    """Read a file in the named format.

    Raises:
        Unreadable: empty, too large, or not what the format says; each finding has a row or a path.
    """
    if not data.strip():
        raise refuse("The file is empty.")
    if len(data) > MOST_BYTES:
        raise refuse(f"The file is larger than {MOST_BYTES // 1_000_000} MB. No form is that long.")
    return FORMATS[name].read(data)
