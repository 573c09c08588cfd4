"""Two schemas that ask the same thing in the same way have the same canonical form."""

from collections.abc import Callable, Iterable
from typing import Literal

from forms.kinds import kind_names, kind_of
from forms.schema import Condition, FormSchema, Page, Question, Rule, Test

BY_PRESENCE = ("answered", "not_answered")
BY_AGE = ("age_at_least", "age_under")


def canonical(schema: FormSchema) -> FormSchema:
    """The schema without what its conditions and kinds do not read, its rules in the order of their questions."""
    plain = each_question(each_condition(schema, canonical_condition), _as_its_kind_reads)
    order = {question.key: number for number, question in enumerate(plain.questions())}
    rules = sorted(plain.rules, key=lambda rule: order.get(rule.question, len(order)))
    return plain.model_copy(update={"rules": rules})


def _as_its_kind_reads(question: Question) -> Question:
    unread = kind_of(question).unused if question.kind in kind_names() else ()
    return question.model_copy(update={name: Question.model_fields[name].default for name in unread})


def canonical_condition(condition: Condition) -> Condition:
    tests = [canonical_test(test) for test in condition.tests]
    several = [test for test in tests if test.comparison == "any_of" and len(test.values) > 1]
    if several and (condition.join == "any" or len(tests) == 1):
        tests = [one for test in tests for one in _one_by_one(test)]
        return _joined("any", tests)
    return _joined(condition.join, [_one_by_one(test)[0] if test not in several else test for test in tests])


def _one_by_one(test: Test) -> list[Test]:
    """“Any of” as a test for each of its values."""
    if test.comparison != "any_of":
        return [test]
    return [Test(question=test.question, comparison="is", value=value) for value in test.values]


def _joined(join: Literal["all", "any"], tests: list[Test]) -> Condition:
    return Condition(join=join if len(tests) > 1 else "all", tests=tests)


def canonical_test(test: Test) -> Test:
    """The test with only the parts that its comparison reads."""
    if test.comparison in BY_PRESENCE:
        return Test(question=test.question, comparison=test.comparison)
    if test.comparison in BY_AGE:
        return test.model_copy(update={"unit": test.unit or "years"})
    value, other = ("", test.other) if test.other else (test.value, "")
    if test.comparison == "any_of":
        value, other = ",".join(test.values), ""
    return Test(question=test.question, comparison=test.comparison, value=value, other=other)


def each_question(schema: FormSchema, change: Callable[[Question], Question]) -> FormSchema:
    """The schema with every question changed, those inside repeat groups first."""
    return each_page(schema, lambda page: page.model_copy(update={"questions": _changed(page.questions, change)}))


def each_page(schema: FormSchema, change: Callable[[Page], Page]) -> FormSchema:
    return schema.model_copy(update={"pages": [change(page) for page in schema.pages]})


def each_condition(schema: FormSchema, change: Callable[[Condition], Condition]) -> FormSchema:
    """The schema with every condition changed: of pages, questions, rules and triggers."""
    shown = each_page(schema, lambda page: page.model_copy(update={"show_if": change(page.show_if)}))
    asked = each_question(shown, lambda question: _conditions(question, change))
    rules = [Rule(question=r.question, message=r.message, refuse_if=change(r.refuse_if)) for r in schema.rules]
    return asked.model_copy(update={"rules": rules, "triggers": [change(trigger) for trigger in schema.triggers]})


def _conditions(question: Question, change: Callable[[Condition], Condition]) -> Question:
    choices = [choice.model_copy(update={"show_if": change(choice.show_if)}) for choice in question.choices]
    return question.model_copy(update={"show_if": change(question.show_if), "choices": choices})


def _changed(questions: Iterable[Question], change: Callable[[Question], Question]) -> list[Question]:
    return [
        change(question.model_copy(update={"questions": _changed(question.questions, change)}))
        for question in questions
    ]
