"""What a project's own key makes of a child: a pseudonym, and how far the child's dates are shifted. Plain Python.

Both depend on the key alone: the same child is the same in every extract of a project, and another in another project.
"""

import base64
import datetime as dt
import hashlib
import hmac
import secrets

SIZE = 32
# 128 of 256 bits: among a million children two alike are less likely than one in 10^26.
KEPT = 16


def new_key() -> str:
    return secrets.token_hex(SIZE)


def pseudonym(key: str, child: object) -> str:
    """Such as "k3ve…", 26 letters and digits."""
    return base64.b32encode(_digest(key, "pseudonym", child)[:KEPT]).decode().rstrip("=").lower()


def shift(key: str, child: object, most: int) -> dt.timedelta:
    """From 1 to `most` days, earlier or later: never none."""
    drawn = int.from_bytes(_digest(key, "shift", child)) % (2 * most)
    return dt.timedelta(days=drawn - most if drawn < most else drawn - most + 1)


def _digest(key: str, what: str, child: object) -> bytes:
    return hmac.digest(bytes.fromhex(key), f"{what}:{child}".encode(), hashlib.sha256)
