"""What must be true before a move, and the sentence a person reads when it is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflow.states import STUBS, State

if TYPE_CHECKING:
    from workflow.models import AgendaItem, Case

Check = Callable[["Case"], str]


@dataclass(frozen=True)
class Guard:
    """A condition in words, the check behind it, and the screen (or part of the case page) where a person can meet it.

    The check answers with the sentence that says what is missing, or an empty string.
    """

    words: str
    check: Check
    mend: str = ""


@dataclass(frozen=True)
class Obstacle:
    """Why a move cannot be made now, and the name of the screen that mends it (empty when there is none)."""

    text: str
    mend: str = ""


def _scope_is_yes(case: Case) -> str:
    decision = case.scope_decisions.last()
    if decision is None:
        return "Record the scope decision first."
    return "" if decision.in_scope else "The scope decision says this death is out of scope."


def _scope_is_no(case: Case) -> str:
    decision = case.scope_decisions.last()
    if decision is None or decision.in_scope:
        return "Record the scope decision first: out of scope, with its reason."
    return ""


def _second_person_agrees(case: Case) -> str:
    decision = case.scope_decisions.last()
    if decision and not decision.in_scope and decision.confirms_id is None:
        return "A second person must confirm that this death is out of scope. One of the two is a designated doctor."
    return ""


def _jar_is_decided(case: Case) -> str:
    decision = case.jar_decisions.last()
    if decision is None or decision.required == "pending":
        return "Record whether a Joint Agency Response is needed."
    return ""


def _nhs_number_or_reason(case: Case) -> str:
    if case.record.get("nhs_number_known") or case.record.get("nhs_number_missing_reason"):
        return ""
    return "Record the NHS number, or why there is none."


def _doctor_checked_quality(case: Case) -> str:
    newest = case.state_changes.filter(transition__in=("record_cdrm", "check_quality")).last()
    if newest is None or newest.transition != "check_quality":
        return "A designated doctor must confirm the quality of the draft analysis first."
    if case.analyses.filter(stage="cdrm", completed_at__gt=newest.at).exists():
        return "The draft analysis was changed since its quality was confirmed. A designated doctor confirms it again."
    return ""


def _chair_signed_off(case: Case) -> str:
    newest = case.state_changes.filter(transition__in=("record_panel", "reopen", "sign_off")).last()
    return "" if newest and newest.transition == "sign_off" else "The panel chair must sign off the findings first."


def _can_be_split(case: Case) -> str:
    """`case` is the duplicate: it can go while nobody has built on the two being one."""
    kept, merged = case.duplicate_of, case.state_changes.filter(transition="mark_duplicate").last()
    if kept is None or merged is None or "submissions" not in merged.details:
        return "It was merged before a merge could be undone: what came from which case was not kept."
    if kept.state in STUBS:
        return f"Case {kept.reference} is a stub now: another panel has the review, and what both notified is erased."
    if kept.duplicate_of is not None:
        return f"Case {kept.reference} has been merged into {kept.duplicate_of.reference} since. Undo that merge first."
    if kept.state_changes.filter(transition="finalise", pk__gt=merged.pk).exists():
        return f"Case {kept.reference} has been submitted to NCMD since, with the notifications of both."
    return ""


def _requests_are_answered(case: Case) -> str:
    from workflow.requests.selectors import outstanding

    waiting = [str(request.agency) for request in outstanding(case)]
    return (
        f"Not yet answered: {', '.join(waiting)}. Accept what they return, or waive it with a reason."
        if waiting
        else ""
    )


def _no_hold_on(stage: str) -> Check:
    def check(case: Case) -> str:
        holds = [str(hold) for hold in case.holds.filter(ended_on__isnull=True) if stage in hold.blocks]
        return f"On hold: {', '.join(holds)}. End the hold first." if holds else ""

    return check


def _panel_was_held(case: Case) -> str:
    from workflow.meetings.selectors import item_of

    item = item_of(case)
    if item is None:
        return "It is on no agenda of a panel. Defer it, and put it on one."
    if item.meeting.state != "held":
        return f"Record first that this meeting was held, and who was there: {item.meeting}."
    sentence = _too_few_heard_it(item)
    return f"{sentence} Defer." if sentence else ""


def _still_quorate(case: Case) -> str:
    """Asked again at the signature: an interest may come in after the findings were recorded."""
    from workflow.meetings.selectors import item_of

    item = item_of(case)
    if item is None or item.outcome != "discussed":
        return ""
    sentence = _too_few_heard_it(item)
    return f"{sentence} Defer it to another panel." if sentence else ""


def _is_not_reviewed(case: Case) -> str:
    if case.state != State.PANEL_REVIEWED or _still_quorate(case):
        return ""
    return "The panel has reviewed it. It goes to another only if too few could hear it."


def _too_few_heard_it(item: AgendaItem) -> str:
    from workflow.meetings.selectors import present

    enough = present(item.meeting, item)
    return "" if enough.met else f"Without those who must not hear it the panel was not quorate: {enough.words}."


def _chair_may_hear_it(case: Case) -> str:
    from workflow.meetings.selectors import chair_in_the_way, item_of

    item = item_of(case)
    return chair_in_the_way(item) if item and item.outcome != "deferred" else ""


def _nobody_chairs_it(case: Case) -> str:
    return "" if _chair_may_hear_it(case) else "Its chair declared no interest in it. The chair is who defers it."


def _pack_is_current(case: Case) -> str:
    from workflow.packs.selectors import has_current_pack

    return has_current_pack(case)


def _draft_is_sent(case: Case) -> str:
    from workflow.analyses.selectors import in_hand

    return "The draft analysis is still being filled in. Send it, or give it up." if in_hand(case, "cdrm") else ""


def _draft_is_on_file(case: Case) -> str:
    from workflow.analyses.evidence import nothing_on_file

    return nothing_on_file(case)


def _final_is_signed(case: Case) -> str:
    from workflow.analyses.selectors import to_sign

    waiting = to_sign(case)
    return f"The final analysis is not signed: {waiting.status.lower()}." if waiting else ""


def _referrals_are_answered(case: Case) -> str:
    from workflow.safeguarding.selectors import what_is_unanswered

    return what_is_unanswered(case)


def _referrals_are_sent(case: Case) -> str:
    from workflow.safeguarding.selectors import what_is_to_be_sent

    return what_is_to_be_sent(case)


HOLDS = "#holds-section"
ANALYSES = "#analyses-section"
MEETINGS = "#meetings-section"
SCOPE_YES = Guard("The scope decision is yes", _scope_is_yes, mend="scope")
SCOPE_NO = Guard("The scope decision is no, with its reason", _scope_is_no, mend="scope")
SECOND_PERSON = Guard(
    "A second person has confirmed it; one of the two is a designated doctor", _second_person_agrees, "confirm_scope"
)
JAR_DECIDED = Guard("The Joint Agency Response decision is yes or no", _jar_is_decided, mend="jar")
NHS_NUMBER = Guard("The NHS number is known, or the reason why not", _nhs_number_or_reason, mend="nhs_number")
QUALITY = Guard("A designated doctor has confirmed the quality of the draft analysis", _doctor_checked_quality)
SIGNED_OFF = Guard("The chair has signed off since the last panel review or reopening", _chair_signed_off)
ANSWERED = Guard("Every mandatory request is answered or waived", _requests_are_answered, "#requests-section")
SPLITTABLE = Guard(
    "The kept case has not been merged, given away or submitted since: nobody has built on the two being one",
    _can_be_split,
)
PANEL_HELD = Guard("The panel has been held and was quorate for this case", _panel_was_held, MEETINGS)
QUORATE = Guard("The panel is still quorate without those who declared an interest since", _still_quorate, MEETINGS)
NOT_REVIEWED = Guard(
    "The panel has not reviewed it, or was not quorate without those who declared an interest since", _is_not_reviewed
)
CHAIR_FREE = Guard("The chair of the panel for this case declared no interest in it", _chair_may_hear_it, MEETINGS)
NO_CHAIR = Guard("The chair of the panel for this case declared an interest in it", _nobody_chairs_it, MEETINGS)
PACK = Guard("The anonymised pack is finished, and nothing has come in since", _pack_is_current, mend="pack_prepare")
DRAFT_ON_FILE = Guard(
    "The draft analysis is complete or attached; of a PMRT or mortality meeting its report or record will do",
    _draft_is_on_file,
    ANALYSES,
)
DRAFT_SENT = Guard("No draft analysis is still being filled in", _draft_is_sent, ANALYSES)
FINAL_SIGNED = Guard(
    "No final analysis waits for its chair’s signature; signing it records and signs off the panel’s review",
    _final_is_signed,
    ANALYSES,
)
REFERRALS = Guard(
    "Every safeguarding referral is answered or found not needed, and what the panel referred is recorded",
    _referrals_are_answered,
    mend="safeguarding",
)
TOLD_FIRST = Guard(
    "Every safeguarding referral is sent or found not needed: its words are erased with the rest",
    _referrals_are_sent,
    mend="safeguarding",
)
CDRM_FREE = Guard("No open hold blocks the CDRM", _no_hold_on("cdrm"), HOLDS)
PANEL_FREE = Guard("No open hold blocks the panel", _no_hold_on("panel"), HOLDS)
FINALISING_FREE = Guard("No open hold blocks finalising", _no_hold_on("finalise"), HOLDS)

GUARDS: dict[str, tuple[Guard, ...]] = {
    "undo_duplicate": (SPLITTABLE,),
    "rule_out": (SCOPE_NO, SECOND_PERSON, REFERRALS),
    "transfer_accepted": (TOLD_FIRST,),
    "not_take_over": (TOLD_FIRST,),
    "accept": (SCOPE_YES, JAR_DECIDED, NHS_NUMBER),
    "information_complete": (ANSWERED, CDRM_FREE),
    "schedule_cdrm": (CDRM_FREE,),
    "record_cdrm": (DRAFT_SENT, DRAFT_ON_FILE, CDRM_FREE),
    "check_quality": (DRAFT_SENT,),
    "quality_checked": (QUALITY, DRAFT_SENT, PANEL_FREE),
    "schedule_panel": (PACK, PANEL_FREE),
    "defer": (NOT_REVIEWED,),
    "defer_for_chair": (NO_CHAIR,),
    "record_panel": (PANEL_HELD, CHAIR_FREE, FINAL_SIGNED, PANEL_FREE),
    "sign_off": (FINAL_SIGNED, CHAIR_FREE, QUORATE),
    "finalise": (SIGNED_OFF, FINAL_SIGNED, FINALISING_FREE),
    "close": (REFERRALS,),
}


def obstacles(case: Case, move: str) -> list[Obstacle]:
    """What stands in the way of a move now; empty when nothing does."""
    return [Obstacle(sentence, guard.mend) for guard in GUARDS.get(move, ()) if (sentence := guard.check(case))]


def refusals(case: Case, move: str) -> list[str]:
    """The sentences of `obstacles`."""
    return [obstacle.text for obstacle in obstacles(case, move)]


def conditions(move: str) -> list[Callable[[Case], bool]]:
    """The guards of a move in the shape that django-fsm asks."""
    return [lambda case: not refusals(case, move)]
