"""Lines of the timeline, and who looked."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from forms.audit.lines import Line
from forms.audit.services import record
from forms.models import Submission, Upload
from forms.sealing import seal
from workflow.models import Case, CaseView, TimelineEntry
from workflow.models.history import CONTACTS
from workflow.permissions import user_can_see_identity, user_can_work_cases
from workflow.services.refusing import require

VIEW_LOGGED_EVERY = dt.timedelta(hours=1)
MARKED_URGENT = "Marked as urgent."


def note(
    case: Case, by: User | None, kind: str, text: str, words: str = "", at: dt.datetime | None = None
) -> TimelineEntry:
    """Add a line to the case's timeline: a `text` that names nobody, and a person's own `words`, sealed."""
    return TimelineEntry.objects.create(
        case=case, by=by, kind=kind, text=text, sealed_words=seal(words) if words else "", at=at or timezone.now()
    )


def add_note(case: Case, by: User, text: str, contact: str = "", at: dt.datetime | None = None) -> TimelineEntry:
    """Add a person's own note to the timeline, or what was said in a `contact` (of `CONTACTS`)."""
    require(user_can_work_cases(by))
    if contact:
        return note(case, by, "contact", dict(CONTACTS)[contact], text, at)
    return note(case, by, "noted", "Note", text, at)


def record_view(case: Case, by: User, at: dt.datetime | None = None, file: Upload | None = None) -> None:
    """Remember that somebody opened a case, or downloaded this file of it.

    The list of who opened which case has one line an hour for each person; the audit log has every time.
    """
    _record(by, at, case=case, file=file)
    _audit(by, "case", case.reference, file)


def record_answers_view(submission: Submission, by: User, file: Upload | None = None) -> None:
    """The same for answers that are about no case."""
    _record(by, None, submission=submission, file=file)
    _audit(by, "answers", submission.reference, file)


def _record(by: User, at: dt.datetime | None, **what: Any) -> None:
    now = at or timezone.now()
    seen = what | {"by": by, "with_identity": user_can_see_identity(by)}
    if not CaseView.objects.filter(**seen, at__range=(now - VIEW_LOGGED_EVERY, now)).exists():
        CaseView.objects.create(**seen, at=now)


def _audit(by: User, about_type: str, reference: str, file: Upload | None) -> None:
    seen = "identity" if user_can_see_identity(by) else "read"
    if file:
        record(Line("file.download", "file", f"{reference} {file.pk}", by))
    else:
        record(Line(f"{about_type}.{seen}", about_type, reference, by))


@transaction.atomic
def set_urgent(case: Case, by: User, urgent: bool, words: str, at: dt.datetime | None = None) -> None:
    """Mark a case as urgent, or say that what was urgent is dealt with. Setting it twice changes nothing."""
    require(user_can_work_cases(by))
    current = Case.objects.select_for_update().get(pk=case.pk)
    if current.urgent != urgent:
        current.urgent = urgent
        current.save(update_fields=["urgent", "changed_at"])
        note(current, by, "warned", MARKED_URGENT if urgent else "No longer urgent.", words, at)
