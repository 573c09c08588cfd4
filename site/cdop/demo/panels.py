"""Invented panels, with everybody there who has a demo log-in for it."""

import datetime as dt

from django.contrib.auth.models import User
from django.utils import timezone

from workflow.meetings import services
from workflow.meetings.selectors import item_of, panels_to_come
from workflow.models import Case, Meeting, Seat
from workflow.packs import services as packs
from workflow.services import MoveRefused

WITH_LOG_IN = {
    "Panel chair": "public_health",
    "Designated doctor": "designated_doctor",
    "Panel member": "nursing_midwifery",
    "Coordinator": "coordinator",
}
BY_MAIL = ("social_care", "police", "primary_care")


def panel_on(day: dt.date, theme: str, staff: dict[str, User]) -> Meeting:
    """The panel of that day which can still be given a case."""
    return panels_to_come().filter(starts_at__date=day, theme=theme).first() or _planned(day, theme, staff)


def _planned(day: dt.date, theme: str, staff: dict[str, User]) -> Meeting:
    start = timezone.make_aware(dt.datetime.combine(day, dt.time(9, 30)))
    meeting = services.plan(
        staff["Coordinator"],
        kind="themed" if theme else "panel",
        theme=theme,
        starts_at=start,
        ends_at=start + dt.timedelta(hours=3),
        place="Invented House, Nowhere",
        chair_role="Consultant in public health",
        chair=staff["Panel chair"],
    )
    seats = [Seat(seat=seat, user=staff[role]) for role, seat in WITH_LOG_IN.items()]
    seats += [Seat(seat=seat, email=f"{seat.replace('_', '-')}@demo.invalid") for seat in BY_MAIL]
    for seat in seats:
        seat.meeting, seat.answer, seat.invited_at = meeting, "accepted", timezone.now()
    Seat.objects.bulk_create(seats)
    return meeting


def make_pack(case: Case, by: User) -> None:
    """Prepare the pack as a coordinator would who finds the proposals right."""
    for passage in packs.make_pack(case, by).passages.filter(decision="open"):
        try:
            packs.confirm_passage(passage, by, passage.shown)
        except MoveRefused:
            packs.leave_out(passage, by)
    packs.finish(case, by)


def hold_panel(case: Case, by: User) -> None:
    """Record that the panel of a case was held, unless that has been done."""
    item = item_of(case)
    if item and item.meeting.is_coming:
        everybody = item.meeting.seats.values_list("pk", flat=True)
        services.move(item.meeting, "hold", by, attended=everybody, minutes="Invented for demonstration.")


def share_agendas(by: User) -> None:
    for meeting in panels_to_come().filter(items__isnull=False).distinct():
        services.move(meeting, "share", by)
