"""What must be true before a move, and the sentence a person reads when it is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflow.guards import checks

if TYPE_CHECKING:
    from workflow.models import Case


@dataclass(frozen=True)
class Guard:
    """A condition in words, the check behind it, and the screen (or part of the case page) where a person can meet it.

    The check answers with the sentence that says what is missing, or an empty string.
    """

    words: str
    check: checks.Check
    mend: str = ""


@dataclass(frozen=True)
class Obstacle:
    """Why a move cannot be made now, and the name of the screen that mends it (empty when there is none)."""

    text: str
    mend: str = ""


HOLDS = "#holds-section"
ANALYSES = "#analyses-section"
MEETINGS = "#meetings-section"
SCOPE_YES = Guard("The scope decision is yes", checks.scope_is_yes, mend="scope")
SCOPE_NO = Guard("The scope decision is no, with its reason", checks.scope_is_no, mend="scope")
SECOND_PERSON = Guard(
    "A second person has confirmed it; one of the two is a designated doctor",
    checks.second_person_agrees,
    "confirm_scope",
)
JAR_DECIDED = Guard("The Joint Agency Response decision is yes or no", checks.jar_is_decided, mend="jar")
NHS_NUMBER = Guard("The NHS number is known, or the reason why not", checks.nhs_number_or_reason, mend="nhs_number")
QUALITY = Guard("A designated doctor has confirmed the quality of the draft analysis", checks.doctor_checked_quality)
SIGNED_OFF = Guard("The chair has signed off since the last panel review or reopening", checks.chair_signed_off)
ANSWERED = Guard("Every mandatory request is answered or waived", checks.requests_are_answered, "#requests-section")
SPLITTABLE = Guard(
    "The kept case has not been merged, given away or submitted since: nobody has built on the two being one",
    checks.can_be_split,
)
PANEL_HELD = Guard("The panel has been held and was quorate for this case", checks.panel_was_held, MEETINGS)
QUORATE = Guard(
    "The panel is still quorate without those who declared an interest since", checks.still_quorate, MEETINGS
)
NOT_REVIEWED = Guard(
    "The panel has not reviewed it, or was not quorate without those who declared an interest since",
    checks.is_not_reviewed,
)
CHAIR_FREE = Guard(
    "The chair of the panel for this case declared no interest in it", checks.chair_may_hear_it, MEETINGS
)
NO_CHAIR = Guard("The chair of the panel for this case declared an interest in it", checks.nobody_chairs_it, MEETINGS)
PACK = Guard(
    "The anonymised pack is finished, and nothing has come in since", checks.pack_is_current, mend="pack_prepare"
)
DRAFT_ON_FILE = Guard(
    "The draft analysis is complete or attached; of a PMRT or mortality meeting its report or record will do",
    checks.draft_is_on_file,
    ANALYSES,
)
DRAFT_SENT = Guard("No draft analysis is still being filled in", checks.draft_is_sent, ANALYSES)
FINAL_SIGNED = Guard(
    "No final analysis waits for its chair’s signature; signing it records and signs off the panel’s review",
    checks.final_is_signed,
    ANALYSES,
)
REFERRALS = Guard(
    "Every safeguarding referral is answered or found not needed, and what the panel referred is recorded",
    checks.referrals_are_answered,
    mend="safeguarding",
)
TOLD_FIRST = Guard(
    "Every safeguarding referral is sent or found not needed: its words are erased with the rest",
    checks.referrals_are_sent,
    mend="safeguarding",
)
CDRM_FREE = Guard("No open hold blocks the CDRM", checks.no_hold_on("cdrm"), HOLDS)
PANEL_FREE = Guard("No open hold blocks the panel", checks.no_hold_on("panel"), HOLDS)
FINALISING_FREE = Guard("No open hold blocks finalising", checks.no_hold_on("finalise"), HOLDS)

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
