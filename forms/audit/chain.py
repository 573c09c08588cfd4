"""How the rows of the audit log hold each other: plain functions over texts, so that anybody can check them.

Each entry is signed when it is written, and each link signs the link before it, its own number and its entry. The key
is not in the database: who can write there can take rows away, and can make none that fit.
"""

import datetime as dt
import hmac
import json
from collections.abc import Iterable
from hashlib import sha256

START = "0" * 64  # What the first link holds on to.


def signed(key: str, kind: str, parts: Iterable[object]) -> str:
    """The signature of these values; `kind` keeps an entry's from ever passing for a link's."""
    text = json.dumps([kind, *map(_text, parts)], separators=(",", ":"))
    return hmac.new(key.encode(), text.encode(), sha256).hexdigest()


def _text(part: object) -> str | None:
    if isinstance(part, dt.datetime):
        return part.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return None if part is None else str(part)


def is_signed(keys: Iterable[str], kind: str, parts: Iterable[object], signature: str) -> bool:
    """Whether one of the keys signed exactly this."""
    given = list(parts)
    return any(hmac.compare_digest(signed(key, kind, given), signature) for key in keys)
