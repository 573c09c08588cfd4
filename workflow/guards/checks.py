"""What may stand in the way of a move: each answers with the sentence a person reads, empty when nothing does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from workflow.states import STUBS, State

if TYPE_CHECKING:
    from workflow.models import AgendaItem, Case

Check = Callable[["Case"], str]


def scope_is_yes(case: Case) -> str:
    decision = case.scope_decisions.last()
    if decision is None:
        return "Record the scope decision first."
    return "" if decision.in_scope else "The scope decision says this death is out of scope."


def scope_is_no(case: Case) -> str:
    decision = case.scope_decisions.last()
    if decision is None or decision.in_scope:
        return "Record the scope decision first: out of scope, with its reason."
    return ""


def second_person_agrees(case: Case) -> str:
    decision = case.scope_decisions.last()
    if decision and not decision.in_scope and decision.confirms_id is None:
        return "A second person must confirm that this death is out of scope. One of the two is a designated doctor."
    return ""


def jar_is_decided(case: Case) -> str:
    decision = case.jar_decisions.last()
    if decision is None or decision.required == "pending":
        return "Record whether a Joint Agency Response is needed."
    return ""


def nhs_number_or_reason(case: Case) -> str:
    if case.record.get("nhs_number_known") or case.record.get("nhs_number_missing_reason"):
        return ""
    return "Record the NHS number, or why there is none."


def doctor_checked_quality(case: Case) -> str:
    newest = case.state_changes.filter(transition__in=("record_cdrm", "check_quality")).last()
    if newest is None or newest.transition != "check_quality":
        return "A designated doctor must confirm the quality of the draft analysis first."
    if case.analyses.filter(stage="cdrm", completed_at__gt=newest.at).exists():
        return "The draft analysis was changed since its quality was confirmed. A designated doctor confirms it again."
    return ""


def chair_signed_off(case: Case) -> str:
    newest = case.state_changes.filter(transition__in=("record_panel", "reopen", "sign_off")).last()
    return "" if newest and newest.transition == "sign_off" else "The panel chair must sign off the findings first."


def can_be_split(case: Case) -> str:
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


def requests_are_answered(case: Case) -> str:
    from workflow.requests.selectors import outstanding

    waiting = [str(request.agency) for request in outstanding(case)]
    return (
        f"Not yet answered: {', '.join(waiting)}. Accept what they return, or waive it with a reason."
        if waiting
        else ""
    )


def no_hold_on(stage: str) -> Check:
    def check(case: Case) -> str:
        holds = [str(hold) for hold in case.holds.filter(ended_on__isnull=True) if stage in hold.blocks]
        return f"On hold: {', '.join(holds)}. End the hold first." if holds else ""

    return check


def panel_was_held(case: Case) -> str:
    from workflow.meetings.selectors import item_of

    item = item_of(case)
    if item is None:
        return "It is on no agenda of a panel. Defer it, and put it on one."
    if item.meeting.state != "held":
        return f"Record first that this meeting was held, and who was there: {item.meeting}."
    sentence = too_few_heard_it(item)
    return f"{sentence} Defer." if sentence else ""


def still_quorate(case: Case) -> str:
    """Asked again at the signature: an interest may come in after the findings were recorded."""
    from workflow.meetings.selectors import item_of

    item = item_of(case)
    if item is None or item.outcome != "discussed":
        return ""
    sentence = too_few_heard_it(item)
    return f"{sentence} Defer it to another panel." if sentence else ""


def is_not_reviewed(case: Case) -> str:
    if case.state != State.PANEL_REVIEWED or still_quorate(case):
        return ""
    return "The panel has reviewed it. It goes to another only if too few could hear it."


def too_few_heard_it(item: AgendaItem) -> str:
    from workflow.meetings.selectors import present

    enough = present(item.meeting, item)
    return "" if enough.met else f"Without those who must not hear it the panel was not quorate: {enough.words}."


def chair_may_hear_it(case: Case) -> str:
    from workflow.meetings.selectors import chair_in_the_way, item_of

    item = item_of(case)
    return chair_in_the_way(item) if item and item.outcome != "deferred" else ""


def nobody_chairs_it(case: Case) -> str:
    return "" if chair_may_hear_it(case) else "Its chair declared no interest in it. The chair is who defers it."


def pack_is_current(case: Case) -> str:
    from workflow.packs.selectors import has_current_pack

    return has_current_pack(case)


def draft_is_sent(case: Case) -> str:
    from workflow.analyses.selectors import in_hand

    return "The draft analysis is still being filled in. Send it, or give it up." if in_hand(case, "cdrm") else ""


def draft_is_on_file(case: Case) -> str:
    from workflow.analyses.evidence import nothing_on_file

    return nothing_on_file(case)


def final_is_signed(case: Case) -> str:
    from workflow.analyses.selectors import to_sign

    waiting = to_sign(case)
    return f"The final analysis is not signed: {waiting.status.lower()}." if waiting else ""


def referrals_are_answered(case: Case) -> str:
    from workflow.safeguarding.selectors import what_is_unanswered

    return what_is_unanswered(case)


def referrals_are_sent(case: Case) -> str:
    from workflow.safeguarding.selectors import what_is_to_be_sent

    return what_is_to_be_sent(case)
