"""Tokens of API clients: made once, shown once, kept as a hash."""

import datetime as dt
import hashlib
import secrets

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from forms.models import ApiClient, ApiUse

PREFIX = "cdop_"
# How exact "last used" is: a request does not write when one just did.
NOTED_EVERY = dt.timedelta(minutes=5)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def issue(client: ApiClient, by: User | None = None) -> str:
    """A new token for the client, which replaces the one it had. It cannot be read again."""
    token = PREFIX + secrets.token_urlsafe(32)
    client.token_hash, client.token_ending, client.revoked_at = hash_of(token), token[-4:], None
    client.save(update_fields=["token_hash", "token_ending", "revoked_at"])
    ApiUse.objects.create(client=client, did="token_made", by=by)
    return token


@transaction.atomic
def revoke(client: ApiClient, by: User | None = None) -> None:
    """Stop the client’s token at once. What it sent stays."""
    client.revoked_at = timezone.now()
    client.save(update_fields=["revoked_at"])
    ApiUse.objects.create(client=client, did="revoked", by=by)


def client_for(token: str) -> ApiClient | None:
    """The client whose token this is, if it still works."""
    now = timezone.now()
    client = ApiClient.objects.filter(token_hash=hash_of(token), revoked_at__isnull=True, expires_at__gt=now).first()
    if client and (client.last_used_at is None or now - client.last_used_at > NOTED_EVERY):
        ApiClient.objects.filter(pk=client.pk).update(last_used_at=now)
    return client
