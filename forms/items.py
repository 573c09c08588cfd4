"""Items of a repeat group among the answers. They are found by id, so that two tabs never mix them up."""

import re
import secrets
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from forms.schema import Answers, Question

NEW = "new"  # stands in the place of the id of an item that is not there yet
TOKEN = re.compile(r"[a-z0-9]{4,16}")


def items_of(group: Question, answers: Answers) -> list[Answers]:
    return answers.get(group.key) or []


def find(group: Question, answers: Answers, item_id: str) -> Answers | None:
    return next((item for item in items_of(group, answers) if item["id"] == item_id), None)


def put(answers: Answers, group: Question, item: Answers) -> None:
    """Change the item of this id, or add it: also one that was removed in another tab meanwhile."""
    items = list(items_of(group, answers))
    places = [place for place, each in enumerate(items) if each["id"] == item["id"]]
    if places:
        items[places[0]] = item
    else:
        items.append(item)
    answers[group.key] = items


def drop(answers: Answers, group: Question, item_id: str) -> None:
    answers[group.key] = [item for item in items_of(group, answers) if item["id"] != item_id]


def answered(cleaned: Answers) -> Answers:
    """What is kept of an item: nothing that was left blank."""
    return {key: value for key, value in cleaned.items() if value not in (None, [], {})}


def token(raw: Mapping[str, Any]) -> str:
    """The id that a new item gets: made with its page, so that a double click adds one."""
    given = raw.get("token", "")
    return given if TOKEN.fullmatch(given) and given != NEW else secrets.token_hex(4)


def is_full(group: Question, answers: Answers) -> bool:
    return len(items_of(group, answers)) >= group.max_items


def no_room(group: Question, answers: Answers, item_id: str) -> dict[str, str]:
    """A message at the first question of an item that would be one too many; empty when it has its place."""
    if not is_full(group, answers) or find(group, answers, item_id) is not None:
        return {}
    full = gettext("You have added %(most)s, the most this form takes. Remove one first, or contact us")
    return {group.questions[0].key: full % {"most": group.max_items}}
