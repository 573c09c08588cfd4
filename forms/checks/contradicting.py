"""Can several tests of one condition all hold?"""

from decimal import Decimal
from itertools import combinations

from forms.calculations import as_day
from forms.checks.calculating import as_number
from forms.schema import Question, Test

# How far a comparison lets answers go, and whether its own value is left out.
LOWEST = {"at_least": False, "after": True, "age_at_least": False}
HIGHEST = {"at_most": False, "before": True, "age_under": True}


def contradict(tests: list[Test], question: Question | None) -> bool:
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
