"""What the signed final analysis recommends becomes actions that are followed, each once."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from forms.conditions import as_date
from workflow.actions.services import agree
from workflow.actions.states import LEVELS
from workflow.analyses.selectors import signed
from workflow.models import Action, Agency, Case, TakenOver
from workflow.permissions import user_can_keep_actions
from workflow.services.refusing import MoveRefused, locked, require

SETTLED = ("done", "stopped")
LONGEST_OWNER = 200


@dataclass(frozen=True)
class Asked:
    """Something that an analysis asks of an organisation; `due` is empty where it names no day."""

    kind: str
    text: str
    owner: str
    level: str
    due: dt.date | None = None

    @property
    def words_hash(self) -> str:
        """The same for the same words to the same organisation, in whatever version they stand."""
        words = (" ".join(part.casefold().split()) for part in (self.kind, self.text, self.owner))
        return hashlib.sha256("\n".join(words).encode()).hexdigest()


def asked_in(answers: dict[str, Any]) -> Iterator[Asked]:
    """The recommendations and actions of an analysis that still are to be done; those without an owner are left out."""
    levels = dict(LEVELS)
    for item in answers.get("recommendations") or []:
        level = item.get("level") if item.get("level") in levels else "local"
        if item.get("text") and item.get("addressed_to"):
            yield Asked("recommendation", item["text"], item["addressed_to"][:LONGEST_OWNER], level)
    for item in answers.get("actions") or []:
        if item.get("text") and item.get("owner_organisation") and item.get("status") not in SETTLED:
            owner, due = item["owner_organisation"][:LONGEST_OWNER], as_date(item.get("due"))
            yield Asked("action", item["text"], owner, "local", due)


def to_take_over(case: Case) -> list[Asked]:
    """What the signed analysis asks and nobody has taken over yet."""
    analysis = signed(case)
    if analysis is None:
        return []
    done = set(case.taken_over.values_list("words_hash", flat=True))
    asked = {each.words_hash: each for each in asked_in(analysis.says)}
    return [each for key, each in asked.items() if key not in done]


@transaction.atomic
def take_over(case: Case, by: User, due_on: dt.date) -> list[Action]:
    """Agree an action for all that is not taken over yet; `due_on` is for those whose day the analysis does not say."""
    require(user_can_keep_actions(by))
    current = locked(case)
    analysis = signed(current)
    if analysis is None:
        raise MoveRefused(["There is no signed final analysis."])
    made = []
    for asked in to_take_over(current):
        agency = Agency.objects.filter(name__iexact=asked.owner, active=True).first()
        owner: dict[str, Any] = {"agency": agency} if agency else {"organisation": asked.owner}
        facts = owner | {"kind": asked.kind, "text": asked.text, "level": asked.level, "due_on": asked.due or due_on}
        action = agree(current, by, email=agency.lead_email if agency else "", **facts)
        TakenOver.objects.create(case=current, analysis=analysis, action=action, words_hash=asked.words_hash)
        made.append(action)
    return made
