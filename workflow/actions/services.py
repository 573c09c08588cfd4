"""The only place that writes actions. `move` is the one door for a change of state."""

import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from forms.models.translations import speaking
from forms.sealing import seal
from workflow.actions.naming import named_in
from workflow.actions.states import BY_NAME, LABELS, LINKED, REVIEWED, ActionState, Maker
from workflow.models import Action, ActionChange, Case, CaseIdentity
from workflow.outbox.services import write
from workflow.permissions import user_can_keep_actions, user_can_move_action
from workflow.requests.services import hashed
from workflow.services import note
from workflow.services.refusing import MoveRefused, locked, require


def named(case: Case, text: str) -> list[str]:
    """What of the child's identity, as this case or a duplicate of it knows it, stands in a text."""
    known = CaseIdentity.objects.filter(Q(case=case) | Q(case__duplicate_of=case))
    return list(dict.fromkeys(word for identity in known for word in named_in(text, identity.details)))


def _check(action: Action) -> None:
    action.text = action.text.strip()
    problems = [] if action.text else ["Say what should be done."]
    if (action.agency is None) == (not action.organisation):
        problems.append("Choose an agency, or enter another organisation; not both.")
    if found := named(action.case, f"{action.text} {action.owner_role}"):
        problems.append(f"It must name nobody, and {' and '.join(found)} is in it. Write it without.")
    if problems:
        raise MoveRefused(problems)


@transaction.atomic
def agree(case: Case, by: User, *, email: str = "", **facts: Any) -> Action:
    """A recommendation or action of a review, once the panel has discussed it; also when the case is closed."""
    require(user_can_keep_actions(by))
    current = locked(case)
    if current.state not in REVIEWED:
        raise MoveRefused(["Actions are agreed once the panel has reviewed the case."])
    action = Action(case=current, made_by=by, sealed_email=seal(email) if email else "", **facts)
    _check(action)
    action.save()
    _record(action, "agree", "", "staff", by, "Agreed.")
    return action


@transaction.atomic
def change(action: Action, by: User, *, email: str = "", **facts: Any) -> Action:
    """Change what is asked, of whom or until when, as long as nothing is reported as done. The old words are kept."""
    require(user_can_keep_actions(by))
    current = Action.objects.select_for_update().get(pk=action.pk)
    if not current.is_open or current.state == ActionState.DONE:
        raise MoveRefused([f"It is now “{LABELS[ActionState(current.state)]}”. Open it again to change it."])
    owner = current.owner
    before = f"Before: {current.text}\n{current.owner}, due {current.due_on.isoformat()}"
    if email != current.email:
        current.token_hash, current.sealed_email = "", seal(email) if email else ""
    for name, value in facts.items():
        setattr(current, name, value)
    _check(current)
    if current.is_with_owner and current.owner != owner:
        raise MoveRefused([f"{owner} has been told. Stop this one, and add another for {current.owner}."])
    current.save()
    _record(current, "change", current.state, "staff", by, "Changed.", before)
    return current


@transaction.atomic
def move(
    action: Action, name: str, maker: Maker, by: User | None = None, reason: str = "", evidence: str = ""
) -> Action:
    """Change the state of an action, and write its history and the case's timeline, all or nothing.

    Raises:
        PermissionDenied: this maker or this person may not do it.
        MoveRefused: it cannot be done now; nothing is written.
    """
    chosen, reason = BY_NAME[name], reason.strip()
    require(maker in chosen.makers and (maker == "owner" or (by is not None and user_can_move_action(by, chosen))))
    current = Action.objects.select_for_update().get(pk=action.pk)
    if current.state not in chosen.sources:
        raise MoveRefused([f"It is now “{LABELS[ActionState(current.state)]}”."])
    if chosen.needs_reason and not reason:
        raise MoveRefused(["Say what was done, or why."])
    if name == "tell":
        _check_sendable(current)
    source = current.state
    getattr(current, name)()
    if current.state not in LINKED:
        current.token_hash = ""
    current.save()
    _record(current, name, source, maker, by, words=reason, evidence=evidence.strip())
    if name == "tell":
        _send_link(current, "action_told")
    return current


def _check_sendable(action: Action) -> None:
    if not action.email:
        raise MoveRefused(["Enter the e-mail address of the organisation first."])
    _check(action)  # who the child is may have become known since


def _record(
    action: Action,
    name: str,
    source: str,
    maker: str,
    by: User | None,
    text: str = "",
    words: str = "",
    evidence: str = "",
) -> None:
    text = text or f"{LABELS[ActionState(action.state)]}."
    ActionChange.objects.create(
        action=action,
        transition=name,
        source=source,
        target=action.state,
        maker=maker,
        by=by,
        text=text,
        sealed_words=seal(words) if words else "",
        sealed_evidence=seal(evidence) if evidence else "",
        names_child=bool(words or evidence) and bool(named(action.case, f"{words} {evidence}")),
    )
    note(action.case, by, "action", f"{action}: {text.lower()}")


@transaction.atomic
def tell_again(action: Action, by: User) -> Action:
    """Send the organisation a new link; the old one works no longer."""
    require(user_can_keep_actions(by))
    current = Action.objects.select_for_update().get(pk=action.pk)
    if not current.is_with_owner or not current.email:
        raise MoveRefused(["There is nobody to send a link to now."])
    _check_sendable(current)
    return ask_again(current, by)


def ask_again(action: Action, by: User | None) -> Action:
    """Ask what became of it, because a person (`by`) wants to know or because its time has come."""
    _record(action, "ask_again", action.state, "staff" if by else "system", by, "Asked what became of it.")
    return _send_link(action, "action_follow_up")


def _send_link(action: Action, template: str) -> Action:
    token = secrets.token_urlsafe(32)
    action.token_hash, action.asked_at = hashed(token), timezone.now()
    action.link_expires_at = action.asked_at + dt.timedelta(days=settings.ACTION_LINK_DAYS)
    action.save(update_fields=["token_hash", "asked_at", "link_expires_at"])
    with speaking(""):
        due = date_format(action.due_on, "j F Y")
    link = settings.WAGTAILADMIN_BASE_URL + reverse("respond:action", args=[token])
    write(template, action.email, {"agency": action.owner, "due": due, "link": link}, action.case)
    return action
