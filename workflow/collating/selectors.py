"""Reading what is known about a case."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.utils import timezone

from forms.conditions import visible
from forms.models import Submission
from workflow.collating.engine import Agreed, Evidence, Item, collate
from workflow.models import AgreedValue, Case, CaseSubmission
from workflow.permissions import user_can_see_identity


def record_of(case: Case, user: User) -> list[Item]:
    """Every item of the case’s record; without those that may identify somebody, where the user may not see them."""
    identity = user_can_see_identity(user)
    evidence = [_evidence(received.submission, identity) for received in _received(case, identity)]
    return collate(evidence, _agreed(case, identity))


def _received(case: Case, identity: bool) -> Iterable[CaseSubmission]:
    """What counts, earliest first: of a form that came back twice, the newer."""
    found = case.submissions.select_related(
        "submission__version__form", "submission__form_return__requested__request__agency"
    )
    found = found if identity else found.defer("submission__sealed")
    rows = list(found.order_by("submission__submitted_at", "submission_id"))
    newest = {_return_of(row.submission): row.pk for row in rows}
    return [row for row in rows if not _return_of(row.submission) or newest[_return_of(row.submission)] == row.pk]


def _return_of(submission: Submission) -> int | None:
    return submission.form_return.requested_id if hasattr(submission, "form_return") else None


def _evidence(submission: Submission, identity: bool) -> Evidence:
    schema = submission.definition
    if identity:
        answers = submission.all_answers()
        pages = visible(schema, answers, timezone.localdate(submission.submitted_at))
    else:
        answers = submission.answers
        pages = [(page, [q for q in page.questions if q.key in answers]) for page in schema.pages]
    shown = tuple((page, tuple(questions)) for page, questions in pages)
    return Evidence(
        source_of(submission), submission.submitted_at, submission.pk, submission.version.form.slug, shown, answers
    )


def source_of(submission: Submission) -> str:
    """Who said it: the agency that was asked, or how the notification came."""
    if hasattr(submission, "form_return"):
        return str(submission.form_return.requested.request.agency)
    return f"{submission.definition.title} ({submission.get_source_display().lower()})"


def _agreed(case: Case, identity: bool) -> dict[str, Agreed]:
    """The newest value of each item; without `identity` those that identify nobody."""
    rows = AgreedValue.objects.filter(case=case).select_related("by").order_by("pk")
    newest = {row.item: row for row in (rows if identity else rows.filter(identifies=False))}
    return {name: _opened(row) for name, row in newest.items()}


def _opened(row: AgreedValue) -> Agreed:
    details = row.details
    by = row.by.get_full_name() or row.by.get_username()
    return Agreed(details["value"], details["reason"], by, row.at, frozenset(row.seen), row.submission_id)
