"""One thing to mend or to look at before a form is published."""

from collections.abc import Iterator
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


def conditions(schema: FormSchema) -> Iterator[tuple[str, Condition, Place]]:
    """Everything that is shown only sometimes, in words, with its condition and its place."""
    for place, page in pages(schema):
        yield f"Page “{page.title}”", page.show_if, place
    for place, question in everything(schema):
        name = f"“{question.label or question.key}”"
        yield name, question.show_if, place
        for number, choice in enumerate(question.choices):
            yield f"The answer “{choice.label}” to {name}", choice.show_if, (*place, "choices", number)
