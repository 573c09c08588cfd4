"""The only place that writes meetings. `move` is the one door for a change of state."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format

from forms.models.translations import speaking
from forms.sealing import seal
from workflow.meetings.calendar import invitation
from workflow.meetings.guards import why_not
from workflow.meetings.selectors import as_it_stands, seats_before
from workflow.meetings.states import ANSWERS, BY_NAME, LABELS, MeetingState
from workflow.models import AgendaItem, Case, Meeting, MeetingChange, Seat
from workflow.outbox.services import write
from workflow.permissions import user_can_run_meetings as may_run
from workflow.services.refusing import MoveRefused, require

MOVED, CHANGED = "Moved to another time or place.", "Changed."
WHEN_AND_WHERE = ("starts_at", "ends_at", "place", "link")


def _note(meeting: Meeting, by: User, text: str, reason: str = "") -> None:
    MeetingChange.objects.create(meeting=meeting, by=by, text=text, sealed_reason=seal(reason) if reason else "")


def _locked(meeting: Meeting, coming: bool = True) -> Meeting:
    """The meeting as it is in the database, kept from everybody else; refused once it can no longer be prepared."""
    current = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if coming and not current.is_coming:
        raise MoveRefused([f"This meeting is “{current.get_state_display()}”. Nothing of it can be changed."])
    return current


@transaction.atomic
def plan(by: User, **facts: Any) -> Meeting:
    """A new meeting, to which nobody is invited yet."""
    require(may_run(by))
    meeting = Meeting(made_by=by, **facts)
    _check_times(meeting)
    meeting.save()
    _note(meeting, by, "Planned.")
    return meeting


def _check_times(meeting: Meeting) -> None:
    if meeting.ends_at <= meeting.starts_at:
        raise MoveRefused(["A meeting ends after it starts."])
    if meeting.kind == "themed" and not meeting.theme:
        raise MoveRefused(["Say what the theme of this panel is."])


@transaction.atomic
def change(meeting: Meeting, by: User, seen: str | None = None, **facts: Any) -> Meeting:
    """Change when, where or under whom; those who were invited are invited again when the time or place is another.

    `seen` is what `as_it_stands` said when the person opened the screen.
    """
    require(may_run(by))
    current = _locked(meeting)
    if seen is not None and seen != as_it_stands(current):
        raise MoveRefused([_changed_meanwhile(current)])
    moved = any(name in facts and facts[name] != getattr(current, name) for name in WHEN_AND_WHERE)
    for name, value in facts.items():
        setattr(current, name, value)
    _check_times(current)
    if moved:
        current.revision += 1
        current.seats.exclude(invited_at=None).update(answer="invited")
    current.save()
    _note(current, by, MOVED if moved else CHANGED)
    if moved:
        for seat in current.seats.exclude(invited_at=None):
            _tell(current, seat, "meeting_changed")
    return current


def _changed_meanwhile(meeting: Meeting) -> str:
    newest = meeting.changes.select_related("by").filter(text__in=(MOVED, CHANGED)).first()
    who = f" by {newest.by.get_full_name() or newest.by.username}" if newest else ""
    return (
        f"It has been changed{who} since you opened this page. It now begins on {meeting.when}"
        f"{f' at {meeting.place}' if meeting.place else ''}; its chair is: {meeting.chair_role}. "
        "Look at what you entered, and save it again if it should still count."
    )


@transaction.atomic
def add_seat(meeting: Meeting, by: User, seat: str, user: User | None = None, email: str = "") -> Seat:
    """Add somebody who should come: an account, or an address."""
    require(may_run(by))
    current = _locked(meeting)
    if (user is None) == (not email):
        raise MoveRefused(["Choose a person with an account here, or enter an email address; not both."])
    if user and current.seats.filter(user=user).exists():
        raise MoveRefused([f"{user.get_full_name() or user.username} has a seat already."])
    added = Seat.objects.create(meeting=current, seat=seat, user=user, email=email)
    _note(current, by, f"Added to those who should come: {added.get_seat_display()}.")
    return added


@transaction.atomic
def seat_as_before(meeting: Meeting, by: User) -> int:
    """Seat those who had a seat at the newest other panel, of the same theme if there is one; how many are new."""
    require(may_run(by))
    current = _locked(meeting)
    seated = set(current.seats.values_list("user", "email"))
    before = seats_before(current)
    new = [seat for seat in before if (seat.user_id, seat.email) not in seated]
    for seat in new:
        add_seat(current, by, seat.seat, seat.user, seat.email)
    return len(new)


@transaction.atomic
def remove_seat(seat: Seat, by: User) -> None:
    """Take somebody off the list who was not invited yet. Who was invited sends apologies instead."""
    require(may_run(by))
    meeting = _locked(seat.meeting)
    current = meeting.seats.filter(pk=seat.pk).first()
    if current is None:
        return
    if current.invited_at or current.interests.exists():
        why = "has been invited" if current.invited_at else "has declared an interest, which stays"
        raise MoveRefused([f"{current.who} {why}. Record apologies instead."])
    current.delete()
    _note(meeting, by, f"Taken off the list of those who should come: {current.get_seat_display()}.")


@transaction.atomic
def invite(meeting: Meeting, by: User) -> int:
    """Send an invitation to everybody who has not had one; how many go out."""
    require(may_run(by))
    current = _locked(meeting)
    waiting = [seat for seat in current.seats.select_related("user").filter(invited_at=None) if seat.address]
    for seat in waiting:
        seat.invited_at = timezone.now()
        seat.save(update_fields=["invited_at"])
        _tell(current, seat, "meeting_invitation")
    if waiting:
        _note(current, by, f"Invitations sent: {len(waiting)}.")
    return len(waiting)


def _tell(meeting: Meeting, seat: Seat, template: str) -> None:
    with speaking(""):
        start = timezone.localtime(meeting.starts_at)
        when = f"{date_format(start, 'l j F Y')}, {start:%H:%M} to {timezone.localtime(meeting.ends_at):%H:%M}"
    words = {
        "meeting": meeting.title,
        "when": when,
        "place": meeting.place or "online",
        "link": settings.WAGTAILADMIN_BASE_URL + meeting.get_absolute_url() if seat.user else meeting.link,
    }
    write(template, seat.address, words, calendar=invitation(meeting, template == "meeting_cancelled"))


@transaction.atomic
def answer(seat: Seat, by: User, said: str) -> Seat:
    """Whether somebody comes: said by themselves, or recorded by those who run the meeting."""
    require(seat.user_id == by.pk or may_run(by))
    current = _locked(seat.meeting)
    if said not in dict(ANSWERS):
        raise MoveRefused(["Choose whether they come."])
    seat.answer = said
    seat.save(update_fields=["answer"])
    _note(current, by, f"{seat.get_seat_display()}: {seat.get_answer_display().lower()}.")
    return seat


def put_on(meeting: Meeting, case: Case) -> AgendaItem:
    """A case at the end of the agenda; part of the move that brings the case there."""
    current = _locked(meeting)
    last = current.items.aggregate(last=Max("position"))["last"] or 0
    return AgendaItem.objects.update_or_create(
        meeting=current, case=case, defaults={"position": last + 1, "outcome": ""}
    )[0]


@transaction.atomic
def reorder(item: AgendaItem, by: User, up: bool) -> None:
    """Take an item one place up or down."""
    require(may_run(by))
    meeting = _locked(item.meeting)
    items = list(meeting.items.all())
    place = next(number for number, each in enumerate(items) if each.pk == item.pk)
    other = place + (-1 if up else 1)
    if 0 <= other < len(items):
        items[place], items[other] = items[other], items[place]
    for number, each in enumerate(items, 1):
        AgendaItem.objects.filter(pk=each.pk).exclude(position=number).update(position=number)


@transaction.atomic
def move(
    meeting: Meeting,
    name: str,
    by: User,
    reason: str = "",
    attended: Iterable[int] = (),
    minutes: str = "",
) -> Meeting:
    """Change the state of a meeting and write its history, all or nothing.

    Raises:
        PermissionDenied: the person does not run meetings.
        MoveRefused: it cannot be done now; nothing is written.
    """
    require(may_run(by))
    chosen, reason = BY_NAME[name], reason.strip()
    current = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if current.state not in chosen.sources:
        raise MoveRefused([f"The meeting is now “{LABELS[MeetingState(current.state)]}”."])
    if chosen.needs_reason and not reason:
        raise MoveRefused(["Give the reason."])
    if name == "hold":
        _record(current, attended, minutes)
    if problem := why_not(current, name):
        raise MoveRefused([problem])
    getattr(current, name)()
    current.save()
    _note(current, by, f"{LABELS[MeetingState(current.state)]}.", reason)
    if name == "cancel":
        for seat in current.seats.select_related("user").exclude(invited_at=None):
            _tell(current, seat, "meeting_cancelled")
    return current


def _record(meeting: Meeting, attended: Iterable[int], minutes: str) -> None:
    came = set(attended)
    for seat in meeting.seats.all():
        Seat.objects.filter(pk=seat.pk).update(attended=seat.pk in came)
    meeting.sealed_minutes = seal(minutes) if minutes else ""
