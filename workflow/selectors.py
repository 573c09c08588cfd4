"""Which cases a person may see is decided here, in the query."""

import re

from django.db.models import BooleanField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models import Case as Choose
from django.utils import timezone

from forms.models import Submission, Upload
from workflow.meetings.selectors import not_to_be_heard, open_to_member
from workflow.models import Case, CaseFact, CaseSubmission, Clock, Hold, TransferIn
from workflow.permissions import (
    Person,
    user_can_read_every_case,
    user_can_refer,
    user_can_see_identity,
    user_can_work_cases,
)
from workflow.recognition import same_child
from workflow.safeguarding.selectors import REFERRAL_WAITS, TO_SEND, WAITING
from workflow.states import COUNTED_ELSEWHERE, ENDED, NEW, OPEN

# A receipt is told by a handful of letters; how far back a number alone is looked for.
MOST_RECEIPTS, YEARS_BACK = 200, 30
RUNNING = Clock.objects.filter(case=OuterRef("pk"), met_at__isnull=True, case__state__in=OPEN)


def cases_for(user: Person) -> QuerySet[Case]:
    """Every case for those who work on or audit cases; for panel members those on an agenda of theirs.

    A case in which somebody has declared an interest is hidden from them, unless they work on it.
    """
    if user_can_work_cases(user):
        return Case.objects.all()
    if user_can_read_every_case(user):
        return not_to_be_heard(Case.objects.all(), user)
    if user.has_perm("cdop_workflow.read_panel_case"):
        return open_to_member(user)
    return Case.objects.none()


def notified_elsewhere(case: Case) -> bool:
    """Whether the panel that had the review before has told NCMD of the death: it counts once."""
    return TransferIn.objects.filter(case=case, ncmd_told="yes").exists()


def newest_fact(name: str) -> Subquery:
    """In a query of cases: what was recorded last under a name."""
    facts = CaseFact.objects.filter(case=OuterRef("pk"), name=name).order_by("-pk")
    return Subquery(facts.values("value")[:1])


def counted_here(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those that this area counts: another panel, or another case of the same child, counts the rest."""
    return cases.exclude(state__in=COUNTED_ELSEWHERE)


def answers_without_a_case(user: Person) -> QuerySet[Submission]:
    """What was sent on forms that are about no case, for those who work on cases."""
    if not user_can_work_cases(user):
        return Submission.objects.none()
    found = Submission.objects.filter(in_case__isnull=True, analysis__isnull=True)
    return found.select_related("version__form")


def with_flags(cases: QuerySet[Case], user: Person | None = None) -> QuerySet[Case]:
    """Adds `overdue`, `soon`, `on_hold` and `notifications` to each row, in one query; and, for those who may act on
    safeguarding referrals, `to_refer` and `referred`: one is to be sent, or waits for its answer."""
    return _flagged(cases, user).annotate(
        notifications=Count("submissions", filter=Q(submissions__kind="notification"))
    )


def _flagged(cases: QuerySet[Case], user: Person | None) -> QuerySet[Case]:
    may = user is not None and user_can_refer(user)
    now = timezone.now()
    held = Hold.objects.filter(case=OuterRef("pk"), ended_on__isnull=True, case__state__in=OPEN)
    return cases.annotate(
        overdue=Exists(RUNNING.filter(due_at__lt=now)),
        soon=Exists(RUNNING.filter(warn_at__lte=now, due_at__gte=now)),
        on_hold=Exists(held),
        to_refer=TO_SEND if may else Value(False),
        referred=WAITING if may else Value(False),
    )


def in_order_of_need(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Adds `ended`, `next_limit` and `next_due` (the time limit that comes first); what needs a person first, first."""
    first = RUNNING.order_by("due_at")
    ended = Choose(When(state__in=ENDED, then=Value(True)), default=Value(False), output_field=BooleanField())
    needs_first = cases.annotate(
        ended=ended,
        next_limit=Subquery(first.values("rule__label")[:1]),
        next_due=Subquery(first.values("due_at")[:1]),
    )
    return needs_first.order_by(
        F("to_refer").desc(), "ended", "-urgent", F("next_due").asc(nulls_last=True), "-opened_at", "-pk"
    )


def found_by(cases: QuerySet[Case], user: Person, words: str) -> QuerySet[Case]:
    """Cases whose reference begins with these words or has this number, or with the receipt that begins with them.

    A receipt is read out in any case, with or without its hyphens. However many cases there are, indexes find them.
    """
    words = words.strip()
    found = begins("reference", words.upper())
    if words.isdecimal() and len(words) <= 5:
        found |= Q(reference__in=_numbered(int(words)))
    letters = re.sub(r"[^A-Z0-9]", "", words.upper())
    if user_can_read_every_case(user) and len(letters) >= 4:
        receipt = "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))
        received = CaseSubmission.objects.filter(begins("submission__reference", receipt))
        found |= Q(pk__in=list(received.values_list("case", flat=True)[:MOST_RECEIPTS]))
    return cases.filter(found)


def begins(field: str, words: str) -> Q:
    """`field` begins with these words: in a range too, because SQLite takes no index for the first part alone."""
    found = Q(**{f"{field}__startswith": words, f"{field}__gte": words})
    root = words.rstrip("9-")
    if root and root[-1].isalnum() and root[-1] not in "zZ":
        found &= Q(**{f"{field}__lt": root[:-1] + chr(ord(root[-1]) + 1)})
    return found


def _numbered(number: int) -> list[str]:
    """The references that a number may have, of any year."""
    this_year = timezone.localdate().year
    return [f"{year}-{number:04}" for year in range(this_year - YEARS_BACK, this_year + 1)]


def with_nhs_number(user: Person, nhs_number: str) -> QuerySet[Case]:
    """The cases of the child with exactly this NHS number, for those who may know who a child is."""
    if not user_can_see_identity(user):
        return Case.objects.none()
    return cases_for(user).filter(pk__in=same_child(nhs_number).values("case")).order_by("-opened_at")


def files_of(case: Case, user: Person) -> QuerySet[Upload]:
    """The files of a case, but withdrawn ones, for those who may know who the child is; of requests, who work on it."""
    if not user_can_see_identity(user):
        return Upload.objects.none()
    received = Q(submission__in_case__case=case) | Q(attachment__case=case, attachment__withdrawal=None)
    if user_can_work_cases(user):
        received |= Q(submission__form_return__requested__request__case=case)
    return Upload.objects.filter(received)


def files_of_answers(submission: Submission, user: Person) -> QuerySet[Upload]:
    """The files of answers that are about no case, for those who may know who a child is."""
    return submission.uploads.all() if user_can_see_identity(user) else Upload.objects.none()


def how_many(user: Person) -> dict[str, int]:
    """How many open cases are new, urgent, overdue, due soon and on hold; for those who may act on them also how many
    cases of any state have a safeguarding referral to be sent or answered.
    """
    asked = {flag: Q(**{flag: True}) for flag in ("urgent", "overdue", "soon", "on_hold")}
    asked |= {"open": Q(), "new": Q(state__in=NEW)}
    open_cases = _flagged(cases_for(user).filter(state__in=OPEN), user)
    counts = open_cases.aggregate(**{f"of_{name}": Count("pk", filter=wanted) for name, wanted in asked.items()})
    referring = cases_for(user).filter(REFERRAL_WAITS).count() if user_can_refer(user) else 0
    return {name: counts[f"of_{name}"] for name in asked} | {"safeguarding": referring}


def needs_attention(user: Person) -> dict[str, QuerySet[Case]]:
    """What the dashboard shows, by the name of the filter that shows the rest: new, overdue and due soon; safeguarding
    referrals for those who act on them, whatever the state of the case.
    """
    cases = in_order_of_need(with_flags(cases_for(user).filter(state__in=OPEN), user))
    if not user_can_read_every_case(user):
        return {"open": cases}
    waiting = in_order_of_need(with_flags(cases_for(user).filter(REFERRAL_WAITS), user))
    return ({"safeguarding": waiting} if user_can_refer(user) else {}) | {
        "new": cases.filter(state__in=NEW),
        "overdue": cases.filter(Q(overdue=True)),
        "soon": cases.filter(Q(soon=True)),
    }
