"""The only place that writes cases. `move` is the one door for a change of state."""

from workflow.services.deciding import confirm_scope, decide_jar, decide_scope
from workflow.services.finding import change_findings
from workflow.services.holding import end_hold, hold, look_again_on
from workflow.services.identifying import record_nhs_number
from workflow.services.moving import move
from workflow.services.reaching import record_milestone
from workflow.services.refusing import MoveRefused
from workflow.services.telling import add_note, note, record_answers_view, record_view, set_urgent
from workflow.services.transferring import offer_received

__all__ = [
    "MoveRefused",
    "add_note",
    "change_findings",
    "confirm_scope",
    "decide_jar",
    "decide_scope",
    "end_hold",
    "hold",
    "look_again_on",
    "move",
    "note",
    "offer_received",
    "record_answers_view",
    "record_milestone",
    "record_nhs_number",
    "record_view",
    "set_urgent",
]
