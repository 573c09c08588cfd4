"""Cases in words for staff: the logic that templates should not hold."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from content.models import AreaSettings
from forms.conditions import as_date
from forms.models import Submission
from forms.selectors import Row, answer_sections
from workflow.guards import obstacles
from workflow.intake import AGE_GROUPS
from workflow.models import Case, Clock
from workflow.permissions import Person, user_can_make, user_can_work_cases
from workflow.roles import ROLES
from workflow.states import MILESTONES, MOVES, Input, Move, moves_from

DAY_MONTH_YEAR = "j F Y"


def case_url(case: Case, name: str = "case") -> str:
    return reverse(f"cases:{name}", args=[case.reference])


def age_label(case: Case) -> str:
    return dict(AGE_GROUPS).get(case.record.get("age_group", ""), "Not known")


def in_threes(nhs_number: str) -> str:
    """An NHS number as it is printed: 999 123 4567."""
    return f"{nhs_number[:3]} {nhs_number[3:6]} {nhs_number[6:]}" if nhs_number else ""


@dataclass(frozen=True)
class InTheWay:
    """Why a move cannot be made now, and the address where this person can mend it (empty when they cannot)."""

    text: str
    url: str


def in_the_way(case: Case, move: Move, user: Person) -> list[InTheWay]:
    return [InTheWay(found.text, _mending(case, found.mend, user)) for found in obstacles(case, move.name)]


def _mending(case: Case, mend: str, user: Person) -> str:
    if not mend or not user_can_work_cases(user):
        return ""
    return f"{case_url(case)}{mend}" if mend.startswith("#") else case_url(case, mend)


@dataclass(frozen=True)
class Step:
    """A move from the present state: whether this person may make it, who else may, and what stands in its way."""

    move: Move
    allowed: bool
    roles: str
    in_the_way: list[InTheWay]


def steps(case: Case, user: Person) -> tuple[list[Step], list[Step]]:
    """The moves along the road, and the others that this person may make: ways off it, and what was just done."""
    newest = case.state_changes.last()
    just_done = newest.transition if newest else ""
    found = [
        Step(move, user_can_make(user, move), _roles(move), in_the_way(case, move, user))
        for move in moves_from(case.state)
    ]
    ahead = [step for step in found if step.move.leads_on and step.move.name != just_done]
    return ahead, [step for step in found if step not in ahead and step.allowed]


def _roles(move: Move) -> str:
    roles = [role.lower() for role, rights in ROLES.items() if set(rights) & set(move.who) and role != "Administrator"]
    return " or ".join(roles)


@dataclass(frozen=True)
class ClockLine:
    """One time limit in words; `status` is done, late, overdue, soon or running."""

    label: str
    status: str
    text: str


def clock_lines(clocks: Iterable[Clock], is_open: bool, now: dt.datetime) -> list[ClockLine]:
    return [ClockLine(clock.rule.label, *_told(clock, is_open, now)) for clock in clocks]


def _told(clock: Clock, is_open: bool, now: dt.datetime) -> tuple[str, str]:
    due = _day(clock.due_at)
    if clock.met_at:
        late = clock.met_at > clock.due_at
        behind = f", {_days(clock.met_at, clock.due_at)} late" if late else ""
        return ("late" if late else "done"), f"Done {_day(clock.met_at)}{behind}"
    if not is_open:
        return "done", f"Stopped; was due {due}"
    if clock.due_at < now:
        return "overdue", f"Was due {due}, {_days(now, clock.due_at)} ago"
    return ("soon" if clock.warn_at <= now else "running"), f"Due {due}, in {_days(clock.due_at, now)}"


def _day(moment: dt.datetime) -> str:
    return date_format(timezone.localdate(moment), DAY_MONTH_YEAR)


def _days(later: dt.datetime, earlier: dt.datetime) -> str:
    days = (timezone.localdate(later) - timezone.localdate(earlier)).days
    return {0: "less than a day", 1: "1 day"}.get(days, f"{days} days")


@dataclass(frozen=True)
class Answers:
    """One page of a notification: what was answered, and the labels of what was not."""

    title: str
    rows: list[Row]
    unanswered: list[str]


def answers_by_page(submission: Submission, identity: bool, dates: bool) -> list[Answers]:
    """A notification page by page. Without `identity` nothing sealed is opened; without `dates` no day is told."""
    asked = submission.definition.questions()
    dated = set() if dates else {question.key for question in asked if question.kind in ("date", "time")}
    pages = []
    for section in answer_sections(submission, identity):
        rows = [row for row in section.rows if row.key not in dated]
        answered = [row for row in rows if row.text or row.items]
        if rows:
            pages.append(Answers(section.title, answered, [row.label for row in rows if row not in answered]))
    return pages


@dataclass(frozen=True)
class Told:
    """What was received: what it is, its pages, those on which nothing was answered, and of whom to beware."""

    what: str
    submission: Submission
    pages: list[Answers]
    blank: list[str]
    stranger: str = ""


def pages_told(submission: Submission, identity: bool, dates: bool) -> Told:
    pages = answers_by_page(submission, identity, dates)
    blank = [page.title for page in pages if not page.rows]
    return Told(submission.definition.title, submission, pages, blank)


def notification_told(submission: Submission, identity: bool, dates: bool, area: AreaSettings) -> Told:
    """As above, and whether a professional wrote from an address that this area does not know."""
    stranger = _stranger(submission, area) if identity else ""
    return replace(pages_told(submission, identity, dates), what="Notification", stranger=stranger)


def _stranger(submission: Submission, area: AreaSettings) -> str:
    """The address of a sender from the web who writes from no work domain that the area knows."""
    sender = submission.definition.acknowledge
    address = submission.all_answers().get(sender) if sender and submission.source == "web" else ""
    return address if address and not area.knows(address) else ""


def recorded(case: Case, dates: bool) -> list[tuple[str, str]]:
    """What the moves of a case have recorded, as label and words, in the order of the road.

    Without `dates` only coded answers: they name no day and nobody.
    """
    facts = case.facts
    asked = {item.name: item for move in MOVES for item in move.inputs if item.kind not in ("yes", "meeting")}
    return [
        (item.label, _in_words(item, facts[name]))
        for name, item in asked.items()
        if facts.get(name) and (dates or item.kind == "choice")
    ]


def reached(case: Case) -> list[tuple[str, str]]:
    """What happened beside the moves, as label and newest day."""
    facts = case.facts
    days = ((each.label, as_date(facts.get(each.fact))) for each in MILESTONES)
    return [(label, date_format(day, DAY_MONTH_YEAR)) for label, day in days if day]


def _in_words(item: Input, value: str) -> str:
    if item.kind == "choice":
        return dict(item.choices).get(value, value)
    day = as_date(value) if item.kind in ("date", "past_date") else None
    return date_format(day, DAY_MONTH_YEAR) if day else value
