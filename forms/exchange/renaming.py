"""Losses of names: keys and codes that a format cannot spell, or takes only once."""

import re
from collections.abc import Callable

from forms.exchange.canonical import each_condition, each_page, each_question
from forms.exchange.foreign import LONGEST, Names
from forms.exchange.losses import Loss
from forms.schema import Condition, FormSchema, Page, Question, Rule, Test


def of_codes(what: str, becomes: str, unsafe: str) -> Loss:
    """A loss of characters in codes: what matches `unsafe` becomes an underscore, in choices and conditions alike.

    Keys must be unique in the whole form by now.
    """

    def change(schema: FormSchema) -> FormSchema:
        new: dict[str, dict[str, str]] = {}

        def ask(question: Question) -> Question:
            codes = new[question.key] = _safe_codes([choice.code for choice in question.choices], unsafe)
            return question.model_copy(
                update={
                    "choices": [choice.model_copy(update={"code": codes[choice.code]}) for choice in question.choices]
                }
            )

        def condition(old: Condition) -> Condition:
            return old.model_copy(update={"tests": [_recoded(test, new.get(test.question, {})) for test in old.tests]})

        recoded = each_condition(each_question(schema, ask), condition)
        # Triggers read answers to other forms.
        return recoded.model_copy(update={"triggers": schema.triggers})

    return Loss(what, becomes, change)


def _safe_codes(codes: list[str], unsafe: str) -> dict[str, str]:
    safe: dict[str, str] = {code: code for code in codes if not re.search(unsafe, code)}
    for code in codes:
        if code not in safe:
            wanted = re.sub(unsafe, "_", code)
            tries = (wanted, *(f"{wanted}_{number}" for number in range(2, len(codes) + 2)))
            safe[code] = next(each for each in tries if each not in safe.values())
    return safe


def _recoded(test: Test, codes: dict[str, str]) -> Test:
    if test.comparison not in ("is", "is_not", "any_of"):
        return test
    parts = test.values if test.comparison == "any_of" else [test.value]
    return test.model_copy(update={"value": ",".join(codes.get(part, part) for part in parts)})


def clashing_keys(what: str, becomes: str) -> Loss:
    """For formats in which a key names one question of the whole form."""
    return of_keys(what, becomes, lambda key: key, set())


def of_keys(what: str, becomes: str, safe: Callable[[str], str], reserved: set[str]) -> Loss:
    """A loss of keys: each becomes `safe`, unlike any other of the whole form and none of `reserved`."""

    def change(schema: FormSchema) -> FormSchema:
        names = Names()
        names.taken |= reserved
        new = {question.key: names.free(safe(question.key)) for question in schema.questions()}

        def ask(question: Question) -> Question:
            return renamed_members(question, names, new, safe) if question.kind == "repeat" else question

        members = {question.key: ask(question).questions for question in schema.questions()}

        def outer(question: Question) -> Question:
            fields = {"key": new[question.key], "show_if": _renamed(question.show_if, new)}
            return question.model_copy(update=fields | {"questions": members[question.key]})

        def page(old: Page) -> Page:
            asked = [outer(question) for question in old.questions]
            return old.model_copy(update={"show_if": _renamed(old.show_if, new), "questions": asked})

        rules = [
            Rule(question=new[rule.question], message=rule.message, refuse_if=_renamed(rule.refuse_if, new))
            for rule in schema.rules
        ]
        fields = {"rules": rules, "acknowledge": new.get(schema.acknowledge, schema.acknowledge)}
        return each_page(schema, page).model_copy(update=fields)

    return Loss(what, becomes, change)


def _renamed(condition: Condition, new: dict[str, str]) -> Condition:
    def test(old: Test) -> Test:
        return old.model_copy(
            update={"question": new.get(old.question, old.question), "other": new.get(old.other, old.other)}
        )

    return condition.model_copy(update={"tests": [test(old) for old in condition.tests]})


def renamed_members(group: Question, names: Names, outer: dict[str, str], safe: Callable[[str], str]) -> Question:
    """The group with its members called by keys nobody else has, and the conditions of the group with them."""
    new = dict(outer)
    for part in group.questions:
        wanted = safe(part.key)
        new[part.key] = names.free(
            wanted if wanted not in names.taken else safe(f"{outer[group.key]}_{wanted}"[:LONGEST])
        )
    members = [
        part.model_copy(update={"key": new[part.key], "show_if": _renamed(part.show_if, new)})
        for part in group.questions
    ]
    return group.model_copy(update={"questions": members})
