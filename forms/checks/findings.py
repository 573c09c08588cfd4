"""One thing to mend or to look at before a form is published."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from forms.kinds import kind_names, kind_of
from forms.schema import Condition, FormSchema, Page, Question

# Where in a form: ("pages", 3, "questions", 1, "questions", 0) or ("rules", 2), as positions; () is the form itself.
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Finding:
    """A plain sentence for the editor, and where it is about. One that `blocks` must be mended before publishing."""

    message: str
    place: Place = ()
    blocks: bool = True

    def __str__(self) -> str:
        return self.message


def warn(message: str, place: Place = ()) -> Finding:
    return Finding(message, place, blocks=False)


def pages(schema: FormSchema) -> Iterator[tuple[Place, Page]]:
    for number, page in enumerate(schema.pages):
        yield ("pages", number), page


def asked(schema: FormSchema) -> Iterator[tuple[Place, Question]]:
    """Every question with its place, those inside repeat groups not included."""
    for place, page in pages(schema):
        for number, question in enumerate(page.questions):
            yield (*place, "questions", number), question


def everything(schema: FormSchema) -> Iterator[tuple[Place, Question]]:
    """Every question with its place, each repeat group followed by what it repeats."""
    for place, question in asked(schema):
        yield place, question
        for number, part in enumerate(question.questions):
            yield (*place, "questions", number), part


def answerable(question: Question) -> bool:
    """Whether a person gives the answer; what is of no known kind is pointed out elsewhere."""
    return question.kind not in kind_names() or kind_of(question).typed


@dataclass(frozen=True)
class Depending:
    """What depends on answers: in words, when, at which place, and the questions it may read by key."""

    words: str
    condition: Condition
    place: Place
    known: Mapping[str, Question]


def conditions(schema: FormSchema) -> Iterator[Depending]:
    """Everything that is shown or counted only sometimes."""
    known = _by_key(schema.questions())
    for place, page in pages(schema):
        yield Depending(f"Page “{page.title}”", page.show_if, place, known)
    for place, question in asked(schema):
        yield from _of_question(question, place, known)
        for number, part in enumerate(question.questions):
            yield from _of_question(part, (*place, "questions", number), known | _by_key(question.questions))


def deciding(schema: FormSchema, elsewhere: Iterable[FormSchema] = ()) -> Iterator[Depending]:
    """The rules and triggers of a form; triggers read answers to the forms `elsewhere`."""
    known = _by_key(schema.questions())
    theirs: dict[str, Question] = {}
    for question in (question for form in elsewhere for question in form.questions()):
        choices = [*theirs.get(question.key, question).choices, *question.choices]
        theirs[question.key] = question.model_copy(update={"choices": choices})
    for number, rule in enumerate(schema.rules):
        yield Depending(f"The rule “{rule.message}”", rule.refuse_if, ("rules", number), known)
    for number, trigger in enumerate(schema.triggers):
        yield Depending(f"Trigger {number + 1}", trigger, ("triggers", number), theirs)


def _of_question(question: Question, place: Place, known: dict[str, Question]) -> Iterator[Depending]:
    name = f"“{question.label or question.key}”"
    yield Depending(name, question.show_if, place, known)
    for number, choice in enumerate(question.choices):
        words = f"The answer “{choice.label}” to {name}"
        yield Depending(words, choice.show_if, (*place, "choices", number), known)
    if question.calculation:
        counted = [known[key] for key in question.calculation.of if key in known]
        parts = _by_key(part for group in counted for part in group.questions)
        yield Depending(name, question.calculation.where, place, parts)


def _by_key(questions: Iterable[Question]) -> dict[str, Question]:
    return {question.key: question for question in questions}
