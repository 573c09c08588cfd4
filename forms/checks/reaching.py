"""What is never shown, counted, refused or proposed, whatever anybody answers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from forms.calculations import as_day
from forms.checks.calculating import as_number
from forms.checks.findings import Depending, Finding, Place, deciding, pages, warn
from forms.kinds import kind_names, kind_of
from forms.schema import Calculation, Condition, FormSchema, Question, Test

# How far a comparison lets answers go, and whether its own value is left out.
LOWEST = {"at_least": False, "after": True, "age_at_least": False}
HIGHEST = {"at_most": False, "before": True, "age_under": True}

NEVER = {"rules": "refuses anything", "triggers": "proposes the form"}


@dataclass
class Met:
    """The questions met so far, and the keys of those that nobody can ever have answered."""

    questions: dict[str, Question] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)

    def add(self, question: Question, silent: bool) -> None:
        self.questions[question.key] = question
        (self.silent.add if silent or _says_nothing(question, self.silent) else self.silent.discard)(question.key)

    def within(self) -> "Met":
        return Met(dict(self.questions), set(self.silent))


def _says_nothing(question: Question, silent: set[str]) -> bool:
    if question.calculation:
        counts = question.calculation.operation == "count"
        return not counts and not silent.isdisjoint(question.calculation.of)
    return question.kind in kind_names() and not kind_of(question).takes_answer


def reaching(schema: FormSchema, elsewhere: Iterable[FormSchema] = ()) -> Iterator[Finding]:
    met = Met()
    for place, page in pages(schema):
        if reason := _never(page.show_if, met):
            yield warn(f"Page “{page.title}” is never shown: {reason}", place)
            for question in page.questions:
                met.add(question, silent=True)
        else:
            yield from _questions(page.questions, (*place, "questions"), met)
    for each in deciding(schema, elsewhere):
        known = Met(dict(each.known), met.silent if each.place[0] == "rules" else set())
        if reason := _never(each.condition, known):
            yield warn(f"{each.words} never {NEVER[str(each.place[0])]}: {reason}", each.place)
        elif each.place[0] == "rules":
            yield from _refused_where_not_asked(schema, each, known)


def _refused_where_not_asked(schema: FormSchema, rule: Depending, met: Met) -> Iterator[Finding]:
    """Nobody can put right on a page what the page does not ask: such a rule stops nobody."""
    at = schema.rules[int(rule.place[1])].question
    for page in schema.pages:
        for question in page.questions:
            shown = [condition for condition in (page.show_if, question.show_if) if condition.tests]
            every = [condition for condition in (*shown, rule.condition) if _is_all(condition)]
            if question.key == at and _never(Condition(tests=[test for each in every for test in each.tests]), met):
                yield warn(
                    f"{rule.words} never {NEVER['rules']}: when it would, “{question.label}” is not asked. Move the "
                    "rule to a question that is asked then, or change one of them.",
                    rule.place,
                )


def _is_all(condition: Condition) -> bool:
    return condition.join == "all" or len(condition.tests) == 1


def _questions(questions: list[Question], place: Place, met: Met) -> Iterator[Finding]:
    for number, question in enumerate(questions):
        here = (*place, number)
        words = f"“{question.label or question.key}”"
        reason = _never(question.show_if, met)
        if reason:
            yield warn(f"{words} is never shown: {reason}", here)
        else:
            yield from _choices(question, words, here, met)
            yield from _counted(question, words, here, met)
            yield from _questions(question.questions, (*here, "questions"), met.within())
        met.add(question, silent=bool(reason))


def _choices(question: Question, words: str, place: Place, met: Met) -> Iterator[Finding]:
    for number, choice in enumerate(question.choices):
        if reason := _never(choice.show_if, met):
            yield warn(f"The answer “{choice.label}” to {words} is never shown: {reason}", (*place, "choices", number))


def _counted(question: Question, words: str, place: Place, met: Met) -> Iterator[Finding]:
    calculation = question.calculation or Calculation()
    groups = [met.questions[key] for key in calculation.of if key in met.questions]
    parts = Met({part.key: part for group in groups for part in group.questions})
    if reason := _never(calculation.where, parts):
        yield warn(f"{words} never counts anything: {reason}", place)


def _never(condition: Condition, met: Met) -> str:
    """Why a condition never holds, and what to do; empty when it may."""
    silent = [key for test in condition.tests if (key := _unheard(test, met.silent))]
    if silent and (condition.join == "all" or len(silent) == len(condition.tests)):
        return f"it depends on “{_label(silent[0], met)}”, which nobody can answer. Change the condition."
    for key in dict.fromkeys(test.question for test in condition.tests if condition.join == "all"):
        if _contradict([test for test in condition.tests if test.question == key], met.questions.get(key)):
            return f"its conditions on “{_label(key, met)}” cannot all hold. Change one of them."
    return ""


def _label(key: str, met: Met) -> str:
    return (met.questions[key].label if key in met.questions else "") or key


def _unheard(test: Test, silent: set[str]) -> str:
    """The question without an answer for which a test never holds."""
    if test.comparison in ("not_answered", "is_not") or (test.comparison == "is" and test.other):
        return ""
    return next((key for key in (test.question, test.other) if key in silent), "")


def _contradict(tests: list[Test], question: Question | None) -> bool:
    if any(_clash(one, other) or _clash(other, one) for one, other in combinations(tests, 2)):
        return True
    return question is not None and _nothing_left(tests, several=question.kind == "checkboxes")


def _clash(one: Test, other: Test) -> bool:
    """Whether two tests of one question never hold together, read from the first to the second."""
    if one.comparison == "not_answered":
        return other.comparison not in ("not_answered", "is_not") and not (other.comparison == "is" and other.other)
    if one.comparison == "is" and other.comparison == "is_not":
        return (one.value, one.other) == (other.value, other.other)
    if one.comparison in LOWEST and other.comparison in HIGHEST and _scale(one) == _scale(other):
        low, high = _position(one), _position(other)
        left_out = LOWEST[one.comparison] or HIGHEST[other.comparison]
        return low is not None and high is not None and (low > high or (low == high and left_out))
    return False


def _scale(test: Test) -> tuple[bool, str, str, bool]:
    """What a position is measured on: only positions on one scale say which is higher."""
    age = test.comparison.startswith("age")
    return age, (test.unit or "years") if age else "", test.other, test.value == "today"


def _position(test: Test) -> Decimal | None:
    if not test.comparison.startswith("age") and (test.other or test.value == "today"):
        return Decimal()
    day = as_day(test.value)
    return Decimal(day.toordinal()) if day else as_number(test.value)


def _nothing_left(tests: list[Test], several: bool) -> bool:
    """Whether no answer is left that all of these name and none refuses."""
    refused = {test.value for test in tests if test.comparison == "is_not" and not test.other}
    named = [names for test in tests if (names := _named(test))]
    wanted = named if several or not named else [set.intersection(*named)]
    return not all(names - refused for names in wanted)


def _named(test: Test) -> set[str]:
    if test.comparison == "any_of":
        return set(test.values)
    return {test.value} if test.comparison == "is" and test.value and not test.other else set()
