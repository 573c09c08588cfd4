"""Do answers and questions that are shown only sometimes stand where they can be shown?"""

from collections.abc import Iterator

from forms.checks.findings import Finding, Place, asked, conditions, deciding, pages
from forms.conditions import reads
from forms.inside import host_of
from forms.schema import FormSchema, Question, Test

SAYING_ALL = ("answered", "not_answered")
AGES = ("age_at_least", "age_under")
# Another answer does not stand for their value: it says on which day somebody was of that age.
NEEDING_A_VALUE = ("any_of", *AGES)


def placing(schema: FormSchema) -> Iterator[Finding]:
    yield from _open_ended(schema)
    yield from _inside(schema)
    yield from _offers(schema)


def _open_ended(schema: FormSchema) -> Iterator[Finding]:
    """Conditions that name a question and no answer."""
    for each in [*conditions(schema), *deciding(schema)]:
        for test in filter(_compares_with_nothing, each.condition.tests):
            label = each.known[test.question].label if test.question in each.known else test.question
            missing = "age. Enter one" if test.comparison in AGES else "answer. Choose one"
            yield Finding(f"{each.words} depends on “{label}”, but not on which {missing}.", each.place)


def _compares_with_nothing(test: Test) -> bool:
    if test.comparison in SAYING_ALL or any(test.values):
        return False
    return not test.other or test.comparison in NEEDING_A_VALUE


def _inside(schema: FormSchema) -> Iterator[Finding]:
    for place, page in pages(schema):
        yield from _homeless(page.questions, (*place, "questions"))
    for place, group in asked(schema):
        yield from _homeless(group.questions, (*place, "questions"))


def _homeless(questions: list[Question], place: Place) -> Iterator[Finding]:
    for number, question in enumerate(questions):
        if question.inside and host_of(question, questions[:number]) is None:
            yield Finding(
                f"“{question.label}” cannot be shown inside an answer: ask it only if one answer is chosen to one "
                "question above it on the same page.",
                (*place, number),
            )


def _offers(schema: FormSchema) -> Iterator[Finding]:
    before: set[str] = set()
    for place, page in pages(schema):
        for number, question in enumerate(page.questions):
            here = (*place, "questions", number)
            yield from _offered(question, before, here)
            for index, part in enumerate(question.questions):
                own = {each.key for each in question.questions}
                yield from _offered(part, before - own, (*here, "questions", index))
        before |= {question.key for question in page.questions}


def _offered(question: Question, before: set[str], place: Place) -> Iterator[Finding]:
    for number, choice in enumerate(question.choices):
        for key in sorted(reads(choice.show_if) - before):
            yield Finding(
                f"The answer “{choice.label}” to “{question.label}” depends on “{key}”, which is not asked on an "
                "earlier page.",
                (*place, "choices", number),
            )
