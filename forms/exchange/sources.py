"""Bytes from outside: how much of them we take."""

import json
from dataclasses import asdict

from forms.exchange.editing import with_lists
from forms.exchange.findings import Understood, refuse
from forms.exchange.formats import FORMATS

MOST_BYTES = 5_000_000
NUL = r"\u0000"


def format_of(data: bytes) -> str:
    """The name of the format that the first bytes of a file speak of."""
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return "xlsform"
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"{", b"[")):
        return "fhir" if b'"resourceType"' in data else "json"
    return "redcap" if b"," in start and "redcap" in FORMATS else "json"


def read(name: str, data: bytes) -> Understood:
    """Read a file in the named format.

    Raises:
        Unreadable: empty, too large, or not what the format says; each finding has a row or a path.
    """
    if not data.strip():
        raise refuse("The file is empty.")
    if len(data) > MOST_BYTES:
        raise refuse(f"The file is larger than {MOST_BYTES // 1_000_000} MB. No form is that long.")
    understood = FORMATS[name].read(data)
    beside = [understood.translations, asdict(understood.editing)]
    if NUL in understood.schema.model_dump_json() + json.dumps(beside):
        raise refuse("It holds a character (NUL) that cannot be stored.")
    return with_lists(understood)
