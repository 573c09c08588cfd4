"""Hypothesis strategies: any question an editor could make, with words, settings and conditions."""

from typing import Any

from hypothesis import strategies as st

from forms.kinds import kind_of
from forms.schema import Calculation, Choice, Condition, Question, Test
from forms.uploads.types import EXTENSIONS

LIMITED = ("short_text", "long_text", "full_name", "email", "phone", "postcode", "nhs_number")
NUMBERS = ("whole_number", "decimal_number")
CHOOSING = ("radios", "select", "lookup", "checkboxes")
DATES = ("date", "date_time", "month_year")
PLAIN = ("address", "time", "declaration", "yes_no", "grid")
FAMILIES = (LIMITED, NUMBERS, CHOOSING, DATES, PLAIN)
# Nobody types an answer to these, or there is none.
READ = ("information", "heading")
UNTYPED = (*READ, "hidden", "calculated")

keys = st.from_regex(r"[a-z][a-z0-9_]{0,14}", fullmatch=True)
page_keys = st.from_regex(r"[a-z][a-z0-9-]{0,14}", fullmatch=True)
codes = st.from_regex(r"[a-z0-9_]{1,12}", fullmatch=True)
# What a person may type on one line: letters of any script, punctuation, signs that mean something to file formats.
letters = st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"], exclude_characters="\u2028\u2029")
commands = st.sampled_from(
    ["=1+1", "${a}", "_x0041_", "1, Yes | 2, No", '"', "[a] = '1'", "@HIDDEN", "-", "007", "true"]
)
lines = (commands | st.text(letters, min_size=1, max_size=30)).map(lambda text: " ".join(text.split())).filter(bool)
maybe_line = st.just("") | lines
dates = st.dates().map(lambda day: day.isoformat()).filter(lambda day: day >= "1900")


def html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


bodies = st.lists(lines, min_size=1, max_size=2).map(lambda each: "".join(f"<p>{html(line)}</p>" for line in each))
rich = bodies | lines.map(lambda line: f"<h3>{html(line)}</h3><ul><li><b>{html(line)}</b> and more</li></ul>")


@st.composite
def conditions(draw: Any, earlier: list[Question], always: bool = False) -> Condition:
    """A condition on questions that come earlier; none when there are none."""
    if not earlier or (not always and draw(st.booleans())):
        return Condition()
    tests = draw(st.lists(tests_on(earlier), min_size=1, max_size=3))
    return Condition(join=draw(st.sampled_from(["all", "any"])), tests=tests)


@st.composite
def tests_on(draw: Any, earlier: list[Question]) -> Test:
    question = draw(st.sampled_from(earlier))
    comparison = draw(st.sampled_from(_comparisons(question)))
    same = [other.key for other in earlier if other.kind == question.kind and other.key != question.key]
    found: dict[str, Any] = {"question": question.key, "comparison": comparison}
    if comparison in ("answered", "not_answered"):
        return Test(**found)
    if comparison in ("age_at_least", "age_under"):
        unit = draw(st.sampled_from(["days", "years"]))
        found |= {"value": str(draw(st.integers(1, 99))), "unit": unit}
        return Test(**found, other=draw(st.sampled_from(["", *same])))
    if comparison != "any_of" and same and draw(st.booleans()):
        return Test(**found, other=draw(st.sampled_from(same)))
    if comparison == "any_of":
        return Test(**found, value=",".join(draw(st.lists(_values(question), min_size=1, max_size=3, unique=True))))
    return Test(**found, value=draw(_values(question)))


def _comparisons(question: Question) -> list[str]:
    found = ["answered", "not_answered"]
    if question.kind in CHOOSING or question.kind == "yes_no":
        found += ["is", "is_not", "any_of"]
    if question.kind in ("short_text", "postcode", "declaration", "hidden"):
        found += ["is", "is_not"]
    if question.kind in (*NUMBERS, "calculated"):
        found += ["at_least", "at_most"]
    if question.kind in DATES:
        found += ["before", "after", "at_least", "at_most", "age_at_least", "age_under"]
    return found


def codes_of(question: Question) -> st.SearchStrategy[str]:
    """An answer to choose, as a condition names it."""
    if question.kind == "yes_no":
        return st.sampled_from(["yes", "no", "not_known"])
    return st.sampled_from([choice.code for choice in question.choices])


def _values(question: Question) -> st.SearchStrategy[str]:
    if question.kind in CHOOSING or question.kind == "yes_no":
        return codes_of(question)
    if question.kind == "declaration":
        return st.just("yes")
    if question.kind in (*NUMBERS, "calculated"):
        return st.integers(-50, 500).map(str) | st.decimals(-50, 50, places=2).map(str)
    if question.kind in DATES:
        return dates | st.just("today")
    return codes


@st.composite
def questions(draw: Any, key: str, earlier: list[Question], families: tuple[tuple[str, ...], ...]) -> Question:
    """A question of a kind in one of these families, with options that its kind reads."""
    kind = draw(st.sampled_from(families).flatmap(st.sampled_from))
    show_if = draw(conditions(earlier))
    if kind in READ:
        label = draw(maybe_line if kind == "information" else lines)
        return Question(kind=kind, key=key, label=label, body=draw(rich), show_if=show_if)
    common = {
        "help_text": draw(maybe_line),
        "error": draw(maybe_line),
        "required": draw(st.sampled_from(["mandatory", "warn", "optional"])),
        "sensitivity": draw(st.sampled_from(["I", "S", "P", "N"])),
        "item": draw(st.just("") | codes),
        "prefill": draw(st.sampled_from(["", "offer", "fixed"])),
    }
    unused = kind_of(Question(kind=kind, key=key)).unused
    read = {name: value for name, value in common.items() if name not in unused}
    return Question(kind=kind, key=key, label=draw(lines), show_if=show_if, **read, **draw(_options(kind, earlier)))


def families_after(earlier: list[Question]) -> tuple[tuple[str, ...], ...]:
    """What can stand on a page: something is worked out only where there is something to work it out from."""
    given = ("hidden", "calculated") if any(each.kind in (*SUMMED, *WHOLE_DATES) for each in earlier) else ("hidden",)
    return (*FAMILIES, ("upload",), READ, given)


def _options(kind: str, earlier: list[Question]) -> st.SearchStrategy[dict[str, Any]]:
    if kind in LIMITED:
        lengths = st.none() | st.integers(1, 50_000)
        autocomplete = st.sampled_from(["", "name", "off"])
        return st.fixed_dictionaries({"max_length": lengths, "autocomplete": autocomplete, "unknown": unknown})
    if kind in NUMBERS:
        return _ranges(kind)
    if kind in CHOOSING:
        return st.fixed_dictionaries({"choices": choices()})
    found: dict[str, dict[str, Any]] = {
        "yes_no": {"unknown": st.sampled_from([[], ["not_applicable"]])},
        "date": {"partial": st.booleans(), "unknown": unknown},
        "grid": {"choices": choices(), "rows": choices()},
        "upload": {"file_types": file_types, "max_files": st.integers(1, 20), "max_megabytes": st.integers(1, 20)},
        "calculated": {"calculation": _calculations(earlier), "unit": st.sampled_from(["", "days"])},
        "declaration": {},
        "hidden": {"initial": maybe_line},
    }
    return st.fixed_dictionaries(found.get(kind, {"unknown": unknown}))


SUMMED = (*NUMBERS, "calculated", "hidden")
WHOLE_DATES = ("date", "date_time", "hidden")
unknown = st.lists(st.sampled_from(["not_known", "not_applicable"]), unique=True)
file_types = st.lists(st.sampled_from([extension for extension, _ in EXTENSIONS]), min_size=1, unique=True)


def _calculations(earlier: list[Question]) -> st.SearchStrategy[Calculation]:
    numbers = [each.key for each in earlier if each.kind in SUMMED]
    days = [each.key for each in earlier if each.kind in WHOLE_DATES]
    spans = st.sampled_from(["age_in_years", "age_in_days", "days_between"])
    found = []
    if numbers:
        sums = st.lists(st.sampled_from(numbers), min_size=1, max_size=3)
        found.append(st.builds(Calculation, operation=st.just("sum"), of=sums))
    if days:
        pairs = st.lists(st.sampled_from(days), min_size=2, max_size=2)
        found.append(st.builds(Calculation, operation=spans, of=pairs))
    return st.one_of(found)


def _ranges(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    whole = st.integers(-1000, 1000).map(float)
    bounds = whole if kind == "whole_number" else whole | st.decimals(-99, 99, places=2).map(float)
    ends = st.tuples(st.none() | bounds, st.none() | bounds)
    sorted_ends = ends.map(lambda pair: pair if None in pair else tuple(sorted(pair)))
    places = st.just(0) if kind == "whole_number" else st.integers(0, 6)
    parts = st.tuples(sorted_ends, places, st.sampled_from(["", "g", "weeks"]), unknown)
    return parts.map(
        lambda part: {
            "minimum": part[0][0],
            "maximum": part[0][1],
            "decimal_places": part[1],
            "unit": part[2],
            "unknown": part[3],
        }
    )


def choices() -> st.SearchStrategy[list[Choice]]:
    signs = st.sampled_from(["a b", "a_b", "a|b", "é", "1.5", "O'Neill"])
    one = st.builds(Choice, code=codes | signs, label=lines, hint=maybe_line)
    return st.lists(one, min_size=2, max_size=4, unique_by=lambda choice: choice.code)
