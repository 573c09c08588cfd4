"""What is never shown, counted, refused or proposed, whatever anybody answers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from forms.checks.constants import fits, never_holds
from forms.checks.contradicting import contradict
from forms.checks.findings import Depending, Finding, Place, deciding, pages, warn
from forms.kinds import kind_names, kind_of
from forms.schema import Calculation, Condition, FormSchema, Question, Test

NEVER = {"rules": "refuses anything", "triggers": "proposes the form"}
ALWAYS = Condition()
WITH_THE_PAGE = "its conditions and those of its page"


@dataclass
class Met:
    """The questions met so far, the keys of those that nobody can ever have answered, and what is always the same."""

    questions: dict[str, Question] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    constants: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def add(self, question: Question, silent: bool) -> None:
        self.questions[question.key] = question
        (self.silent.add if silent or self._says_nothing(question) else self.silent.discard)(question.key)

    def within(self, group: Question) -> "Met":
        """The same for the questions of a group, whose keys are their own."""
        own = {part.key for part in group.questions}
        constants = {key: values for key, values in self.constants.items() if key not in own}
        return Met(dict(self.questions), set(self.silent), constants)

    def _says_nothing(self, question: Question) -> bool:
        if (calculation := question.calculation) is None:
            return question.kind in kind_names() and not kind_of(question).takes_answer
        if calculation.operation == "count":
            return False
        always = [self.constants[key][0] for key in calculation.of if key in self.constants]
        no_use = any(not fits(calculation.operation, value) for value in always)
        return no_use or not self.silent.isdisjoint(calculation.of)


def reaching(
    schema: FormSchema,
    elsewhere: Iterable[FormSchema] = (),
    constants: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[Finding]:
    """`constants` are what hidden values may be of which nobody knows another."""
    met = Met(constants=constants or {})
    for place, page in pages(schema):
        if reason := _never(met, page.show_if):
            yield warn(f"Page “{page.title}” is never shown: {reason}", place)
            for question in page.questions:
                met.add(question, silent=True)
        else:
            yield from _questions(page.questions, (*place, "questions"), met, page.show_if)
    yield from _deciding(schema, elsewhere, met)


def _deciding(schema: FormSchema, elsewhere: Iterable[FormSchema], met: Met) -> Iterator[Finding]:
    """The rules, read in the light of all that is met, and the triggers, which read other forms."""
    for each in deciding(schema, elsewhere):
        ruling = each.place[0] == "rules"
        known = Met(dict(each.known), met.silent, met.constants) if ruling else Met(dict(each.known))
        if reason := _never(known, each.condition) or (ruling and _not_asked_then(schema, each, known)):
            yield warn(f"{each.words} never {NEVER[str(each.place[0])]}: {reason}", each.place)


def _not_asked_then(schema: FormSchema, rule: Depending, met: Met) -> str:
    """Why a rule meets nobody who is asked the question at which it stands; empty when it may."""
    key = schema.rules[int(rule.place[1])].question
    for page in schema.pages:
        for question in page.questions:
            if question.key == key and _never(met, rule.condition, page.show_if, question.show_if):
                return f"where it would, “{question.label}”, at which it stands, is not asked. Move the rule."
    return ""


def _questions(questions: list[Question], place: Place, met: Met, outer: Condition = ALWAYS) -> Iterator[Finding]:
    for number, question in enumerate(questions):
        here = (*place, number)
        words = f"“{question.label or question.key}”"
        reason = _never(met, question.show_if) or _never(met, outer, question.show_if, whose=WITH_THE_PAGE)
        if reason:
            yield warn(f"{words} is never shown: {reason}", here)
        else:
            yield from _choices(question, words, here, met)
            yield from _counted(question, words, here, met)
            yield from _questions(question.questions, (*here, "questions"), met.within(question))
        met.add(question, silent=bool(reason))


def _choices(question: Question, words: str, place: Place, met: Met) -> Iterator[Finding]:
    for number, choice in enumerate(question.choices):
        if reason := _never(met, choice.show_if):
            yield warn(f"The answer “{choice.label}” to {words} is never shown: {reason}", (*place, "choices", number))


def _counted(question: Question, words: str, place: Place, met: Met) -> Iterator[Finding]:
    calculation = question.calculation or Calculation()
    groups = [met.questions[key] for key in calculation.of if key in met.questions]
    parts = Met({part.key: part for group in groups for part in group.questions})
    if reason := _never(parts, calculation.where):
        yield warn(f"{words} never counts anything: {reason}", place)


def _never(met: Met, *conditions: Condition, whose: str = "its conditions") -> str:
    """Why the conditions never all hold, and what to do; empty when they may."""
    reasons = [_impossible([test for each in way for test in each], met, whose) for way in _ways(conditions)]
    return reasons[0] if all(reasons) else ""


def _ways(conditions: Iterable[Condition]) -> Iterator[tuple[list[Test], ...]]:
    """Every choice of tests that makes all of the conditions hold."""
    each = [[[test] for test in c.tests] if c.tests and c.join == "any" else [c.tests] for c in conditions]
    return product(*each)


def _impossible(tests: list[Test], met: Met, whose: str) -> str:
    """Why these tests never all hold; empty when they may."""
    if silent := next((key for test in tests if (key := _unheard(test, met.silent))), ""):
        return f"it depends on “{_label(silent, met)}”, which nobody can answer. Change the condition."
    for test in tests:
        if test.question in met.constants and never_holds(test, met.constants[test.question]):
            always = met.constants[test.question][0]
            return f"it depends on “{_label(test.question, met)}”, which is always “{always}”. Change the condition."
    for key in dict.fromkeys(test.question for test in tests):
        if contradict([test for test in tests if test.question == key], met.questions.get(key)):
            return f"{whose} on “{_label(key, met)}” cannot all hold. Change one of them."
    return ""


def _label(key: str, met: Met) -> str:
    return (met.questions[key].label if key in met.questions else "") or key


def _unheard(test: Test, silent: set[str]) -> str:
    """The question without an answer for which a test never holds."""
    if test.comparison in ("not_answered", "is_not") or (test.comparison == "is" and test.other):
        return ""
    return next((key for key in (test.question, test.other) if key in silent), "")
