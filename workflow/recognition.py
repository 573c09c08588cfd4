"""Finding the same child again, without keeping a number, a name or a date where it can be read.

Everything is found by keyed hashes. Their key is `LOOKUP_KEY` alone, so other secrets can change without it.
"""

import hashlib
import hmac
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from workflow.matching.child import child_of
from workflow.matching.keys import keys_of
from workflow.models import CaseIdentity, MatchKey

BATCH = 500


def _keyed(text: str) -> "hmac.HMAC":
    return hmac.new(settings.LOOKUP_KEY.encode(), text.encode(), hashlib.sha256)


def keyed_hash(text: str) -> str:
    """By which a text that may identify somebody is found again."""
    return _keyed(text).hexdigest()


def nhs_number_hash(nhs_number: str) -> str:
    """A keyed hash of ten digits."""
    return keyed_hash(nhs_number)


def hashed(keys: Iterable[str]) -> set[int]:
    """Keyed hashes, short enough for an index of numbers: a rare clash only shows a case that scoring leaves out."""
    return {int.from_bytes(_keyed(key).digest()[:8], "big", signed=True) for key in keys}


def same_child(nhs_number: str) -> QuerySet[CaseIdentity]:
    """Identities that have this NHS number."""
    return CaseIdentity.objects.filter(nhs_number_hash=nhs_number_hash(nhs_number)).select_related("case")


def index(identity: CaseIdentity) -> bool:
    """Bring the keys of an identity up to date; whether anything was not."""
    details = identity.details
    number = details["nhs_number"]
    wanted = nhs_number_hash(number) if number else ""
    keys = hashed(keys_of(child_of(details)))
    had = {key.hashed for key in identity.keys.all()}
    changed = had != keys or identity.nhs_number_hash != wanted
    if identity.nhs_number_hash != wanted:
        identity.nhs_number_hash = wanted
        identity.save(update_fields=["nhs_number_hash"])
    if had - keys:
        identity.keys.filter(hashed__in=had - keys).delete()
    MatchKey.objects.bulk_create(MatchKey(identity=identity, hashed=key) for key in keys - had)
    return changed


def rehash(missing: bool = False) -> int:
    """Make every key again under the present `LOOKUP_KEY`; the number of identities that had others, or none.

    With `missing` only for those that have none, as after an upgrade.
    """
    wanted = CaseIdentity.objects.filter(keys__isnull=True) if missing else CaseIdentity.objects.all()
    changed = last = 0
    while batch := list(wanted.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            locked = CaseIdentity.objects.select_for_update().filter(pk__in=batch)
            changed += sum(index(identity) for identity in locked.prefetch_related("keys"))
        last = batch[-1]
    return changed
