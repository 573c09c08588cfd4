"""Can this form be published? Plain sentences for the editor, each naming the place."""

from collections import Counter
from collections.abc import Iterator

from pydantic import ValidationError as SchemaError

from forms.kinds import kind_names
from forms.kinds.choices import Checkboxes, Radios, Select
from forms.schema import Condition, FormSchema, Page, Question

CHOOSING = {"radios": Radios, "select": Select, "checkboxes": Checkboxes}


def problems(schema: FormSchema, kinds_in_use: dict[str, str] | None = None) -> list[str]:
    """Everything that must be mended before publishing; empty when it may go live.

    `kinds_in_use` maps a question key to the kind it had in the newest published version.
    """
    return [
        *_empty(schema),
        *_duplicates(schema),
        *_questions(schema),
        *_forward(schema),
        *_rules(schema),
        *_changed_kinds(schema, kinds_in_use or {}),
    ]


def in_words(error: SchemaError) -> list[str]:
    """What pydantic found wrong, as sentences."""
    return [f"{' › '.join(str(part) for part in found['loc'])}: {found['msg']}" for found in error.errors()]


def _empty(schema: FormSchema) -> Iterator[str]:
    if not any(question.kind != "information" for question in schema.questions()):
        yield "The form asks nothing. Add a page with at least one question."


def _duplicates(schema: FormSchema) -> Iterator[str]:
    for name, keys in (
        ("question", [question.key for question in schema.questions()]),
        ("page", [page.key for page in schema.pages]),
    ):
        for key, times in Counter(keys).items():
            if times > 1:
                yield f"Two {name}s have the key “{key}”. Give each {name} a key of its own."
    for group in (question for question in schema.questions() if question.kind == "repeat"):
        for key, times in Counter(question.key for question in group.questions).items():
            if times > 1:
                yield f"Two questions of “{group.label}” have the key “{key}”."


def _questions(schema: FormSchema) -> Iterator[str]:
    for page in schema.pages:
        yield from _page(page)
        for question in page.questions:
            for part in (question, *question.questions):
                yield from _question(part)


def _page(page: Page) -> Iterator[str]:
    answerable = [question for question in page.questions if question.kind != "information"]
    if page.group and len(answerable) > 1:
        yield f"Page “{page.title}” has a repeat group beside other questions. Give the group a page of its own."


def _question(question: Question) -> Iterator[str]:
    if question.kind not in kind_names():
        yield f"“{question.label or question.key}” is of a kind that does not exist: {question.kind}."
        return
    if question.kind != "information" and not question.label:
        yield f"The question with the key “{question.key}” has no words."
    if question.kind in CHOOSING:
        codes = [choice.code for choice in question.choices]
        if (len(codes) < 2 and question.kind != "checkboxes") or not codes:
            yield f"“{question.label}” offers nothing to choose from."
        if len(set(codes)) < len(codes):
            yield f"“{question.label}” has the same code for two answers."
    if question.kind == "repeat" and not question.questions:
        yield f"“{question.label}” repeats nothing. Add a question to the group."


def _asked(condition: Condition) -> set[str]:
    return {test.question for test in condition.tests} | {test.other for test in condition.tests if test.other}


def _forward(schema: FormSchema) -> Iterator[str]:
    known = {question.key for question in schema.questions()}
    asked: set[str] = set()
    for page in schema.pages:
        yield from _unasked(f"Page “{page.title}”", _asked(page.show_if), asked, known)
        for question in page.questions:
            yield from _unasked(f"“{question.label or question.key}”", _asked(question.show_if), asked, known)
            inner: set[str] = set()
            for part in question.questions:
                place = f"“{part.label}” in “{question.label}”"
                names = {child.key for child in question.questions}
                yield from _unasked(place, _asked(part.show_if), asked | inner, known | names)
                inner.add(part.key)
            asked.add(question.key)


def _unasked(place: str, wanted: set[str], asked: set[str], known: set[str]) -> Iterator[str]:
    for key in sorted(wanted - asked):
        why = "which comes later" if key in known else "which is not in this form"
        yield f"{place} depends on “{key}”, {why}."


def _rules(schema: FormSchema) -> Iterator[str]:
    known = {question.key for question in schema.questions()}
    for rule in schema.rules:
        for key in sorted(({rule.question} | _asked(rule.refuse_if)) - known):
            yield f"The rule “{rule.message}” names “{key}”, which is not in this form."
        if not rule.refuse_if.tests:
            yield f"The rule “{rule.message}” would refuse every answer. Say when it refuses."


def _changed_kinds(schema: FormSchema, before: dict[str, str]) -> Iterator[str]:
    for question in schema.questions():
        kind = before.get(question.key, question.kind)
        if kind != question.kind:
            yield (
                f"“{question.label}” was of another kind when it was last published ({kind}). Answers are stored under "
                f"“{question.key}”: give the new question a new key."
            )
