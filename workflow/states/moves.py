"""The moves between states, and who may make them (statutory process, §13).

What must be true first is in `guards/`.
"""

from dataclasses import dataclass
from typing import Literal

from workflow.states.answers import (
    CATEGORIES,
    CDRM_KINDS,
    DEFERRALS,
    MODIFIABLE,
    RETURNS,
    SAFEGUARDING,
    YES_NO,
    Input,
)
from workflow.states.names import BEFORE_SUBMITTED, ENDED, State

Right = Literal["work_case", "oversee_case", "sign_off_case"]
COORDINATOR: tuple[Right, ...] = ("work_case",)
DOCTOR: tuple[Right, ...] = ("oversee_case",)
COORDINATOR_OR_DOCTOR: tuple[Right, ...] = ("work_case", "oversee_case")
CHAIR: tuple[Right, ...] = ("sign_off_case",)
TOLD_THEM = Input("transfer_answer_given", "Role of the person in the other panel who was told, and when")
OFF_THE_ROAD = (
    "undo_duplicate",
    "offer_transfer",
    "transfer_declined",
    "reschedule_cdrm",
    "defer",
    "defer_for_chair",
    "reopen",
)


@dataclass(frozen=True)
class Move:
    """One way from one state to another. Any one of the permissions in `who` is enough to make it."""

    name: str
    label: str
    sources: frozenset[State]
    target: State
    who: tuple[Right, ...] = COORDINATOR
    needs_reason: bool = False
    inputs: tuple[Input, ...] = ()

    @property
    def leads_on(self) -> bool:
        """Whether it leads along the road to closing, and not out of it or back."""
        return self.target not in ENDED - {State.CLOSED} and self.name not in OFF_THE_ROAD


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


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
    Move("undo_duplicate", "Undo the merge", _from(State.DUPLICATE), State.NOTIFIED, needs_reason=True),
    Move("rule_out", "Close as out of scope", BEFORE_SUBMITTED, State.OUT_OF_SCOPE, who=COORDINATOR_OR_DOCTOR),
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
        inputs=(Input("transfer_acknowledgement", "Role of the person who accepted, and when"),),
    ),
    Move(
        "transfer_declined",
        "Record that they declined",
        _from(State.TRANSFER_OFFERED),
        State.NOTIFIED,
        needs_reason=True,
    ),
    Move(
        "take_over",
        "Accept the transfer",
        _from(State.OFFERED_TO_US),
        State.NOTIFIED,
        who=COORDINATOR_OR_DOCTOR,
        inputs=(TOLD_THEM,),
    ),
    Move(
        "not_take_over",
        "Decline the transfer",
        _from(State.OFFERED_TO_US),
        State.NOT_TAKEN_OVER,
        who=COORDINATOR_OR_DOCTOR,
        needs_reason=True,
        inputs=(TOLD_THEM,),
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
        who=COORDINATOR_OR_DOCTOR,
        inputs=(Input("cdrm_on", "Date of the CDRM", "date"), Input("cdrm_chair", "Role of the chair")),
    ),
    Move(
        "reschedule_cdrm",
        "Change the CDRM date",
        _from(State.CDRM_SCHEDULED),
        State.CDRM_SCHEDULED,
        who=COORDINATOR_OR_DOCTOR,
        needs_reason=True,
        inputs=(
            Input("cdrm_on", "Date of the CDRM", "date", prefill="cdrm_on"),
            Input("cdrm_chair", "Role of the chair", prefill="cdrm_chair"),
        ),
    ),
    Move(
        "record_cdrm",
        "Record that the CDRM was held",
        _from(State.CDRM_SCHEDULED),
        State.CDRM_HELD,
        who=COORDINATOR_OR_DOCTOR,
        inputs=(
            Input("cdrm_kind", "Kind of meeting", "choice", CDRM_KINDS),
            Input("cdrm_held_on", "Date it was held", "past_date", prefill="cdrm_on"),
            Input("cdrm_agencies", "Agencies present", "long_text", help="Agencies and roles, without names."),
            Input("cdrm_minutes", "The minutes are on file", "yes"),
        ),
    ),
    Move(
        "check_quality",
        "Confirm the quality of the draft analysis",
        _from(State.CDRM_HELD),
        State.CDRM_HELD,
        who=DOCTOR,
        inputs=(Input("draft_analysis_complete", "The draft analysis is complete and clinically sound", "yes"),),
    ),
    Move(
        "quality_checked",
        "Ready for the panel",
        _from(State.CDRM_HELD),
        State.READY_FOR_PANEL,
        inputs=(
            Input(
                "family_informed",
                "Has the family been told about the review?",
                "choice",
                YES_NO,
                prefill="family_informed",
            ),
        ),
    ),
    Move(
        "schedule_panel",
        "Put on a panel agenda",
        _from(State.READY_FOR_PANEL),
        State.PANEL_SCHEDULED,
        inputs=(Input("meeting", "Panel", "meeting"),),
    ),
    Move(
        "defer",
        "Defer",
        _from(State.PANEL_SCHEDULED, State.PANEL_REVIEWED),
        State.READY_FOR_PANEL,
        who=CHAIR,
        inputs=(Input("deferred_for", "Why it waits", "choice", DEFERRALS),),
    ),
    Move(
        "defer_for_chair",
        "Defer, because nobody can chair it",
        _from(State.PANEL_SCHEDULED),
        State.READY_FOR_PANEL,
        needs_reason=True,
    ),
    Move(
        "record_panel",
        "Record the panel’s review",
        _from(State.PANEL_SCHEDULED),
        State.PANEL_REVIEWED,
        who=CHAIR,
        inputs=(
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
        who=CHAIR,
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
        who=("work_case", "sign_off_case"),
        inputs=(Input("ncmd_receipt", "NCMD receipt or confirmation"),),
    ),
    Move(
        "reopen",
        "Reopen",
        _from(State.CLOSED),
        State.PANEL_REVIEWED,
        who=CHAIR,
        needs_reason=True,
    ),
    # Nobody makes it by hand: undoing an import of history does, for each case that it brought in.
    Move("take_back", "Undo that it was brought in", _from(State.CLOSED), State.TAKEN_BACK, who=()),
)

BY_NAME = {move.name: move for move in MOVES}


def moves_from(state: str) -> list[Move]:
    """The moves that start in a state: the road ahead first, the ways out of the process last."""
    return sorted((move for move in MOVES if state in move.sources), key=lambda move: not move.leads_on)
