"""What time alone brings about: reminders by the editors' rules, and links that end."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from content.models import AreaSettings
from workflow.clocks import start_of_day
from workflow.models import Case, InformationRequest, Reminded, ReminderRule
from workflow.permissions import user_can_work_cases
from workflow.requests.services import MovedOn, move, tell
from workflow.requests.states import ANSWERABLE, RequestState
from workflow.services import MoveRefused, note
from workflow.services.refusing import locked, require


def remind() -> int:
    """Send every reminder whose day has come, each once; how many.

    When several rules for the same person have come due at once, as after a long pause, only the newest is sent.
    """
    today = timezone.localdate()
    rules = list(ReminderRule.objects.filter(active=True).select_related("template").order_by("-days"))
    asked = InformationRequest.objects.filter(state__in=ANSWERABLE - {RequestState.QUERIED}).select_related("agency")
    return sum(_remind(request, rules, (today - request.due_on).days) for request in asked.prefetch_related("reminded"))


@transaction.atomic
def _remind(request: InformationRequest, rules: list[ReminderRule], late: int) -> int:
    done = {reminded.rule_id for reminded in request.reminded.all()}
    sent = 0
    served: set[str] = set()
    for rule in rules:
        if rule.days > late or rule.pk in done:
            served |= {rule.to} if rule.pk in done else set()
            continue
        Reminded.objects.create(request=request, rule=rule)
        to = _address(request, rule.to)
        if to and rule.to not in served:
            tell(request, rule.template.code, to=to)
            sent += 1
        served.add(rule.to)
    return sent


def _address(request: InformationRequest, to: str) -> str:
    if to == "person":
        return request.recipient["email"]
    if to == "lead":
        return request.agency.lead_email
    return AreaSettings.in_force().mailbox


def to_remind(case: Case) -> list[InformationRequest]:
    """The requests of a case that wait for an answer and of which nobody was reminded by hand today."""
    asked = case.requests.filter(state__in=ANSWERABLE - {RequestState.QUERIED}).select_related("agency")
    today = case.timeline.filter(kind="asked", at__gte=start_of_day(timezone.localdate()))
    said = set(today.values_list("text", flat=True))
    return [request for request in asked if _reminded(request) not in said]


def _reminded(request: InformationRequest) -> str:
    return f"Reminded by hand: {request.agency}."


@transaction.atomic
def remind_now(case: Case, by: User) -> int:
    """Remind everybody whose answer to a request of this case is awaited, once a day; how many."""
    require(user_can_work_cases(by))
    waiting = to_remind(locked(case))
    if not waiting:
        raise MoveRefused(["No request waits for an answer, or all were reminded today."])
    for request in waiting:
        tell(request, "request_late" if request.due_on < timezone.localdate() else "request_reminder")
        note(case, by, "asked", _reminded(request))
    return len(waiting)


def expire() -> int:
    """End the requests whose link has run out; how many. The coordinator sees them on the case and in the list."""
    ended = InformationRequest.objects.filter(
        state__in=ANSWERABLE,
        link_expires_at__lt=timezone.now(),
    )
    return sum(_expire(request) for request in ended)


def _expire(request: InformationRequest) -> bool:
    """False when it was answered, or sent anew, in this very moment."""
    try:
        move(request, "expire", "system")
    except MovedOn:
        return False
    return True
