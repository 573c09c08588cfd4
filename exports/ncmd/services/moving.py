"""`move` is the one door by which a person changes the state of a return."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction

from exports.models import NcmdReturn
from exports.ncmd.permissions import user_can_send_returns
from exports.ncmd.services.changing import accept, change, held
from exports.ncmd.services.sending import hand_over
from exports.ncmd.states import BY_NAME, LABELS, ReturnState
from workflow.services import MoveRefused
from workflow.services.refusing import require


@transaction.atomic
def move(
    one: NcmdReturn,
    name: str,
    by: User,
    *,
    words: str = "",
    reference: str = "",
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> NcmdReturn:
    """Change the state of a return; write its history and the case's timeline, or nothing.

    `seen` is the primary key of the newest change on the screen where the person decided. To send by this door is to
    have typed it into the portal.

    Raises:
        PermissionDenied: the person may not send returns.
        MoveRefused: somebody was there first, a rule stands in the way, or something is not said.
    """
    require(user_can_send_returns(by) and BY_NAME[name].by_hand)
    current = held(one)
    words, reference = words.strip(), reference.strip()
    if problems := _why_not(current, name, words, reference, seen):
        raise MoveRefused(problems)
    if name == "send":
        return hand_over(current, "manual", by, reference=reference, at=at).ncmd_return
    if name == "accept":
        accept(current, name, by, reference, finisher=by, at=at)
    else:
        change(current, name, by, words=words, reference=reference, at=at)
    return current


def _why_not(current: NcmdReturn, name: str, words: str, reference: str, seen: int | None) -> list[str]:
    chosen, newest = BY_NAME[name], current.changes.last()
    if current.state not in chosen.sources or (seen is not None and newest is not None and newest.pk != seen):
        return [f"It is now “{LABELS[ReturnState(current.state)]}”. Look at it again."]
    if chosen.needs_reason and not words:
        return ["Give the reasons."]
    if name == "accept" and not (reference or current.reference):
        return ["Enter NCMD’s reference or confirmation."]
    return []
