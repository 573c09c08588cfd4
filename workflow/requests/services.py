"""The only place that writes requests. `move` is the one door for a change of state."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from forms.models import Draft, FormVersion
from forms.models.translations import speaking
from forms.sealing import seal
from forms.services import refill
from workflow.models import Agency, Case, InformationRequest, RequestChange, RequestedForm, RequestWord
from workflow.outbox.returning import deal_with
from workflow.outbox.services import write
from workflow.permissions import user_can_work_cases
from workflow.requests.selectors import ABOUT_THE_RESPONDENT, known_of, open_question
from workflow.requests.states import BY_NAME, LABELS, Maker, RequestState
from workflow.services import MoveRefused, note


class MovedOn(MoveRefused):
    """Somebody else changed the request first."""


@dataclass(frozen=True)
class Asked:
    """One line of the list of whom to ask."""

    agency: Agency
    name: str
    email: str
    role: str = ""
    phone: str = ""
    forms: tuple[FormVersion, ...] = ()
    mandatory: bool = True
    stages: tuple[str, ...] = ()


@transaction.atomic
def draft(case: Case, by: User, asked: Asked, due_on: dt.date) -> InformationRequest:
    """A request that has not gone out yet."""
    _require_staff(by)
    if not asked.forms:
        raise MoveRefused([f"Choose at least one form for {asked.agency}."])
    person: dict[str, Any] = {"name": asked.name, "email": asked.email, "role": asked.role, "phone": asked.phone}
    sealed = seal(person | {"stages": list(asked.stages)})
    request = InformationRequest.objects.create(
        case=case, agency=asked.agency, sealed=sealed, mandatory=asked.mandatory, due_on=due_on, made_by=by
    )
    RequestedForm.objects.bulk_create(RequestedForm(request=request, version=version) for version in asked.forms)
    RequestChange.objects.create(request=request, transition="draft", target=request.state, maker="staff", by=by)
    return request


@transaction.atomic
def ask(case: Case, by: User, asked: Iterable[Asked], due_on: dt.date, at_once: bool) -> list[InformationRequest]:
    """Draft a request for each line, and send them all `at_once` or none."""
    made = [draft(case, by, line, due_on) for line in asked]
    return [send(request, by) for request in made] if at_once else made


@transaction.atomic
def move(
    request: InformationRequest, name: str, maker: Maker, by: User | None = None, reason: str = ""
) -> InformationRequest:
    """Change the state of a request, and write its history and the case's timeline, all or nothing.

    Raises:
        PermissionDenied: this maker or this person may not do it.
        MovedOn: it cannot be done from where the request is now; nothing is written.
        MoveRefused: the reason is missing; nothing is written.
    """
    chosen, reason = BY_NAME[name], reason.strip()
    if maker not in chosen.makers:
        raise PermissionDenied(chosen.label)
    if maker == "staff":
        _require_staff(by)
    locked = InformationRequest.objects.select_for_update().get(pk=request.pk)
    if locked.state not in chosen.sources:
        raise MovedOn([f"The request to {locked.agency} is now “{LABELS[RequestState(locked.state)]}”."])
    if chosen.needs_reason and not reason:
        raise MoveRefused(["Give the reason."])
    source = locked.state
    getattr(locked, name)()
    if name == "give_back":
        locked.returned_at = timezone.now()
    locked.save()
    RequestChange.objects.create(
        request=locked,
        transition=name,
        source=source,
        target=locked.state,
        maker=maker,
        by=by,
        sealed_reason=seal(reason) if reason else "",
    )
    note(locked.case, by, "asked", f"{locked.agency}: {LABELS[RequestState(locked.state)].lower()}.")
    if maker != "system":
        deal_with(locked.messages.all())
    return locked


def _require_staff(by: User | None) -> None:
    if by is None or not user_can_work_cases(by):
        raise PermissionDenied("Your role cannot do this.")


@transaction.atomic
def send(request: InformationRequest, by: User) -> InformationRequest:
    """Send a request or an open question, or send it again with a new link; the old link works no longer."""
    sent = move(request, "send" if request.state == RequestState.DRAFTED else "renew", "staff", by)
    return _send_link(sent, "request_query" if open_question(sent) else "request")


def _send_link(request: InformationRequest, template: str, **words: str) -> InformationRequest:
    token = secrets.token_urlsafe(32)
    request.token_hash = hashed(token)
    request.sealed = seal(request.recipient | {"token": token})
    request.sent_at = request.sent_at or timezone.now()
    request.link_expires_at = timezone.now() + dt.timedelta(days=settings.REQUEST_LINK_DAYS)
    request.save(update_fields=["token_hash", "sealed", "sent_at", "link_expires_at"])
    tell(request, template, **words)
    return request


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def words_for(request: InformationRequest) -> dict[str, str]:
    """What a message about this request may say. Nothing here identifies a child."""
    token = request.recipient.get("token", "")
    late = (timezone.localdate() - request.due_on).days
    with speaking(""):
        due = date_format(request.due_on, "j F Y")
    return {
        "agency": str(request.agency),
        "link": settings.WAGTAILADMIN_BASE_URL + reverse("respond:request", args=[token]) if token else "",
        "due": due,
        "days late": str(max(late, 0)),
    }


def tell(request: InformationRequest, template: str, to: str = "", channel: str = "email", **words: str) -> None:
    """Write to the person asked, or to `to`."""
    to = to or request.recipient["email"]
    write(template, to, words_for(request) | words, request.case, channel=channel, request=request)


@transaction.atomic
def query(request: InformationRequest, by: User, question: str) -> InformationRequest:
    """Ask again about what came back."""
    queried = move(request, "query", "staff", by, question)
    return _send_link(queried, "request_query")


@transaction.atomic
def pass_on(
    request: InformationRequest, maker: Maker, name: str, email: str, by: User | None = None, role: str = ""
) -> InformationRequest:
    """Give a request to a colleague in the same agency, with what is answered so far; the new request."""
    before = request.recipient
    in_hand = _drafts_of(request)
    passed = move(request, "reassign", maker, by)
    InformationRequest.objects.filter(pk=passed.pk).update(token_hash="")
    heir = InformationRequest.objects.create(
        case=passed.case,
        agency=passed.agency,
        sealed=seal({"name": name, "email": email, "role": role, "phone": "", "stages": before.get("stages", [])}),
        mandatory=passed.mandatory,
        due_on=passed.due_on,
        made_by=passed.made_by,
        passed_from=passed,
    )
    RequestChange.objects.create(
        request=heir,
        transition="draft",
        target=heir.state,
        maker=maker,
        by=by,
        sealed_reason=seal(f"Passed on by {before['name'] or before['email']}"),
    )
    passed.forms.update(request=heir)
    for unfinished in in_hand:
        refill(unfinished, known_of(heir), ABOUT_THE_RESPONDENT)
    return _started(heir)


def _drafts_of(request: InformationRequest) -> list[Draft]:
    """What is still being filled in, kept from everybody else: first, as whoever sends a form does."""
    drafts = Draft.objects.select_for_update(of=("self",)).order_by("pk")
    return list(drafts.filter(requested_form__request=request, submission__isnull=True))


def _started(heir: InformationRequest) -> InformationRequest:
    """Send a request that came from another one, whoever passed it on."""
    heir.send()
    heir.save()
    RequestChange.objects.create(
        request=heir, transition="send", source=RequestState.DRAFTED, target=heir.state, maker="system"
    )
    return _send_link(heir, "request")


@transaction.atomic
def give_back(request: InformationRequest, nothing_held: Iterable[int] = ()) -> InformationRequest:
    """The person asked returns everything. `nothing_held` are the forms for which they hold nothing.

    Raises:
        MoveRefused: a form is neither answered nor said to be empty.
    """
    forms = list(request.forms.prefetch_related("returns"))
    empty = set(nothing_held)
    missing = [form.title for form in forms if form.pk not in empty and not form.returns.all()]
    if missing:
        to_do = gettext("Answer “%(form)s”, or say that you hold nothing for it.")
        raise MoveRefused([to_do % {"form": title} for title in missing])
    request.forms.filter(pk__in=empty, returns__isnull=True).update(nothing_held=True)
    return move(request, "give_back", "respondent")


@transaction.atomic
def say(request: InformationRequest, text: str, by: User | None = None) -> RequestWord:
    """A question from the person asked (`by` is None), or a member of staff's answer, which they are told of."""
    word = RequestWord.objects.create(request=request, by=by, sealed=seal(text))
    note(request.case, by, "asked", f"{request.agency}: {'answered a question' if by else 'has a question'}.")
    if by:
        _require_staff(by)
        tell(request, "request_word")
    return word
