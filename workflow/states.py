"""The states of a review and the moves between them (statutory process, §13). Plain Python: no Django here.

A move says who may make it and what it asks for. What must be true first is in `guards.py`.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


class State(StrEnum):
    """Where a review is. A family never reads these words; `PUBLIC_NAMES` has theirs."""

    NOTIFIED = "notified"
    DUPLICATE = "duplicate"
    OUT_OF_SCOPE = "out_of_scope"
    TRANSFER_OFFERED = "transfer_offered"
    TRANSFERRED_OUT = "transferred_out"
    INFORMATION_GATHERING = "information_gathering"
    READY_FOR_CDRM = "ready_for_cdrm"
    CDRM_SCHEDULED = "cdrm_scheduled"
    CDRM_HELD = "cdrm_held"
    READY_FOR_PANEL = "ready_for_panel"
    PANEL_SCHEDULED = "panel_scheduled"
    PANEL_REVIEWED = "panel_reviewed"
    SUBMITTED = "submitted"
    CLOSED = "closed"


LABELS = {
    State.NOTIFIED: "Notified",
    State.DUPLICATE: "Duplicate",
    State.OUT_OF_SCOPE: "Out of scope",
    State.TRANSFER_OFFERED: "Transfer offered",
    State.TRANSFERRED_OUT: "Transferred out",
    State.INFORMATION_GATHERING: "Gathering information",
    State.READY_FOR_CDRM: "Ready for CDRM",
    State.CDRM_SCHEDULED: "CDRM scheduled",
    State.CDRM_HELD: "CDRM held",
    State.READY_FOR_PANEL: "Ready for panel",
    State.PANEL_SCHEDULED: "On a panel agenda",
    State.PANEL_REVIEWED: "Reviewed by panel",
    State.SUBMITTED: "Submitted to NCMD",
    State.CLOSED: "Closed",
}

ENDED = frozenset({State.DUPLICATE, State.OUT_OF_SCOPE, State.TRANSFERRED_OUT, State.CLOSED})
OPEN = frozenset(State) - ENDED
BEFORE_SUBMITTED = frozenset(
    {
        State.NOTIFIED,
        State.TRANSFER_OFFERED,
        State.INFORMATION_GATHERING,
        State.READY_FOR_CDRM,
        State.CDRM_SCHEDULED,
        State.CDRM_HELD,
        State.READY_FOR_PANEL,
        State.PANEL_SCHEDULED,
        State.PANEL_REVIEWED,
    }
)

Right = Literal["work_case", "sign_off_case"]


@dataclass(frozen=True)
class Input:
    """Something a move asks for. Kept as a fact of the case, under `name`."""

    name: str
    label: str
    kind: Literal["text", "long_text", "date", "yes", "choice", "case"] = "text"
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""
    reason_if: str = ""  # the answer that must be explained


@dataclass(frozen=True)
class Move:
    """One way from one state to another: `right` is the permission it needs."""

    name: str
    label: str
    sources: frozenset[State]
    target: State
    right: Right = "work_case"
    needs_reason: bool = False
    inputs: tuple[Input, ...] = field(default=())


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


YES_NO = (("yes", "Yes"), ("no", "No"))

CATEGORIES = (
    ("1", "1. Deliberately inflicted injury, abuse or neglect"),
    ("2", "2. Suicide or deliberate self-inflicted harm"),
    ("3", "3. Trauma and other external factors"),
    ("4", "4. Malignancy"),
    ("5", "5. Acute medical or surgical condition"),
    ("6", "6. Chronic medical condition"),
    ("7", "7. Chromosomal, genetic and congenital anomalies"),
    ("8", "8. Perinatal or neonatal event"),
    ("9", "9. Infection"),
    ("10", "10. Sudden unexpected, unexplained death"),
)
MODIFIABLE = (
    ("identified", "Modifiable factors identified"),
    ("none_identified", "No modifiable factors identified"),
    ("inadequate_information", "Inadequate information to tell"),
)
SAFEGUARDING = (
    ("not_needed", "No referral needed"),
    ("referred", "Referred"),
    ("already_known", "Already known to safeguarding partners"),
)
RETURNS = (
    ("returned", "Every agency that must answer has answered"),
    ("waived", "Some are waived, for the reason below"),
)
CDRM_KINDS = (
    ("cdrm", "Child death review meeting"),
    ("pmrt", "Perinatal mortality review (PMRT)"),
    ("mortality", "Hospital mortality and morbidity meeting"),
    ("final_case_discussion", "Final case discussion after a Joint Agency Response"),
)

MOVES: tuple[Move, ...] = (
    Move(
        "mark_duplicate",
        "Mark as a duplicate",
        _from(State.NOTIFIED),
        State.DUPLICATE,
        inputs=(
            Input(
                "duplicate_of",
                "Reference of the case to keep",
                "case",
                help="Its notifiers and notifications are kept together there.",
            ),
        ),
    ),
    Move("rule_out", "Close as out of scope", BEFORE_SUBMITTED, State.OUT_OF_SCOPE, needs_reason=True),
    Move(
        "offer_transfer",
        "Offer to another panel",
        _from(State.NOTIFIED),
        State.TRANSFER_OFFERED,
        inputs=(Input("receiving_area", "Panel that should review this death"),),
    ),
    Move(
        "transfer_accepted",
        "Record that they accepted",
        _from(State.TRANSFER_OFFERED),
        State.TRANSFERRED_OUT,
        inputs=(Input("transfer_acknowledgement", "Who accepted, and when"),),
    ),
    Move(
        "transfer_declined",
        "Record that they declined",
        _from(State.TRANSFER_OFFERED),
        State.NOTIFIED,
        needs_reason=True,
    ),
    Move("accept", "Accept and gather information", _from(State.NOTIFIED), State.INFORMATION_GATHERING),
    Move(
        "information_complete",
        "Enough information for the CDRM",
        _from(State.INFORMATION_GATHERING),
        State.READY_FOR_CDRM,
        inputs=(Input("returns", "Answers from agencies", "choice", RETURNS, reason_if="waived"),),
    ),
    Move(
        "schedule_cdrm",
        "Set the CDRM date",
        _from(State.READY_FOR_CDRM),
        State.CDRM_SCHEDULED,
        inputs=(Input("cdrm_on", "Date of the CDRM", "date"), Input("cdrm_chair", "Role of the chair")),
    ),
    Move(
        "record_cdrm",
        "Record that the CDRM was held",
        _from(State.CDRM_SCHEDULED),
        State.CDRM_HELD,
        inputs=(
            Input("cdrm_kind", "Kind of meeting", "choice", CDRM_KINDS),
            Input("cdrm_held_on", "Date it was held", "date"),
            Input("cdrm_agencies", "Agencies present", "long_text"),
            Input("cdrm_minutes", "The minutes are on file", "yes"),
            Input("draft_analysis_received", "The draft analysis form is on file", "yes"),
        ),
    ),
    Move(
        "quality_checked",
        "Ready for the panel",
        _from(State.CDRM_HELD),
        State.READY_FOR_PANEL,
        inputs=(
            Input("draft_analysis_complete", "The draft analysis is complete", "yes"),
            Input("family_informed", "Has the family been told about the review?", "choice", YES_NO),
        ),
    ),
    Move(
        "schedule_panel",
        "Put on a panel agenda",
        _from(State.READY_FOR_PANEL),
        State.PANEL_SCHEDULED,
        inputs=(
            Input("panel_on", "Date of the panel", "date"),
            Input("quorum_planned", "Enough members have accepted for a quorum", "yes"),
            Input("anonymised_pack", "The anonymised pack is made and checked", "yes"),
        ),
    ),
    Move(
        "defer",
        "Defer",
        _from(State.PANEL_SCHEDULED),
        State.READY_FOR_PANEL,
        right="sign_off_case",
        needs_reason=True,
    ),
    Move(
        "record_panel",
        "Record the panel’s review",
        _from(State.PANEL_SCHEDULED),
        State.PANEL_REVIEWED,
        right="sign_off_case",
        inputs=(
            Input("quorum_met", "The panel was quorate", "yes"),
            Input("category", "Category of death", "choice", CATEGORIES, help="The highest in the list that fits."),
            Input("factors_graded", "Every factor line is graded 0, 1 or 2", "yes"),
            Input("modifiability", "Modifiable factors", "choice", MODIFIABLE),
            Input("safeguarding_referral", "Referral to safeguarding partners", "choice", SAFEGUARDING),
        ),
    ),
    Move(
        "sign_off",
        "Sign off the panel’s findings",
        _from(State.PANEL_REVIEWED),
        State.PANEL_REVIEWED,
        right="sign_off_case",
        inputs=(Input("chair_signed_off", "These are the panel’s findings", "yes"),),
    ),
    Move(
        "finalise",
        "Finalise and submit to NCMD",
        _from(State.PANEL_REVIEWED),
        State.SUBMITTED,
        inputs=(Input("ncmd_checks_passed", "Core, supplementary and analysis data are final and complete", "yes"),),
    ),
    Move(
        "close",
        "Close",
        _from(State.SUBMITTED),
        State.CLOSED,
        inputs=(Input("ncmd_receipt", "NCMD receipt or confirmation"),),
    ),
    Move(
        "reopen",
        "Reopen",
        _from(State.CLOSED),
        State.PANEL_REVIEWED,
        right="sign_off_case",
        needs_reason=True,
    ),
)

BY_NAME = {move.name: move for move in MOVES}


def moves_from(state: str) -> list[Move]:
    """The moves that start in a state: the road ahead first, the ways out of the process last."""
    moves = [move for move in MOVES if state in move.sources]
    return sorted(moves, key=lambda move: move.target in ENDED - {State.CLOSED})
