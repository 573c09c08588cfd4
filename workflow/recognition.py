"""Finding the same child again by NHS number, without keeping the number where it can be read."""

import hashlib
import hmac

from django.conf import settings
from django.db.models import QuerySet

from workflow.models import CaseIdentity


def nhs_number_hash(nhs_number: str) -> str:
    """A keyed hash of ten digits. Its key is `LOOKUP_KEY` alone, so other secrets can change without it."""
    return hmac.new(settings.LOOKUP_KEY.encode(), nhs_number.encode(), hashlib.sha256).hexdigest()


def same_child(nhs_number: str) -> QuerySet[CaseIdentity]:
    """Identities that have this NHS number."""
    return CaseIdentity.objects.filter(nhs_number_hash=nhs_number_hash(nhs_number)).select_related("case")


def rehash() -> int:
    """Make every hash again under the present `LOOKUP_KEY`; the number of identities whose hash changed."""
    changed = 0
    for identity in CaseIdentity.objects.exclude(nhs_number_hash="").iterator(chunk_size=500):
        hashed = nhs_number_hash(identity.details["nhs_number"])
        changed += (
            CaseIdentity.objects.filter(pk=identity.pk).exclude(nhs_number_hash=hashed).update(nhs_number_hash=hashed)
        )
    return changed
