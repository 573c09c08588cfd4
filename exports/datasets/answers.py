"""A form's questions, over all its versions, as columns."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from django.utils.translation import override
from import_export.fields import Field

from exports.datasets.declared import IDENTIFYING, Codes, Column, key
from exports.resources import AnswerWidget
from forms.dictionary import item_fed_by
from forms.identity import identifies
from forms.kinds import kind_of
from forms.kinds.editing import UNKNOWN_LABELS
from forms.models import FormVersion
from forms.models.definition import definition_of
from forms.schema import Question

TYPE_OF_KIND = {
    "radios": "code",
    "select": "code",
    "lookup": "code",
    "yes_no": "code",
    "declaration": "code",
    "checkboxes": "codes",
    "date": "part_date",
    "month_year": "part_date",
    "time": "time",
    "whole_number": "whole",
    "decimal_number": "number",
    "repeat": "group",
    "grid": "group",
}
# What tells one child from all others, however an editor marked the question.
TELLING = frozenset({"date", "time", "date_time", "nhs_number", "postcode", "address", "full_name", "email", "phone"})
Asked = tuple[Question, ...]


class SealedOrNotField(Field):
    """An answer that some versions of the form seal and others do not."""

    def get_value(self, instance: Any) -> Any:
        return instance.all_answers().get(self.attribute)


def asked_in(slug: str) -> dict[str, Asked]:
    """By key, every question that a version of this form has asked, newest version first."""
    ids = FormVersion.objects.filter(form__slug=slug).order_by("-number").values_list("pk", flat=True)
    found: dict[str, Asked] = {}
    for version in ids:
        for question in definition_of(version).questions():
            if kind_of(question).takes_answer:
                found[question.key] = (*found.get(question.key, ()), question)
    return found


def asked_in_group(slug: str, group: str) -> dict[str, Asked]:
    """By key, every question that a repeat group has asked, newest version first."""
    found: dict[str, Asked] = {}
    for repeated in asked_in(slug).get(group, ()):
        for part in repeated.questions:
            if kind_of(part).takes_answer:
                found[part.key] = (*found.get(part.key, ()), part)
    return found


def answer_columns(asked: Mapping[str, Asked], taken: Iterable[str]) -> Iterator[Column]:
    """A column for every question. One whose key is `taken` by another column is named "answer:key"."""
    names = set(taken)
    for name, questions in asked.items():
        newest = questions[0]
        yield Column(
            f"answer:{name}" if name in names else name,
            newest.label,
            type_of(questions),
            newest.help_text,
            codes_of(questions),
            sensitivity_of(questions),
            item=item_fed_by(newest),
            make=_maker(name, questions),
        )


@override(None)  # a codebook says the same to whoever takes it
def codes_of(questions: Iterable[Question]) -> Codes:
    """Every code an answer may be, with the newest words for it."""
    codes: dict[str, str] = {}
    for question in questions:
        kind = kind_of(question)
        offered = kind.options(question.model_dump()) if hasattr(kind, "options") else []
        ticked = [("yes", "Confirmed")] if question.kind == "declaration" else []
        unknown = [(code, UNKNOWN_LABELS[code]) for code in question.unknown]
        codes = dict([*offered, *ticked, *unknown]) | codes
    return tuple(codes.items())


def type_of(questions: Asked) -> str:
    """The type that holds the answers to every version."""
    types = {TYPE_OF_KIND.get(question.kind, "text") for question in questions}
    if types <= {"whole", "number"}:
        return "number_or_code" if codes_of(questions) else min(types)
    return types.pop() if len(types) == 1 else "text"


def sensitivity_of(questions: Asked) -> str:
    """The newest mark, unless an answer to any version may identify someone: then that."""
    marked = [question.sensitivity for question in questions]
    if any(identifies(question) or _tells(question) for question in questions):
        return next((mark for mark in marked if mark in IDENTIFYING), "I")
    return marked[0]


def _tells(question: Question) -> bool:
    return question.kind in TELLING or any(_tells(part) for part in question.questions)


def _maker(name: str, questions: Asked) -> Callable[..., Field]:
    sealed = {identifies(question) for question in questions}
    if len(sealed) > 1:
        return partial(SealedOrNotField, attribute=name, widget=AnswerWidget())
    return key("sealed", name, sealed=True) if True in sealed else key("answers", name)
