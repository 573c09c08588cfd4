"""The only place that writes what was agreed."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from forms.kinds import kind_of
from forms.sealing import seal
from workflow.collating.engine import Item, Standing, alike
from workflow.collating.selectors import record_of
from workflow.models import AgreedValue, Case
from workflow.permissions import user_can_see_identity, user_can_work_cases
from workflow.services.refusing import MoveRefused, locked_correctable, require
from workflow.services.telling import note


@transaction.atomic
def agree(
    case: Case,
    by: User,
    name: str,
    seen: set[int],
    reason: str,
    submission: int | None = None,
    question: str = "",
    value: Any = None,
) -> AgreedValue:
    """Settle an item on the answer of a submission, or on a `value` of one’s own; also after the case was closed.

    `seen` are the submissions whose answers the person had before them; `question` is the key of the one that is
    meant, where a form asks for an item twice.

    Raises:
        MoveRefused: no such item or answer, an answer they have not seen, no reason, or a value that will not do.
    """
    require(user_can_work_cases(by) and user_can_see_identity(by))
    current = locked_correctable(case)
    item = next((each for each in record_of(current, by) if each.name == name), None)
    if item is None:
        raise MoveRefused(["Nobody was asked this."])
    if {told.submission for told in item.told} - seen:
        raise MoveRefused(["Another answer has come in since you opened this page. Look at it and choose again."])
    if not reason.strip() and (submission is None or item.standing != Standing.TOLD):
        raise MoveRefused(["Say why this is the answer to go by."])
    settled = _answer_of(item, submission, question) if submission is not None else _own(item, value)
    kept = AgreedValue.objects.create(
        case=current,
        item=name,
        identifies=item.identifies,
        sealed=seal({"value": settled, "reason": reason.strip()}),
        submission_id=submission,
        seen=sorted(seen),
        by=by,
    )
    if not item.identifies:
        current.record = current.record | {name: settled}
        current.save(update_fields=["record", "changed_at"])
    note(current, by, "decided", f"Agreed what is recorded for “{item.label}”.", reason)
    return kept


def _answer_of(item: Item, submission: int, question: str) -> Any:
    answers = [told for told in item.told if told.submission == submission and told.value is not None]
    meant = [told for told in answers if question in ("", told.question.key)]
    if len({alike(told.value) for told in meant}) != 1:
        raise MoveRefused(["Choose one of the answers."])
    return meant[0].value


def _own(item: Item, value: Any) -> Any:
    kind, question = kind_of(item.question), item.question
    try:
        settled = kind.clean(question, kind.raw(question, value)) if value else None
    except ValidationError as error:
        raise MoveRefused(list(error.messages)) from None
    if settled is None:
        raise MoveRefused(["Enter the answer to go by."])
    return settled
