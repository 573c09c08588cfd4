"""The only place that writes suspicions and referrals. `move` is the one door for a change of state."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from forms.conditions import as_date
from forms.sealing import seal
from workflow.clocks import happened, no_longer
from workflow.letters.filling import in_full
from workflow.models import Case, Referral, ReferralChange, ReferralOutcome, ReferralRecipient, Suspicion
from workflow.permissions import user_can_refer, user_can_see_identity
from workflow.safeguarding.letters import added_words, letter_of
from workflow.safeguarding.states import BY_NAME, LABELS, ReferralState
from workflow.services.reaching import moment_of, reach
from workflow.services.refusing import MoveRefused, locked, require
from workflow.services.telling import note
from workflow.states import MILESTONE

NOBODY_TO_TELL = "Nobody is set up to be told. Add a recipient under Settings, Safeguarding referrals."


@transaction.atomic
def suspect(
    case: Case,
    by: User,
    *,
    known_on: dt.date,
    said_by: str,
    basis: str,
    decider_role: str,
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> Suspicion:
    """Record that abuse or neglect is suspected, in any state of the case; a referral to each recipient is then to be
    sent the same day. `seen` is how many suspicions were on the screen where the person decided."""
    require(user_can_refer(by))
    current = locked(case)
    recipients = list(ReferralRecipient.objects.filter(active=True))
    said_by, basis, decider_role = said_by.strip(), basis.strip(), decider_role.strip()
    if problems := _why_not(current, known_on, (said_by, basis, decider_role), recipients, seen):
        raise MoveRefused(problems)
    suspicion = Suspicion.objects.create(
        case=current,
        known_on=known_on,
        sealed_said_by=seal(said_by),
        sealed_basis=seal(basis),
        decider_role=decider_role,
        by=by,
        at=at or timezone.now(),
    )
    note(current, by, "warned", "Abuse or neglect is suspected.", f"{said_by}\n{basis}", at)
    _reach(current, by, "abuse_suspected", known_on, at=at)
    _open_referrals(suspicion, recipients, at)
    return suspicion


def _open_referrals(suspicion: Suspicion, recipients: list[ReferralRecipient], at: dt.datetime | None) -> None:
    """One to each recipient to whom none is to be sent already; the letter of one that is gets the new words."""
    waiting = suspicion.case.referrals.select_for_update().filter(state=ReferralState.TO_SEND).order_by("pk")
    by_recipient = {each.recipient_id: each for each in waiting}
    for recipient in recipients:
        if recipient.pk not in by_recipient:
            referral = Referral.objects.create(case=suspicion.case, suspicion=suspicion, recipient=recipient)
            _record(referral, "open", "", suspicion.by, "To be sent.", at=at)
    for each in by_recipient.values():
        if each.sealed_letter:
            each.sealed_letter = seal(f"{each.letter}\n\n{added_words(suspicion)}")
            each.save(update_fields=["sealed_letter"])


def _why_not(
    case: Case, known_on: dt.date, words: tuple[str, ...], recipients: list[ReferralRecipient], seen: int | None
) -> list[str]:
    if seen is not None and seen != case.suspicions.count():
        return ["Somebody has recorded a suspicion meanwhile. Look at it before you add another."]
    problems = [] if all(words) else ["Say who says so, why, and who decided to refer."]
    if known_on > timezone.localdate():
        problems.append("This lies in the future. Enter the day on which it became known.")
    return problems if recipients else [*problems, NOBODY_TO_TELL]


@transaction.atomic
def keep_letter(referral: Referral, by: User, text: str) -> Referral:
    """Keep the letter as somebody has worded it, until it is sent."""
    require(user_can_refer(by) and user_can_see_identity(by))
    locked(referral.case)
    current = Referral.objects.select_for_update().get(pk=referral.pk)
    if current.state != ReferralState.TO_SEND:
        raise MoveRefused([f"It is now “{current.get_state_display()}”: its letter is not changed any more."])
    if not text.strip():
        raise MoveRefused(["Write the letter."])
    current.sealed_letter = seal(text.strip())
    current.save(update_fields=["sealed_letter"])
    return current


@transaction.atomic
def move(
    referral: Referral, name: str, by: User, words: str = "", at: dt.datetime | None = None, **facts: Any
) -> Referral:
    """Change the state of a referral; write its history, the timeline and what it means for time limits, or nothing.

    Raises:
        PermissionDenied: the person's role may not act on referrals.
        MoveRefused: it cannot be done now; nothing is written.
    """
    require(user_can_refer(by))
    chosen, words = BY_NAME[name], words.strip()
    case = locked(referral.case)  # first, as every service does, so that no two wait for each other
    current = Referral.objects.select_for_update().get(pk=referral.pk)
    if current.state not in chosen.sources:
        raise MoveRefused([f"It is now “{LABELS[ReferralState(current.state)]}”."])
    if chosen.needs_reason and not words:
        raise MoveRefused(["Give the reason."])
    source, current.case = current.state, case
    text = STEPS[name](current, by, at, facts)
    getattr(current, name)()
    current.save()
    _record(current, name, source, by, text, words, at)
    if name in ("send", "not_needed"):
        _nothing_to_send(case, by, at)
    return current


def _send(referral: Referral, by: User, at: dt.datetime | None, facts: dict[str, Any]) -> str:
    on, time = facts["on"], facts.get("time")
    _check_not_ahead(on, time)
    if on < referral.suspicion.known_on:
        raise MoveRefused(["This is before abuse or neglect was suspected. Check the day."])
    referral.sealed_letter = seal(letter_of(referral))
    referral.sent_at = moment_of(on, time)
    referral.sealed_how, referral.reference = seal(facts["how"].strip()), facts.get("reference", "").strip()
    if referral.recipient.reaches:
        _reach(referral.case, by, referral.recipient.reaches, on, time, at)
    return f"Sent on {in_full(on)}{f', {time:%H:%M}' if time else ''}."


def _answer(referral: Referral, by: User, at: dt.datetime | None, facts: dict[str, Any]) -> str:
    outcome: ReferralOutcome = facts["outcome"]
    if outcome.recipient_id != referral.recipient_id:
        raise MoveRefused(["Choose one of the answers of this recipient."])
    on = facts["on"]
    _check_not_ahead(on)
    # They may have done before what this step reaches: a local authority notifies what it learnt of elsewhere.
    if not outcome.reaches and referral.sent_at and on < timezone.localdate(referral.sent_at):
        raise MoveRefused(["This is before the referral was sent. Check the day."])
    referral.outcome, referral.answered_on = outcome.label, on
    referral.reference = facts.get("reference", "").strip() or referral.reference
    if outcome.reaches:
        _reach(referral.case, by, outcome.reaches, on, at=at)
    if outcome.ends:
        no_longer(referral.case, outcome.ends)
    return f"Answered on {in_full(on)}: {outcome.label}."


def _not_needed(referral: Referral, by: User, at: dt.datetime | None, facts: dict[str, Any]) -> str:
    return "Not needed."


def _reopen(referral: Referral, by: User, at: dt.datetime | None, facts: dict[str, Any]) -> str:
    again = referral.case.referrals.filter(recipient=referral.recipient, state=ReferralState.TO_SEND)
    if again.exists():
        raise MoveRefused([f"Another referral to {referral.recipient} is to be sent already."])
    referral.sent_at = referral.answered_on = None
    referral.outcome = ""
    return "Opened again: to be sent."


STEPS: dict[str, Callable[[Referral, User, dt.datetime | None, dict[str, Any]], str]] = {
    "send": _send,
    "answer": _answer,
    "not_needed": _not_needed,
    "reopen": _reopen,
}


def _check_not_ahead(on: dt.date, time: dt.time | None = None) -> None:
    if moment_of(on, time) > timezone.now():
        raise MoveRefused(["This lies in the future. Record it once it has happened."])


def _nothing_to_send(case: Case, by: User, at: dt.datetime | None) -> None:
    """Once nothing is left to be sent, everybody has been told; or nobody needed to be."""
    if case.referrals.filter(state=ReferralState.TO_SEND).exists():
        return
    moments = [sent_at for sent_at in case.referrals.values_list("sent_at", flat=True) if sent_at]
    if moments:
        last = timezone.localtime(max(moments))
        _reach(case, by, "referrals_sent", last.date(), last.time() if last.time() > dt.time() else None, at)
    else:
        no_longer(case, "abuse_suspected")


def _reach(
    case: Case, by: User, name: str, on: dt.date, time: dt.time | None = None, at: dt.datetime | None = None
) -> None:
    """Record a milestone that a step of a referral reached; one that was reached before keeps its day."""
    known = as_date(case.facts.get(MILESTONE[name].fact))
    if known is None or on < known:
        reach(case, by, name, on, time, at)
    else:
        happened(case, name, moment_of(on, time))
    _met_before(case)


def _met_before(case: Case) -> None:
    """A limit that begins after what meets it was recorded is met: answers are not typed in the order of their days."""
    facts = case.facts
    for clock in case.clocks.filter(met_at__isnull=True, rule__met_by__in=MILESTONE).select_related("rule"):
        day = as_date(facts.get(MILESTONE[clock.rule.met_by].fact))
        if day and day >= timezone.localdate(clock.started_at):
            clock.met_at = moment_of(day, None)
            clock.save(update_fields=["met_at"])


def _record(
    referral: Referral, name: str, source: str, by: User, text: str, words: str = "", at: dt.datetime | None = None
) -> None:
    ReferralChange.objects.create(
        referral=referral,
        transition=name,
        source=source,
        target=referral.state,
        text=text,
        sealed_words=seal(words) if words else "",
        by=by,
        at=at or timezone.now(),
    )
    note(referral.case, by, "decided", f"Referral to {referral.recipient}: {text[0].lower()}{text[1:]}", at=at)
