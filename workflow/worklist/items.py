"""What there is to do, from wherever it comes, as lines of one list."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from workflow.actions.states import OPEN as ACTION_OPEN
from workflow.actions.states import ActionState
from workflow.meetings.states import COMING
from workflow.models import (
    Action,
    Clock,
    Hold,
    InformationRequest,
    Meeting,
    OutboxMessage,
    Referral,
    ScopeDecision,
    Task,
)
from workflow.models.messages import STUCK
from workflow.permissions import user_can_oversee_cases, user_can_see_identity
from workflow.requests.selectors import questions_of
from workflow.requests.states import ANSWERABLE, RequestState
from workflow.safeguarding.states import ReferralState
from workflow.states import OPEN
from workflow.worklist.desk import MOST, Days, Desk, Item

HIDDEN = "The words may name the child: not for you to read."
CAME_BACK = {
    RequestState.RETURNED: "Returned by",
    RequestState.DECLINED: "Declined by",
    RequestState.EXPIRED: "No answer in time, link expired:",
}


def _limits(desk: Desk, days: Days) -> Iterator[Item]:
    running = Clock.objects.filter(desk.cases(), days.at("due_at"), met_at=None).select_related("rule", "case")
    for clock in running.order_by("due_at")[:MOST]:
        yield Item("Time limit", clock.rule.label, timezone.localdate(clock.due_at), *_case(clock.case.reference))


def _escalated(desk: Desk, days: Days) -> Iterator[Item]:
    """What others let pass for too long, for those who oversee the reviews; on everybody’s list it stands already."""
    if desk.whose != desk.user or not user_can_oversee_cases(desk.user):
        return
    others = Clock.objects.filter(days.at("due_at"), case__state__in=OPEN, met_at=None, escalate_at__lte=timezone.now())
    found = others.exclude(case__coordinator=desk.user).select_related("rule", "case")
    for clock in found.order_by("due_at")[:MOST]:
        due = timezone.localdate(clock.due_at)
        yield Item("Time limit, passed for long", clock.rule.label, due, *_case(clock.case.reference))


def _tasks(desk: Desk, days: Days) -> Iterator[Item]:
    for task in _open_tasks(desk).filter(days.on("due_on"), due_on__isnull=False)[:MOST]:
        yield _task(desk, task, "Task")


def _words(desk: Desk, days: Days) -> Iterator[Item]:
    for task in _open_tasks(desk).filter(due_on=None)[:MOST]:
        yield _task(desk, task, f"From {task.given_by.get_full_name() or task.given_by.username}")


def _open_tasks(desk: Desk) -> QuerySet[Task]:
    found = Task.objects.filter(desk.tasks(), done_at=None).select_related("case", "given_by", "given_to")
    return found.order_by("due_on", "pk")


def _task(desk: Desk, task: Task, kind: str) -> Item:
    what = task.what if user_can_see_identity(desk.user) else HIDDEN
    whose = (task.given_to.get_full_name() or task.given_to.username) if task.given_to else "Anybody"
    return Item(kind, what, task.due_on, *_case(task.case.reference), task.pk, whose)


def _requests(desk: Desk, days: Days) -> Iterator[Item]:
    for request in _asked(desk).filter(days.on("due_on"), state__in=ANSWERABLE)[:MOST]:
        yield _request(request, "Answer of")


def _answers(desk: Desk, days: Days) -> Iterator[Item]:
    for request in questions_of(_asked(desk))[:MOST]:
        yield _request(request, "Question of", dated=False)
    for request in _asked(desk).filter(state__in=CAME_BACK)[:MOST]:
        yield _request(request, CAME_BACK[RequestState(request.state)], dated=False)


def _asked(desk: Desk) -> QuerySet[InformationRequest]:
    return InformationRequest.objects.filter(desk.cases()).select_related("agency", "case").order_by("due_on", "pk")


def _request(request: InformationRequest, told: str, dated: bool = True) -> Item:
    url = reverse("cases:request", args=[request.case.reference, request.pk])
    return Item("Request", f"{told} {request.agency}", request.due_on if dated else None, url, request.case.reference)


def _messages(desk: Desk, days: Days) -> Iterator[Item]:
    """What did not arrive. What is about no case, such as an invitation, is on the list of everybody who works."""
    stuck = OutboxMessage.objects.filter(state__in=STUCK, dealt_with_at=None).defer("sealed")
    whose = desk.of("case__coordinator")
    found = stuck.filter(whose | Q(case=None) if isinstance(desk.whose, User) else whose)
    for message in found.select_related("case", "request__agency").order_by("pk")[:MOST]:
        case = message.case.reference if message.case else ""
        about, url = str(message), reverse("cases:outbox")
        if message.request:
            about = f"{message} to {message.request.agency}"
            url = reverse("cases:request", args=[case, message.request_id])
        yield Item("Message", f"{about}. {message.told}", None, url, case)


def _actions(desk: Desk, days: Days) -> Iterator[Item]:
    for action in _agreed(desk).filter(days.on("due_on"), state__in=ACTION_OPEN)[:MOST]:
        yield _action(action, action.due_on)


def _reported(desk: Desk, days: Days) -> Iterator[Item]:
    for action in _agreed(desk).filter(state=ActionState.DONE)[:MOST]:
        yield _action(action, None)


def _agreed(desk: Desk) -> QuerySet[Action]:
    """They stay open after their case has closed."""
    found = Action.objects.filter(desk.of("case__coordinator")).select_related("agency", "case")
    return found.order_by("due_on", "pk")


def _action(action: Action, due: dt.date | None) -> Item:
    told = f"{action.owner}: {action.get_state_display().lower()}"
    return Item("Action", told, due, action.get_absolute_url(), action.case.reference)


def _referrals(desk: Desk, days: Days) -> Iterator[Item]:
    """To be sent on the day on which abuse or neglect was suspected, in whatever state the case is."""
    mine = desk.of("case__coordinator") & days.at("suspicion__at")
    unsent = Referral.objects.filter(mine, state=ReferralState.TO_SEND).select_related("recipient", "suspicion", "case")
    for referral in unsent.order_by("suspicion__at", "pk")[:MOST]:
        url = reverse("cases:safeguarding", args=[referral.case.reference])
        due = timezone.localdate(referral.suspicion.at)
        yield Item("Safeguarding", f"Refer to {referral.recipient}", due, url, referral.case.reference)


def _holds(desk: Desk, days: Days) -> Iterator[Item]:
    holds = Hold.objects.filter(desk.cases(), days.on("review_on"), ended_on=None).select_related("case")
    for hold in holds.order_by("review_on")[:MOST]:
        yield Item("Hold", f"Look again: {hold}", hold.review_on, *_case(hold.case.reference))


def _meetings(desk: Desk, days: Days) -> Iterator[Item]:
    coming = Meeting.objects.filter(desk.meetings(), days.at("starts_at"), state__in=COMING)
    for meeting in coming.order_by("starts_at")[:MOST]:
        url = reverse("meetings:meeting", args=[meeting.pk])
        yield Item("Meeting", str(meeting), timezone.localdate(meeting.starts_at), url)


def _scopes(desk: Desk, days: Days) -> Iterator[Item]:
    """What is out of scope once a second person agrees: for who keeps the case going, and for who oversees them all."""
    mine = desk.cases()
    if desk.whose == desk.user and user_can_oversee_cases(desk.user):
        mine = Q(case__state__in=OPEN)
    later = ScopeDecision.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    waiting = ScopeDecision.objects.filter(mine, ~Exists(later), in_scope=False, confirms=None)
    if isinstance(desk.whose, User):
        waiting = waiting.exclude(decided_by=desk.whose)
    for decision in waiting.select_related("case").order_by("pk")[:MOST]:
        yield Item("Scope", "A second person confirms: out of scope", None, *_case(decision.case.reference))


def _case(reference: str) -> tuple[str, str]:
    return reverse("cases:case", args=[reference]), reference


class Source(NamedTuple):
    """Where work comes from. What has no day is there to be read; some of it others owe us."""

    kind: str
    find: Callable[[Desk, Days], Iterator[Item]]
    dated: bool = True
    others: bool = False


SOURCES = (
    Source("limits", _limits),
    Source("limits", _escalated),
    Source("tasks", _tasks),
    Source("tasks", _words, dated=False),
    Source("tasks", _scopes, dated=False),
    Source("requests", _requests, others=True),
    Source("requests", _answers, dated=False),
    Source("requests", _messages, dated=False),
    Source("actions", _actions, others=True),
    Source("actions", _reported, dated=False),
    Source("safeguarding", _referrals),
    Source("holds", _holds),
    Source("meetings", _meetings),
)


def items(desk: Desk, days: Days, sources: Iterable[Source] = SOURCES) -> list[Item]:
    """What is due on these days, the oldest first, then what has no day."""
    found = [item for source in sources for item in source.find(desk, days)]
    return sorted(found, key=lambda item: (item.due is None, item.due or dt.date.max, item.case))
