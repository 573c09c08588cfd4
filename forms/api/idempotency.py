"""One Idempotency-Key stands for one thing that was sent."""

import hashlib
import hmac

from django.conf import settings


class KeyReused(Exception):
    """This Idempotency-Key came with another body before."""


def digest_of(body: bytes) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), body, hashlib.sha256).hexdigest()
