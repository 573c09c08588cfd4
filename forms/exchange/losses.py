"""What a format cannot carry: each loss is a sentence and the change it makes to a form.

A format is honest when reading back what it wrote, our own notes taken out, gives the form with its losses applied.
The tables of docs/exchange.md are these sentences.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from forms.exchange.canonical import canonical, each_page, each_question
from forms.exchange.findings import Finding
from forms.exchange.richtext import paragraphs, plain
from forms.schema import Choice, Condition, FormSchema, Question, Strict

BASICS = ("kind", "key", "label", "required", "sensitivity", "show_if", "questions", "body")
CHOOSING = ("radios", "select", "checkboxes")
UNTYPED = ("heading", "calculated")
# What a kind is asked as where no format says better.
ALIKE = {"lookup": "select", "month_year": "date", "grid": "long_text", "upload": "long_text", "address": "long_text"}
SILENT = ("repeat", "information")


@dataclass(frozen=True)
class Loss:
    """`what` is lost, what it `becomes` elsewhere, and the `change` that states this exactly."""

    what: str
    becomes: str
    change: Callable[[FormSchema], FormSchema]


def project(losses: Iterable[Loss], schema: FormSchema) -> FormSchema:
    """The form as other software finds it: the same pages and questions, less what is lost."""
    for loss in losses:
        schema = loss.change(schema)
    return schema


def lost(losses: Iterable[Loss], schema: FormSchema) -> list[Finding]:
    """What of this form is lost, each loss with the questions it meets."""
    found = []
    schema = canonical(schema)
    for loss in losses:
        after = loss.change(schema)
        if after != schema:
            found.append(Finding(_places(schema, after), f"{loss.what}: {loss.becomes}."))
        schema = after
    return found


def _places(before: FormSchema, after: FormSchema) -> str:
    """The keys of the first questions that differ."""
    keys = [old.key for old, new in zip(before.questions(), after.questions(), strict=True) if old != new]
    return ", ".join(keys[:3]) + ("" if len(keys) <= 3 else f" and {len(keys) - 3} more")


def of_questions(what: str, becomes: str, **changes: Any) -> Loss:
    """A loss that sets fields of every answerable question; a value that is a function is given the question."""

    def change(question: Question) -> Question:
        if question.kind in SILENT:
            return question
        values = {name: value(question) if callable(value) else value for name, value in changes.items()}
        return question.model_copy(update=values)

    return Loss(what, becomes, lambda schema: each_question(schema, change))


def of_groups(what: str, becomes: str, **changes: Any) -> Loss:
    """A loss that sets fields of every repeat group."""

    def change(question: Question) -> Question:
        if question.kind != "repeat":
            return question
        values = {name: value(question) if callable(value) else value for name, value in changes.items()}
        return question.model_copy(update=values)

    return Loss(what, becomes, lambda schema: each_question(schema, change))


def of_form(what: str, becomes: str, **changes: Any) -> Loss:
    return Loss(what, becomes, lambda schema: schema.model_copy(update=changes))


def of_kinds(what: str, becomes: str, kinds: dict[str, str], native: Iterable[str], other: str = "short_text") -> Loss:
    """A loss of kinds: each that is not native is asked as the one named, or as `other`."""

    kinds = ALIKE | kinds

    def kind(question: Question) -> str:
        return question.kind if question.kind in native else kinds.get(question.kind, other)

    def choices(question: Question) -> list[Choice]:
        return question.choices if kind(question) in CHOOSING else []

    return of_questions(what, becomes, kind=kind, choices=choices)


def untyped() -> Loss:
    """Headings and values that are worked out become texts to read."""

    def ask(question: Question) -> Question:
        if question.kind not in UNTYPED:
            return question
        body = paragraphs("\n".join([question.label, plain(question.body)]))
        return Question(kind="information", key=question.key, body=body, show_if=question.show_if)

    return Loss("Headings, and values worked out", "texts to read", lambda schema: each_question(schema, ask))


def of_choices(what: str, becomes: str, **changes: Callable[[Choice], Any]) -> Loss:
    """A loss that sets fields of every answer to choose."""

    def changed(question: Question) -> list[Choice]:
        return [
            choice.model_copy(update={name: change(choice) for name, change in changes.items()})
            for choice in question.choices
        ]

    return of_questions(what, becomes, choices=changed)


def always_offered() -> Loss:
    return of_choices("The condition of an answer", "it is always offered", show_if=lambda _: Condition())


def rest_of_form(what: str, becomes: str, carried: Iterable[str]) -> Loss:
    """Every field of the form that is not carried goes back to its default."""
    return of_form(what, becomes, **_defaults(FormSchema, carried))


def catch_all(what: str, becomes: str, carried: Iterable[str]) -> Loss:
    """Every field of a question that is not carried goes back to its default."""
    defaults = _defaults(Question, carried)
    return Loss(what, becomes, lambda schema: each_question(schema, lambda q: q.model_copy(update=defaults)))


def of_conditions(what: str, becomes: str, fits: Callable[[Condition, dict[str, str]], bool]) -> Loss:
    """A loss of conditions that the format cannot state: their pages and questions are always asked.

    `fits` is given the condition and the kinds of the questions that it can read.
    """

    def kept(condition: Condition, schema: FormSchema, group: str = "") -> Condition:
        kinds = kinds_for(schema, group)
        asked = all(kinds.get(test.question) not in (None, *SILENT) for test in condition.tests)
        return condition if asked and fits(condition, kinds) else Condition()

    def change(schema: FormSchema) -> FormSchema:
        def ask(question: Question, group: str = "") -> Question:
            members = [ask(part, question.key) for part in question.questions]
            return question.model_copy(update={"show_if": kept(question.show_if, schema, group), "questions": members})

        return each_page(
            schema,
            lambda page: page.model_copy(
                update={
                    "show_if": kept(page.show_if, schema),
                    "questions": [ask(question) for question in page.questions],
                }
            ),
        )

    return Loss(what, becomes, change)


def of_rules(what: str, becomes: str, kept: Callable[[FormSchema], list[Any]]) -> Loss:
    return Loss(what, becomes, lambda schema: schema.model_copy(update={"rules": kept(schema)}))


def of_texts(what: str, becomes: str, tidy: Callable[[str], str]) -> Loss:
    """A loss in the words of a form: titles, labels, hints, messages."""

    def ask(question: Question) -> Question:
        choices = [
            choice.model_copy(update={"label": tidy(choice.label) or choice.code}) for choice in question.choices
        ]
        texts = {name: tidy(getattr(question, name)) for name in ("label", "help_text", "error", "initial")}
        if question.kind != "information":
            texts["label"] = texts["label"] or question.key
        return question.model_copy(update=texts | {"choices": choices})

    def change(schema: FormSchema) -> FormSchema:
        shown = each_page(schema, lambda page: page.model_copy(update={"title": tidy(page.title) or page.key}))
        rules = [rule.model_copy(update={"message": tidy(rule.message)}) for rule in shown.rules]
        return each_question(shown, ask).model_copy(update={"title": tidy(shown.title), "rules": rules})

    return Loss(what, becomes, change)


def rich_to_plain(tidy: Callable[[str], str]) -> Loss:
    def ask(question: Question) -> Question:
        if question.kind != "information":
            return question
        heading, body = question.label, tidy(plain(question.body))
        if heading and not body:
            heading, body = "", heading
        return question.model_copy(update={"label": heading, "body": paragraphs(body)})

    def change(schema: FormSchema) -> FormSchema:
        shown = each_page(schema, lambda page: page.model_copy(update={"intro": paragraphs(tidy(plain(page.intro)))}))
        return each_question(shown, ask)

    return Loss("Bold, links, lists and headings in texts to read", "plain lines", change)


def _defaults(model: type[Strict], carried: Iterable[str]) -> dict[str, Any]:
    return {
        name: field.get_default(call_default_factory=True)
        for name, field in model.model_fields.items()
        if name not in carried and not field.is_required()
    }


def kinds_for(schema: FormSchema, group: str = "") -> dict[str, str]:
    """The kind of every question that a condition can read, at the top or in a repeat group."""
    kinds = {question.key: question.kind for question in schema.questions()}
    members = next((question.questions for question in schema.questions() if question.key == group), [])
    return kinds | {question.key: question.kind for question in members}


def optional_if_warned(question: Question) -> str:
    return "optional" if question.required == "warn" else question.required
