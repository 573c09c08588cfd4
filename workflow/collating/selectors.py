"""Reading what is known about a case."""

from collections.abc import Collection, Mapping

from django.contrib.auth.models import User
from django.utils import timezone

from forms.conditions import visible
from forms.dictionary import item_fed_by
from forms.models import Submission
from forms.schema import Answers, Page, Question
from workflow.collating.engine import Agreed, Evidence, Item, collate
from workflow.models import AgreedValue, Case, CaseSubmission
from workflow.permissions import user_can_see_identity

Shown = list[tuple[Page, list[Question]]]


def record_of(case: Case, user: User) -> list[Item]:
    """Every item of the case’s record; without those that may identify somebody, where the user may not see them."""
    return records_of([case], user_can_see_identity(user))[case.pk]


def records_of(cases: Collection[Case], identity: bool) -> dict[int, list[Item]]:
    """The items of each of these cases, by its primary key, in a number of queries that does not grow with them."""
    received, agreed = _received(cases, identity), _agreed(cases, identity)
    return {case.pk: _collated(received.get(case.pk, []), agreed.get(case.pk, {}), identity) for case in cases}


def _collated(rows: list[CaseSubmission], agreed: Mapping[str, Agreed], identity: bool) -> list[Item]:
    return collate([evidence_of(row.submission, identity, agreed) for row in _that_count(rows)], agreed)


def _received(cases: Collection[Case], identity: bool) -> dict[int, list[CaseSubmission]]:
    """By case, earliest first."""
    found = CaseSubmission.objects.filter(case__in=cases).select_related(
        "submission__version__form", "submission__form_return__requested__request__agency"
    )
    found = found if identity else found.defer("submission__sealed")
    rows: dict[int, list[CaseSubmission]] = {}
    for row in found.order_by("submission__submitted_at", "submission_id"):
        rows.setdefault(row.case_id, []).append(row)
    return rows


def _that_count(rows: list[CaseSubmission]) -> list[CaseSubmission]:
    """Of a form that came back twice, the newer."""
    newest = {_return_of(row.submission): row.pk for row in rows}
    return [row for row in rows if not _return_of(row.submission) or newest[_return_of(row.submission)] == row.pk]


def _return_of(submission: Submission) -> int | None:
    return submission.form_return.requested_id if hasattr(submission, "form_return") else None


def evidence_of(submission: Submission, identity: bool, agreed: Mapping[str, Agreed] | None = None) -> Evidence:
    """A submission as the engine takes it; without `identity` its sealed answers are never opened.

    It also has the questions that what was `agreed` since calls for: nobody has answered those.
    """
    schema = submission.definition
    if identity:
        answers = submission.all_answers()
        pages = visible(schema, answers, timezone.localdate(submission.submitted_at))
        if agreed:
            pages = _called_for(submission, answers, agreed, pages)
    else:
        answers = submission.answers
        pages = [(page, [q for q in page.questions if q.key in answers]) for page in schema.pages]
    shown = tuple((page, tuple(questions)) for page, questions in pages)
    return Evidence(
        source_of(submission), submission.submitted_at, submission.pk, submission.version.form.slug, shown, answers
    )


def _called_for(submission: Submission, answers: Answers, agreed: Mapping[str, Agreed], pages: Shown) -> Shown:
    schema = submission.definition
    fed = {question.key: agreed.get(item_fed_by(question)) for question in schema.questions()}
    settled = answers | {key: each.value for key, each in fed.items() if each}
    asked = {question.key for _, questions in pages for question in questions}
    now = visible(schema, settled, timezone.localdate(submission.submitted_at))
    asked |= {question.key for _, questions in now for question in questions}
    return [(page, [question for question in page.questions if question.key in asked]) for page in schema.pages]


def source_of(submission: Submission) -> str:
    """Who said it: the agency that was asked, or how the notification came."""
    if hasattr(submission, "form_return"):
        return str(submission.form_return.requested.request.agency)
    return f"{submission.definition.title} ({submission.get_source_display().lower()})"


def _agreed(cases: Collection[Case], identity: bool) -> dict[int, dict[str, Agreed]]:
    """The newest value of each item of each case that is not erased; without `identity` those that identify nobody."""
    rows = AgreedValue.objects.filter(case__in=cases).exclude(sealed="").select_related("by").order_by("pk")
    newest: dict[int, dict[str, AgreedValue]] = {}
    for row in rows if identity else rows.filter(identifies=False):
        newest.setdefault(row.case_id, {})[row.item] = row
    return {case: {name: _opened(row) for name, row in items.items()} for case, items in newest.items()}


def _opened(row: AgreedValue) -> Agreed:
    details = row.details
    by = row.by.get_full_name() or row.by.get_username()
    return Agreed(details["value"], details["reason"], by, row.at, frozenset(row.seen), row.submission_id)
