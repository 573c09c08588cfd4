"""From a notification to a case."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from forms.conditions import as_date
from forms.models import Draft, Submission
from forms.schema import Answers
from workflow.abroad.selectors import limits_from
from workflow.alerts import alert_coordinator
from workflow.clocks import happened, notified_death
from workflow.models import Case, CaseSubmission, StateChange, TransferIn
from workflow.services.identifying import identify
from workflow.services.telling import note
from workflow.states import State

NOTIFICATION = "notification"
RECORDED = (
    "sex", "ethnicity", "expected", "place_of_death_type", "place_in_area", "jar_required", "jar_criteria",
    "sibling_concerns", "ncmd_alert", "normally_resident_here", "nhs_number_missing_reason", "legal_status",
    "investigations", "gestation_weeks", "birth_weight_g", "coroner_informed", "post_mortem", "family_aware_of_cdr",
)  # fmt: skip
AGE_GROUPS = [
    ("0_27_days", "0–27 days"),
    ("28_364_days", "28–364 days"),
    ("1_4_years", "1–4 years"),
    ("5_9_years", "5–9 years"),
    ("10_14_years", "10–14 years"),
    ("15_17_years", "15–17 years"),
]


def age_group(born: dt.date, died: dt.date) -> str:
    """The code of the age group at death (annual data release groups)."""
    if (days := (died - born).days) < 28:
        return "0_27_days"
    years = died.year - born.year - ((died.month, died.day) < (born.month, born.day))
    if years < 1 or days < 365:
        return "28_364_days"
    return next(
        code for code, most in zip([c for c, _ in AGE_GROUPS[2:]], (4, 9, 14, 200), strict=True) if years <= most
    )


def receive(sender: Any, submission: Submission, draft: Draft | None = None, **kwargs: Any) -> None:
    """Open a case for every notification, in the transaction that stores it."""
    if submission.version.form.slug == NOTIFICATION:
        offer = TransferIn.objects.filter(draft=draft).first() if draft else None
        open_case(submission, draft.owner if draft and draft.source != "web" else None, offer)


@transaction.atomic
def open_case(submission: Submission, by: User | None = None, offer: TransferIn | None = None) -> Case:
    """A new case for a notification, with its identity sealed, its clocks running and its team alerted.

    `by` is the member of staff who entered it for somebody else. What another panel offers waits for an answer, and no
    time limit runs until it is accepted.
    """
    answers = submission.all_answers()
    born, died = as_date(answers.get("date_of_birth")), as_date(answers.get("date_of_death"))
    case = _numbered(
        submission.submitted_at,
        state=State.OFFERED_TO_US if offer else State.NOTIFIED,
        urgent="yes" in (answers.get("sibling_concerns"), answers.get("ncmd_alert")),
        died_on=died,
        source=submission.source,
        record=_record(submission, answers, born, died),
    )
    CaseSubmission.objects.create(case=case, submission=submission)
    StateChange.objects.create(
        case=case, transition="receive_offer" if offer else "notify", target=case.state, at=case.opened_at
    )
    note(case, by, "received", f"Notification {submission.reference} received.", at=case.opened_at)
    if case.urgent:
        note(case, None, "warned", "Urgent: read the notification now.", at=case.opened_at)
    _identify(case, answers)
    if offer:
        _keep_offer(case, offer)
    else:
        death = notified_death(died, answers.get("time_of_death"), case.opened_at)
        happened(case, "death", limits_from(case, death))
        happened(case, "notified", case.opened_at)
    transaction.on_commit(lambda: alert_coordinator(case), robust=True)
    return case


def _keep_offer(case: Case, offer: TransferIn) -> None:
    offer.case = case
    offer.save(update_fields=["case"])
    note(case, offer.entered_by, "received", f"Offered by another panel: {offer.from_area}.", at=case.opened_at)


def _record(submission: Submission, answers: Answers, born: dt.date | None, died: dt.date | None) -> dict[str, Any]:
    record = {item: submission.answers[item] for item in RECORDED if item in submission.answers}
    known = answers.get("nhs_number") not in (None, "", "not_known")
    return record | {
        "nhs_number_known": known,
        "age_group": age_group(born, died) if born and died else "",
    }


def _identify(case: Case, answers: Answers) -> None:
    number = answers.get("nhs_number") if case.record["nhs_number_known"] else ""
    details = {
        "first_names": answers.get("child_first_names", ""),
        "family_name": answers.get("child_family_name", ""),
        "nhs_number": number,
        "date_of_birth": answers.get("date_of_birth", ""),
        "date_of_death": answers.get("date_of_death", ""),
        "postcode": answers.get("postcode", ""),
    }
    identify(case, details)


def _numbered(opened_at: dt.datetime, **fields: Any) -> Case:
    """A case with the next reference of the year. Two that arrive together get two numbers."""
    year = timezone.localdate(opened_at).year
    for _ in range(50):
        newest = Case.objects.filter(reference__startswith=f"{year}-").order_by("-reference").first()
        number = int(newest.reference.split("-")[1]) + 1 if newest else 1
        try:
            with transaction.atomic():
                return Case.objects.create(reference=f"{year}-{number:04}", opened_at=opened_at, **fields)
        except IntegrityError:
            continue
    raise RuntimeError("No free case number was found.")
