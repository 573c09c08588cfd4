"""Turns a question and what was entered into the HTML of one field, in NHS.UK markup."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop

from forms.inside import host_of
from forms.kinds import kind_of
from forms.kinds.base import many, storable
from forms.kinds.dates import Date
from forms.kinds.editing import UNKNOWN_LABELS
from forms.kinds.files import Upload
from forms.kinds.text import ADDRESS_PARTS, LongText
from forms.schema import Answers, Condition, Question

DATE_PARTS = {
    "day": (gettext_noop("Day"), 2),
    "month": (gettext_noop("Month"), 2),
    "year": (gettext_noop("Year"), 4),
    "time": (gettext_noop("Time"), 5),
}
WIDTHS = {"postcode": 10, "nhs_number": 10, "time": 5, "whole_number": 5, "decimal_number": 5, "phone": 20}
SHORT_ANSWER = 3000  # characters: what takes no more is asked for in a smaller box
IN_MODE = {"nhs_number": "numeric", "whole_number": "numeric", "decimal_number": "decimal"}

Inside = dict[str, list[SafeString]]


@dataclass(frozen=True)
class Shown:
    """A question on a page: its HTML, and where an error about it points."""

    question: Question
    html: SafeString
    error: str
    anchor: str


def anchor(question: Question) -> str:
    """The id of the first thing to fill in, for links from the error summary and the check page."""
    return f"id_{kind_of(question).parts(question)[0]}"


def followable(questions: Iterable[Question], fixed: Collection[str] = ()) -> set[str]:
    """Keys of the questions of a page whose answers the browser has: typed there, and no files."""
    return {each.key for each in questions if kind_of(each).typed and each.kind != "upload" and each.key not in fixed}


def _followed(condition: Condition, here: set[str]) -> str:
    """The condition as JSON for the browser to follow, when it reads only what is `followable` on this same page."""
    if condition.tests and all(test.question in here and not test.other for test in condition.tests):
        return condition.model_dump_json()
    return ""


def show(question: Question, raw: Mapping[str, Any], error: str, here: set[str], inside: Inside | None = None) -> Shown:
    """`inside` is the HTML of the questions that stand within its answers, by code."""
    context = _context(question, raw, error, here)
    for option in context["options"]:
        option["inside"] = (inside or {}).get(option["code"])
    html = render_to_string(f"cdop_forms/fields/{kind_of(question).template}.html", context)
    return Shown(question, html, error, anchor(question))


def show_together(questions: list[Question], draw: Callable[[Question, Inside], Shown]) -> list[Shown]:
    """Every question drawn by `draw`, in order. One that stands within an answer is drawn there, not in its place."""
    within: dict[str, Inside] = {question.key: {} for question in questions}
    shown: list[Shown] = []
    for number, question in reversed(list(enumerate(questions))):
        one = draw(question, within[question.key])
        if test := host_of(question, questions[:number]):
            within[test.question].setdefault(test.value, []).insert(0, one.html)
            one = replace(one, html=SafeString(""))
        shown.insert(0, one)
    return shown


def show_given(question: Question, answers: Answers, error: str = "") -> Shown:
    """A question nobody types an answer to, with its value in words, and what a rule says of it."""
    kind = kind_of(question)
    if not kind.shown:
        return Shown(question, SafeString(""), error, anchor(question))
    text = kind.text(question, answers.get(question.key))
    context = {"q": question, "id": anchor(question), "text": text, "error": error}
    html = render_to_string("cdop_forms/fields/given.html", context)
    return Shown(question, html, error, anchor(question))


def show_group(group: Question, answers: Answers, address: Callable[[str, str], str]) -> dict[str, Any]:
    """A repeat group as a list of its items, each with where it is changed and removed (`address(view, item id)`)."""
    items = answers.get(group.key) or []
    return {
        "question": group,
        "items": [_item(group, item, address) for item in items],
        "full": len(items) >= group.max_items,
        "add": address("item", "new"),
    }


def _item(group: Question, item: Answers, address: Callable[[str, str], str]) -> dict[str, Any]:
    texts = [kind_of(question).text(question, item.get(question.key)) for question in group.questions]
    return {
        "texts": [text for text in texts if text][:3],
        "change": address("item", item["id"]),
        "remove": address("remove", item["id"]),
    }


def _context(question: Question, raw: Mapping[str, Any], error: str, here: set[str]) -> dict[str, Any]:
    key = question.key
    described = [f"{key}-hint"] * bool(question.help_text) + [f"{key}-error"] * bool(error)
    return {
        "q": question,
        "id": f"id_{key}",
        "value": _text(raw, key),
        "error": error,
        "describedby": " ".join(described),
        "optional": question.required == "optional" and kind_of(question).takes_answer,
        "input_type": kind_of(question).input_type,
        "inputmode": IN_MODE.get(question.kind, ""),
        "width": WIDTHS.get(question.kind, 0),
        "max_length": question.max_length or LongText.default_length,
        "rows": 8 if (question.max_length or LongText.default_length) > SHORT_ANSWER else 4,
        "options": _options(question, raw),
        "parts": _parts(question, raw),
        "unknown": _unknown(question, raw),
        "show_if_json": _followed(question.show_if, here),
        "grid_rows": _rows(question, raw),
    } | _files(question, raw)


def _rows(question: Question, raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": (name := f"{question.key}__{row.code}"),
            "row": row,
            "options": [
                {
                    "id": f"id_{name}" if number == 0 else f"id_{name}_{number}",
                    "choice": choice,
                    "checked": _text(raw, name) == choice.code,
                }
                for number, choice in enumerate(question.choices)
            ],
        }
        for row in question.rows
    ]


def _files(question: Question, raw: Mapping[str, Any]) -> dict[str, Any]:
    kind = kind_of(question)
    if not isinstance(kind, Upload):
        return {}
    accept = ",".join(f".{extension}" for extension in question.file_types)
    return {"files": kind.entered(question, raw), "limits": kind.limits(question), "accept": accept}


def _text(raw: Mapping[str, Any], name: str) -> str:
    """What was entered, to be shown again: without what cannot be stored, so that sending it again is enough."""
    given = raw.get(name, "")
    return storable(given) if isinstance(given, str) else ""


def _options(question: Question, raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    kind = kind_of(question)
    if not hasattr(kind, "options"):
        return []
    chosen = many(raw, question.key)
    hints = {choice.code: choice.hint for choice in question.choices}
    return [
        {
            "code": code,
            "label": label,
            "hint": hints.get(code, ""),
            "checked": code in chosen,
            "id": f"id_{question.key}" if number == 0 else f"id_{question.key}_{number}",
        }
        for number, (code, label) in enumerate(kind.options(question.model_dump()))
    ]


def _parts(question: Question, raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    kind = kind_of(question)
    if isinstance(kind, Date):
        named = [(f"{question.key}__{part}", DATE_PARTS[part][0], "", DATE_PARTS[part][1]) for part in kind.names]
    elif question.kind == "address":
        named = [(f"{question.key}__{part}", label, "off", 0) for part, (label, _) in ADDRESS_PARTS.items()]
    else:
        return []
    return [
        {"name": name, "label": gettext(label), "autocomplete": complete, "width": width, "value": _text(raw, name)}
        for name, label, complete, width in named
    ]


def _unknown(question: Question, raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    if question.kind == "yes_no":
        return []
    chosen = many(raw, f"{question.key}__unknown")
    return [
        {"code": code, "label": gettext(UNKNOWN_LABELS[code]), "checked": code in chosen} for code in question.unknown
    ]
