"""Which meetings a person sees, who comes, and what waits for a panel."""

import datetime as dt
import hashlib
import json

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from workflow.meetings.quorum import Quorum, quorum
from workflow.meetings.states import COMING, OPEN_TO_MEMBERS, PANELS, MeetingState
from workflow.models import AgendaItem, Case, Interest, Meeting, PanelSettings, Seat
from workflow.permissions import Person, user_can_read_every_case
from workflow.states import State

CHAIR_MUST_NOT = "The chair declared an interest in this case. Name another chair for it, or defer it to another panel."

# What a meeting found about a case is being recorded or signed.
HEARD = frozenset({State.CDRM_SCHEDULED, State.CDRM_HELD, State.PANEL_SCHEDULED, State.PANEL_REVIEWED})


def meetings_for(user: Person) -> QuerySet[Meeting]:
    """Every meeting for those who read every case; for members those they are invited to, once that has gone out."""
    if user_can_read_every_case(user):
        return Meeting.objects.all()
    mine = Seat.objects.filter(meeting=OuterRef("pk"), user=user.pk)
    asked = mine.exclude(invited_at=None)
    return Meeting.objects.filter(Q(Exists(asked)) | Q(Exists(mine), state__in=OPEN_TO_MEMBERS))


def with_numbers(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Adds `cases`, `invited` and `come` (how many said that they come) to each row."""
    comes = Q(seats__answer="accepted")
    return meetings.annotate(
        cases=Count("items", distinct=True),
        invited=Count("seats", distinct=True),
        come=Count("seats", filter=comes, distinct=True),
    )


def as_it_stands(meeting: Meeting) -> str:
    """The same as long as nobody changes when, where and under whom it meets, whoever answers or is added meanwhile."""
    times = [moment.astimezone(dt.UTC).isoformat() for moment in (meeting.starts_at, meeting.ends_at)]
    facts = [*times, meeting.place, meeting.link, meeting.chair_role, meeting.chair_id]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]


def planned(meeting: Meeting) -> Quorum:
    """The quorum if everybody comes who has not sent apologies."""
    return _quorum([seat.seat for seat in meeting.seats.all() if seat.answer != "apologies"])


def present(meeting: Meeting, item: AgendaItem | None = None) -> Quorum:
    """The quorum of those who came; for a case without those who must not hear it."""
    away = {interest.seat_id for interest in item.interests.all()} if item else set()
    return _quorum([seat.seat for seat in meeting.seats.all() if seat.attended and seat.pk not in away])


def _quorum(seats: list[str]) -> Quorum:
    rule = PanelSettings.load()
    return quorum(seats, rule.quorum, rule.required_seats)


def panels_to_come() -> QuerySet[Meeting]:
    """The panels that can still be given a case: not recorded as held yet."""
    return Meeting.objects.filter(kind__in=PANELS, state__in=COMING).order_by("starts_at")


def seats_before(meeting: Meeting) -> list[Seat]:
    """The seats of the newest other panel, of the same theme if there is one; without accounts that were closed."""
    others = Meeting.objects.filter(kind__in=PANELS, seats__isnull=False).exclude(pk=meeting.pk).distinct()
    same = others.filter(theme=meeting.theme).order_by("-starts_at").first()
    newest = same or others.order_by("-starts_at").first()
    return list(newest.seats.filter(Q(user=None) | Q(user__is_active=True))) if newest else []


def item_of(case: Case) -> AgendaItem | None:
    """The newest place of a case on the agenda of a panel."""
    items = case.agenda_items.filter(meeting__kind__in=PANELS).exclude(meeting__state=MeetingState.CANCELLED)
    return items.select_related("meeting").order_by("-pk").first()


def open_to_member(user: Person) -> QuerySet[Case]:
    """The cases on an agenda that was shared with this member, until they are submitted; none they must not hear."""
    before_the_panel = Case.objects.filter(state__in=(State.PANEL_SCHEDULED, State.PANEL_REVIEWED))
    mine = AgendaItem.objects.filter(
        case=OuterRef("pk"), meeting__kind__in=PANELS, meeting__state__in=OPEN_TO_MEMBERS, meeting__seats__user=user.pk
    ).exclude(outcome="deferred")
    return not_to_be_heard(before_the_panel.filter(Exists(mine)), user)


def not_to_be_heard(cases: QuerySet[Case], user: Person) -> QuerySet[Case]:
    """Without the cases for which this person declared an interest."""
    declared = Interest.objects.filter(item__case=OuterRef("pk"), seat__user=user.pk)
    return cases.exclude(Exists(declared))


def must_not_hear(user: Person | None, case: Case) -> bool:
    """Whether this person declared an interest in the case, at whichever meeting."""
    return user is not None and Interest.objects.filter(item__case=case, seat__user=user.pk).exists()


def chair_in_the_way(item: AgendaItem) -> str:
    """Why its chair cannot lead a panel through this case; empty when they can."""
    return CHAIR_MUST_NOT if must_not_hear(item.chaired_by, item.case) else ""


def without_a_chair(meeting: Meeting) -> set[int]:
    """The items of a meeting whose chair must not hear them, in two queries for all."""
    cases = meeting.items.values("case")
    declared = set(Interest.objects.filter(item__case__in=cases).values_list("item__case", "seat__user"))
    items = meeting.items.exclude(outcome="deferred").select_related("meeting__chair", "chair")
    return {item.pk for item in items if item.chaired_by and (item.case_id, item.chaired_by.pk) in declared}


def may_be_declared(item: AgendaItem) -> bool:
    """Whether an interest can still be declared: until what the meeting found about this case is submitted."""
    if item.meeting.is_coming:
        return True
    return item.meeting.state == MeetingState.HELD and item.outcome != "deferred" and item.case.state in HEARD


def seat_of(meeting: Meeting, user: Person) -> Seat | None:
    return meeting.seats.filter(user=user.pk).first() if user.pk else None
