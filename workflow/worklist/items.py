"""What there is to do, from wherever it comes, as lines of one list."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from workflow.actions.states import OPEN as ACTION_OPEN
from workflow.actions.states import ActionState
from workflow.meetings.states import COMING
from workflow.models import Action, AgendaItem, Clock, Hold, InformationRequest, Meeting, Referral, Seat, Task
from workflow.permissions import user_can_see_identity
from workflow.requests.states import ANSWERABLE, RequestState
from workflow.safeguarding.states import ReferralState
from workflow.states import OPEN

# Of each kind; who has more has to begin somewhere.
MOST = 100
HIDDEN = "The words may name the child: not for you to read."
CAME_BACK = (RequestState.RETURNED, RequestState.DECLINED)


@dataclass(frozen=True)
class Item:
    """One line. Without a day it is to be read; `task` is the id of what can be ticked off here."""

    kind: str
    what: str
    due: dt.date | None
    url: str
    case: str = ""
    task: int | None = None
    whose: str = ""


@dataclass(frozen=True)
class Desk:
    """Somebody’s work, or with `everybody` that of all."""

    user: User
    everybody: bool = False

    def cases(self, path: str = "case__") -> Q:
        """The open cases that this work is about."""
        mine = Q() if self.everybody else Q(**{f"{path}coordinator": self.user})
        return mine & Q(**{f"{path}state__in": OPEN})

    def tasks(self) -> Q:
        """Theirs, and what anybody may do on their cases."""
        if self.everybody:
            return Q()
        return Q(given_to=self.user) | Q(given_to=None, case__coordinator=self.user)

    def meetings(self) -> Q:
        if self.everybody:
            return Q()
        seat = Seat.objects.filter(meeting=OuterRef("pk"), user=self.user)
        item = AgendaItem.objects.filter(meeting=OuterRef("pk"), case__coordinator=self.user)
        return Q(Exists(seat)) | Q(Exists(item))


def _limits(desk: Desk, until: dt.date) -> Iterator[Item]:
    end = timezone.make_aware(dt.datetime.combine(until, dt.time.max))
    running = Clock.objects.filter(desk.cases(), met_at=None, due_at__lte=end).select_related("rule", "case")
    for clock in running.order_by("due_at")[:MOST]:
        yield Item("Time limit", clock.rule.label, timezone.localdate(clock.due_at), *_case(clock.case.reference))


def _tasks(desk: Desk, until: dt.date) -> Iterator[Item]:
    wanted = Q(due_on=None) | Q(due_on__lte=until)
    tasks = Task.objects.filter(desk.tasks(), wanted, done_at=None).select_related("case", "given_by", "given_to")
    may_read = user_can_see_identity(desk.user)
    for task in tasks.order_by("due_on", "pk")[:MOST]:
        kind = "Task" if task.due_on else f"From {task.given_by.get_full_name() or task.given_by.username}"
        whose = (task.given_to.get_full_name() or task.given_to.username) if task.given_to else "Anybody"
        yield Item(kind, task.what if may_read else HIDDEN, task.due_on, *_case(task.case.reference), task.pk, whose)


def _requests(desk: Desk, until: dt.date) -> Iterator[Item]:
    for request in _asked(desk).filter(state__in=ANSWERABLE, due_on__lte=until)[:MOST]:
        yield _request(request, "Answer of")


def _answers(desk: Desk, until: dt.date) -> Iterator[Item]:
    for request in _asked(desk).filter(state__in=CAME_BACK)[:MOST]:
        told = "Declined by" if request.state == RequestState.DECLINED else "Returned by"
        yield _request(request, told, dated=False)


def _asked(desk: Desk) -> QuerySet[InformationRequest]:
    return InformationRequest.objects.filter(desk.cases()).select_related("agency", "case").order_by("due_on", "pk")


def _request(request: InformationRequest, told: str, dated: bool = True) -> Item:
    url = reverse("cases:request", args=[request.case.reference, request.pk])
    return Item("Request", f"{told} {request.agency}", request.due_on if dated else None, url, request.case.reference)


def _actions(desk: Desk, until: dt.date) -> Iterator[Item]:
    mine = Q() if desk.everybody else Q(case__coordinator=desk.user)
    reported = Q(state=ActionState.DONE)
    actions = Action.objects.filter(mine, reported | Q(state__in=ACTION_OPEN, due_on__lte=until))
    for action in actions.select_related("agency", "case").order_by("due_on", "pk")[:MOST]:
        done = action.state == ActionState.DONE
        told = f"{action.owner}: {action.get_state_display().lower()}"
        due = None if done else action.due_on
        yield Item("Action", told, due, action.get_absolute_url(), action.case.reference)


def _referrals(desk: Desk, until: dt.date) -> Iterator[Item]:
    """To be sent on the day on which abuse or neglect was suspected, in whatever state the case is."""
    mine = Q() if desk.everybody else Q(case__coordinator=desk.user)
    unsent = Referral.objects.filter(mine, state=ReferralState.TO_SEND).select_related("recipient", "suspicion", "case")
    for referral in unsent.order_by("suspicion__at", "pk")[:MOST]:
        url = reverse("cases:safeguarding", args=[referral.case.reference])
        due = timezone.localdate(referral.suspicion.at)
        yield Item("Safeguarding", f"Refer to {referral.recipient}", due, url, referral.case.reference)


def _holds(desk: Desk, until: dt.date) -> Iterator[Item]:
    holds = Hold.objects.filter(desk.cases(), ended_on=None, review_on__lte=until).select_related("case")
    for hold in holds.order_by("review_on")[:MOST]:
        yield Item("Hold", f"Look again: {hold}", hold.review_on, *_case(hold.case.reference))


def _meetings(desk: Desk, until: dt.date) -> Iterator[Item]:
    end = timezone.make_aware(dt.datetime.combine(until, dt.time.max))
    coming = Meeting.objects.filter(desk.meetings(), state__in=COMING, starts_at__lte=end)
    for meeting in coming.order_by("starts_at")[:MOST]:
        url = reverse("meetings:meeting", args=[meeting.pk])
        yield Item("Meeting", str(meeting), timezone.localdate(meeting.starts_at), url)


def _case(reference: str) -> tuple[str, str]:
    return reverse("cases:case", args=[reference]), reference


SOURCES: tuple[Callable[[Desk, dt.date], Iterator[Item]], ...] = (
    _limits, _tasks, _requests, _answers, _actions, _referrals, _holds, _meetings
)  # fmt: skip


def items(desk: Desk, until: dt.date) -> list[Item]:
    """Everything that is due by a day, the oldest first, then what has no day."""
    found = [item for source in SOURCES for item in source(desk, until)]
    return sorted(found, key=lambda item: (item.due is None, item.due or until, item.case))
