"""Figures about the process: what was open, who answered, what NCMD has, who met, and what families were offered."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncDate

from exports.disclosure import Cell
from exports.figures.children import counted, deaths, ours, reviews
from exports.figures.tables import DIED, NOT_KNOWN, REVIEWED, FigureTable, Result, Told, categorised
from exports.figures.years import Asked
from exports.models import NcmdReturn
from exports.ncmd.states import LABELS as RETURN_STATES
from exports.ncmd.states import STAGES
from forms.definitions import code_list
from workflow.meetings.states import KINDS as MEETINGS
from workflow.meetings.states import SEATS, MeetingState
from workflow.models import Case as Review
from workflow.models import Clock, Family, FamilyWords, Hold, InformationRequest, Meeting, Seat, StateChange
from workflow.models.decisions import HOLD_KINDS
from workflow.requests.states import RequestState
from workflow.states import ENDED

BEFORE, DURING = "Open when the year began", "Opened in the year"
CLOSED, OPEN = "Closed in the year", "Still open at its end"
NEVER_ASKED = {RequestState.DRAFTED, RequestState.CANCELLED, RequestState.REASSIGNED}
ANSWERS = {"on_time": "On time", "late": "Late", "none": "No answer, time has passed", "waiting": "Still has time"}
COMPLETE = (
    ("sex", "Sex"),
    ("ethnicity", "Ethnic group"),
    ("place_of_death_type", "Place of death"),
    ("legal_status", "Legal status"),
    ("expected", "Expected or unexpected"),
)
# How the figures of each are headed: who is “Not known” there is not “Known” here.
DOWN = {"sex": "Sex", "ethnicity": "Ethnic group", "place_of_death_type": "Place of death", "expected": "Death was"}
NOT_STATED = "Not stated"
UNSAID = ("not_known", "not_stated")
KNOWN = ("Known", "Recorded as not known", "Blank")
YES, NO = "Yes", "Not recorded"


def flow(asked: Asked) -> Result:
    """Of the last of the years: what was carried over and opened, closed and carried on."""
    year = asked.last_year
    first, end = year.moments
    cases = ours(year).filter(opened_at__lt=end).annotate(then=_state_at(first), now=_state_at(end))
    cases = cases.filter(Q(opened_at__gte=first) | ~Q(then__in=ENDED))
    came = Case(When(opened_at__lt=first, then=Value("before")), default=Value("during"), output_field=CharField())
    left = Case(When(now__in=ENDED, then=Value("closed")), default=Value("open"), output_field=CharField())
    counts, (rows, columns) = categorised(
        counted(cases, came, left), {"before": BEFORE, "during": DURING}, {"closed": CLOSED, "open": OPEN}
    )
    of = f"Reviews in {year}"
    table = FigureTable(f"{of}: opened, closed and carried over", of, "Came", rows, counts, "Went", columns)
    return Result((table, _holds(year)))


def _state_at(moment: object) -> Coalesce:
    moves = StateChange.objects.filter(case=OuterRef("pk"), at__lt=moment).order_by("-pk")
    return Coalesce(Subquery(moves.values("target")[:1]), Value(""))


def _holds(year: Asked) -> FigureTable:
    first, last = year.days
    held = Hold.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=first), started_on__lte=last)
    counts, (rows,) = categorised(counted(held.filter(case__in=ours(year).values("pk")), "kind"), dict(HOLD_KINDS))
    of = f"Times that a review was on hold in {year}"
    return FigureTable(f"{of}, by reason", of, "Reason", rows, counts)


def returns(asked: Asked) -> Result:
    """What agencies that were asked in these years did, by kind of agency."""
    first, end = asked.moments
    sent = InformationRequest.objects.exclude(state__in=NEVER_ASKED).alias(answered_on=TruncDate("returned_at"))
    sent = sent.filter(sent_at__gte=first, sent_at__lt=end, case__in=ours(asked).values("pk"))
    became = Case(
        When(answered_on__lte=F("due_on"), then=Value("on_time")),
        When(returned_at__lt=asked.known_before, then=Value("late")),
        When(due_on__lt=asked.extract, then=Value("none")),
        default=Value("waiting"),
        output_field=CharField(),
    )
    counts, (rows, columns) = categorised(counted(sent, "agency__kind", became), code_list("agency_type"), ANSWERS)
    of = "Requests to agencies"
    table = FigureTable(f"{of}, and when they were answered", of, "Kind of agency", rows, counts, "Answer", columns)
    return Result((table,))


def completeness(asked: Asked) -> Result:
    """What is known of each child, how far the returns to NCMD are, and how soon we were told."""
    died = deaths(asked)
    total = died.count()
    blank = {
        f"{key}_blank": _count(Q(**{f"record__{key}": ""}) | Q(**{f"record__{key}__isnull": True}))
        for key, _ in COMPLETE
    }
    unsaid = {f"{key}_unsaid": _count(Q(**{f"record__{key}__in": list(UNSAID)})) for key, _ in COMPLETE}
    found = died.aggregate(**blank, **unsaid)
    counts: Counter[Cell] = Counter()
    for key, label in COMPLETE:
        missing, not_known = found[f"{key}_blank"], found[f"{key}_unsaid"]
        counts |= {Cell(label, KNOWN[0]): total - missing - not_known}
        counts |= {Cell(label, KNOWN[1]): not_known, Cell(label, KNOWN[2]): missing}
    labels = tuple(label for _, label in COMPLETE)
    caption = "What is recorded of the children who died"
    tells = {label: _who_is_known(label, DOWN[key]) for key, label in COMPLETE if key in DOWN}
    known = FigureTable(caption, DIED, "Item", labels, counts, "Recorded", KNOWN, True, True, tells=tells)
    return Result((known, _told(asked), _returns_to_ncmd(asked)))


def _who_is_known(label: str, down: str) -> Told:
    """All but those whom a figure of that thing counts as not known or not stated."""
    return Told(Cell(f"{label}: {KNOWN[0]}"), DIED, (f"{down}: {NOT_KNOWN}", f"{down}: {NOT_STATED}"))


def _count(wanted: Q) -> Count:
    return Count("pk", filter=wanted)


def _told(asked: Asked) -> FigureTable:
    """Whether we were told of the death within the time limit that counts from it."""
    clocks = Clock.objects.filter(rule__starts_at="death", rule__met_by="notified", met_at__isnull=False)
    clocks = clocks.filter(case__in=deaths(asked).values("pk"))
    when = Case(When(met_at__lte=F("due_at"), then=Value("in")), default=Value("late"), output_field=CharField())
    counts, (rows,) = categorised(counted(clocks, when), {"in": "Within the time limit", "late": "After it"})
    of = "Notifications with a time limit"
    return FigureTable("Whether we were told of the death in time", of, "Told", rows, counts, share=True)


def _returns_to_ncmd(asked: Asked) -> FigureTable:
    sent = NcmdReturn.objects.filter(case__in=deaths(asked).values("pk"))
    stages = {str(stage): label for stage, label in STAGES.items()}
    states = {str(state): label for state, label in RETURN_STATES.items()}
    counts, (rows, columns) = categorised(counted(sent, "stage", "state"), stages, states)
    used = tuple(column for column in columns if any(cell.column == column for cell in counts))
    of = "Returns to the national database"
    return FigureTable(f"{of}, as they are now", of, "Stage", rows, counts, "State", used)


def meetings(asked: Asked) -> Result:
    first, end = asked.moments
    held = Meeting.objects.filter(state=MeetingState.HELD, starts_at__gte=first, starts_at__lt=end)
    counts, (rows,) = categorised(counted(held, "kind"), dict(MEETINGS))
    met = FigureTable("Meetings held", "Meetings held", "Meeting", rows, counts)
    seats = Seat.objects.filter(meeting__in=held.values("pk"))
    came = Case(
        When(attended=True, then=Value("yes")),
        When(attended=False, then=Value("no")),
        default=Value(""),
        output_field=CharField(),
    )
    labels = {"yes": "Came", "no": "Did not come", "": "Not recorded"}
    counts, (rows, columns) = categorised(counted(seats, "seat", came), dict(SEATS), labels)
    attended = FigureTable(
        "Who came, by what they speak for", "Invitations", "Speaks for", rows, counts, "Came", columns
    )
    return Result((met, attended))


def families(asked: Asked) -> Result:
    """Of the deaths reviewed: what families were offered, told and asked."""
    family = Family.objects.filter(case=OuterRef("pk"))
    # Two questions, each found by an index: as one, the database reads every case for each case.
    said = [FamilyWords.objects.filter(**{of: OuterRef("pk")}) for of in ("case", "case__duplicate_of")]
    steps = {
        "Key worker named": Exists(family.exclude(sealed_key_worker="")),
        "Told about the review": Exists(family.filter(told_on__isnull=False)),
        "Given the guide “When a child dies”": Exists(family.filter(guide_on__isnull=False)),
        "Asked or said something": Exists(said[0]) | Exists(said[1]),
    }
    children: QuerySet[Review] = reviews(asked)
    counts: dict[Cell, int] = {}
    for label, number, total in _each(children, steps):
        counts |= {Cell(label, YES): number, Cell(label, NO): total - number}
    caption = "What was done for families of the children whose deaths were reviewed"
    return Result((FigureTable(caption, REVIEWED, "Step", tuple(steps), counts, "Done", (YES, NO), True, True),))


def _each(children: QuerySet[Review], steps: Mapping[str, Any]) -> Sequence[tuple[str, int, int]]:
    flags = {f"step_{place}": step for place, step in enumerate(steps.values())}
    asked = {f"of_{name}": Count("pk", filter=Q(**{name: True})) for name in flags}
    found = children.annotate(**flags).aggregate(total=Count("pk"), **asked)
    return [(label, found[f"of_{name}"], found["total"]) for label, name in zip(steps, flags, strict=True)]
