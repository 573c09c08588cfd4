"""The states of a review and what staff call them."""

from enum import StrEnum


class State(StrEnum):
    """Where a review is. Words for staff; a family never reads them."""

    NOTIFIED = "notified"
    DUPLICATE = "duplicate"
    OUT_OF_SCOPE = "out_of_scope"
    TRANSFER_OFFERED = "transfer_offered"
    TRANSFERRED_OUT = "transferred_out"
    OFFERED_TO_US = "offered_to_us"
    NOT_TAKEN_OVER = "not_taken_over"
    INFORMATION_GATHERING = "information_gathering"
    READY_FOR_CDRM = "ready_for_cdrm"
    CDRM_SCHEDULED = "cdrm_scheduled"
    CDRM_HELD = "cdrm_held"
    READY_FOR_PANEL = "ready_for_panel"
    PANEL_SCHEDULED = "panel_scheduled"
    PANEL_REVIEWED = "panel_reviewed"
    SUBMITTED = "submitted"
    CLOSED = "closed"
    TAKEN_BACK = "taken_back"


LABELS = {
    State.NOTIFIED: "Notified",
    State.DUPLICATE: "Duplicate",
    State.OUT_OF_SCOPE: "Out of scope",
    State.TRANSFER_OFFERED: "Transfer offered",
    State.TRANSFERRED_OUT: "Transferred out",
    State.OFFERED_TO_US: "Offered to us",
    State.NOT_TAKEN_OVER: "Not taken over",
    State.INFORMATION_GATHERING: "Gathering information",
    State.READY_FOR_CDRM: "Ready for CDRM",
    State.CDRM_SCHEDULED: "CDRM scheduled",
    State.CDRM_HELD: "CDRM held",
    State.READY_FOR_PANEL: "Ready for panel",
    State.PANEL_SCHEDULED: "On a panel agenda",
    State.PANEL_REVIEWED: "Reviewed by panel",
    State.SUBMITTED: "Submitted to NCMD",
    State.CLOSED: "Closed",
    State.TAKEN_BACK: "Taken back",
}

# What somebody who opens a case in this state should do.
NEXT_STEPS = {
    State.NOTIFIED: "Read the notification, decide scope and Joint Agency Response, then accept it.",
    State.DUPLICATE: "Nothing: it is reviewed under the case it duplicates.",
    State.OUT_OF_SCOPE: "Nothing: this death is not reviewed by this process.",
    State.TRANSFER_OFFERED: "Record the other panel’s answer.",
    State.TRANSFERRED_OUT: "Nothing: another panel reviews this death.",
    State.OFFERED_TO_US: "Read the notification, agree with the other panel who reviews it, and record the answer.",
    State.NOT_TAKEN_OVER: "Nothing: the panel that offered it reviews this death.",
    State.INFORMATION_GATHERING: "Ask the agencies, and chase what has not come back.",
    State.READY_FOR_CDRM: "Agree a date and a chair for the child death review meeting (CDRM).",
    State.CDRM_SCHEDULED: "After the meeting, record it with its minutes and draft analysis.",
    State.CDRM_HELD: "Have the designated doctor check the draft analysis, then make it ready for the panel.",
    State.READY_FOR_PANEL: "Put it on a panel agenda with its anonymised pack.",
    State.PANEL_SCHEDULED: "After the panel, fill in the final analysis for its chair to sign; or the chair defers.",
    State.PANEL_REVIEWED: "The chair signs off the findings; then finalise and submit them.",
    State.SUBMITTED: "When NCMD confirms, record its receipt and close.",
    State.CLOSED: "Nothing. The chair can reopen it if something new comes to light.",
    State.TAKEN_BACK: "Nothing: it was brought in from another system, and that was undone.",
}


def gettext_noop(words: str) -> str:
    """Marks words for translation; whoever shows them translates them. (No Django in here.)"""
    return words


# What a family can be told of where the review is: true of every case in that state, and calling no child a case.
PUBLIC = {
    State.NOTIFIED: gettext_noop("We have been told of your child’s death, and are finding out how to review it."),
    State.DUPLICATE: gettext_noop("We have been told of your child’s death more than once. There is one review."),
    State.OUT_OF_SCOPE: gettext_noop("This kind of review is not held for your child. Please ask us why."),
    State.TRANSFER_OFFERED: gettext_noop("We are agreeing with another area who reviews your child’s death."),
    State.TRANSFERRED_OUT: gettext_noop("Another area reviews your child’s death. Please ask us whom to turn to."),
    State.OFFERED_TO_US: gettext_noop("We are agreeing with another area who reviews your child’s death."),
    State.NOT_TAKEN_OVER: gettext_noop("Another area reviews your child’s death. Please ask us whom to turn to."),
    State.INFORMATION_GATHERING: gettext_noop("We are asking the services that knew your child what they know."),
    State.READY_FOR_CDRM: gettext_noop("Those who cared for your child are to meet. We are agreeing a date."),
    State.CDRM_SCHEDULED: gettext_noop("Those who cared for your child are to meet. A date has been set."),
    State.CDRM_HELD: gettext_noop("Those who cared for your child have met, and are writing down what they learnt."),
    State.READY_FOR_PANEL: gettext_noop("A panel will look at what was learnt. It is not told your child’s name."),
    State.PANEL_SCHEDULED: gettext_noop(
        "A panel will look at what was learnt, on a date that has been set. It is not told your child’s name."
    ),
    State.PANEL_REVIEWED: gettext_noop("A panel has looked at what was learnt, and is completing what it found."),
    State.SUBMITTED: gettext_noop("The review is complete. What was learnt is passed on, to help other children."),
    State.CLOSED: gettext_noop("The review has ended. Please ask us if you would like to hear what was learnt."),
    State.TAKEN_BACK: gettext_noop("What is written here was entered by mistake. Please ask us."),
}

ENDED = frozenset(
    {
        State.DUPLICATE,
        State.OUT_OF_SCOPE,
        State.TRANSFERRED_OUT,
        State.NOT_TAKEN_OVER,
        State.CLOSED,
        State.TAKEN_BACK,
    }
)
OPEN = frozenset(State) - ENDED
BEFORE_SUBMITTED = OPEN - {State.SUBMITTED, State.OFFERED_TO_US}
# Somebody has to say first whether and by whom the death is reviewed.
NEW = frozenset({State.NOTIFIED, State.OFFERED_TO_US})
# Another panel has it: what is left here says who the child was and what was agreed, and nothing clinical.
STUBS = frozenset({State.TRANSFERRED_OUT, State.NOT_TAKEN_OVER})
# Counted by another panel, under another case, or not at all: what leaves for the national database leaves these out.
COUNTED_ELSEWHERE = STUBS | {State.DUPLICATE, State.OFFERED_TO_US, State.TAKEN_BACK}
