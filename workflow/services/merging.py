"""Two cases about one child become one, and two again."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User

from workflow.models import Case
from workflow.services.identifying import ABOUT_THE_NUMBER, adopt_identity, give_identity_back
from workflow.services.telling import MARKED_URGENT, note


def merge(case: Case, reference: str, by: User, at: dt.datetime) -> dict[str, Any]:
    """Give everything received, and what it tells, to the case that is kept; what `split` needs to know to undo it."""
    kept = case.duplicate_of = Case.objects.get(reference=reference)
    moved = list(case.submissions.values_list("pk", flat=True))
    before = {name: kept.record[name] for name in ABOUT_THE_NUMBER if name in kept.record}
    case.submissions.update(case=kept)
    adopted = adopt_identity(kept, case)
    raised = case.urgent and not kept.urgent
    if raised:
        kept.urgent = True
        kept.save(update_fields=["urgent", "changed_at"])
    note(kept, by, "received", f"Case {case.reference} is the same child. Its notifications are now here.", at=at)
    return {"submissions": moved, "raised_urgency": raised, "number_before": before if adopted else None}


def split(case: Case, by: User, at: dt.datetime) -> None:
    """Put both cases back as they were before `merge`. What people did on the kept case since stays."""
    merged = case.state_changes.filter(transition="mark_duplicate").latest("pk")
    kept = Case.objects.get(pk=case.duplicate_of_id)
    kept.submissions.filter(pk__in=merged.details["submissions"]).update(case=case)
    if merged.details["number_before"] is not None:
        give_identity_back(kept, case, merged.details["number_before"])
    if merged.details["raised_urgency"] and not kept.timeline.filter(text=MARKED_URGENT, at__gte=merged.at).exists():
        kept.urgent = False
        kept.save(update_fields=["urgent", "changed_at"])
    case.duplicate_of = None
    words = f"Case {case.reference} is not the same child after all. Its notifications are back there."
    note(kept, by, "received", words, at=at)
