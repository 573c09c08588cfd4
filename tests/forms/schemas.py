"""Hypothesis strategies: any form an editor could publish, and answers to it.

Forms are drawn small; every kind, option, condition and rule can turn up in them.
"""

from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st

from forms.inside import HOSTS
from forms.schema import Choice, Condition, FormSchema, Page, Question, Rule, Test

# Whole forms shrink slowly: a failure is shown as it was drawn.
AS_DRAWN = (Phase.explicit, Phase.reuse, Phase.generate)
quick = settings(max_examples=25, deadline=None, phases=AS_DRAWN)

LIMITED = ("short_text", "long_text", "full_name", "email", "phone", "postcode", "nhs_number")
NUMBERS = ("whole_number", "decimal_number")
CHOOSING = ("radios", "select", "checkboxes")
PLAIN = ("address", "time", "declaration", "yes_no", "date")
ASKING = LIMITED + NUMBERS + CHOOSING + PLAIN

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
    return Test(**found, value=draw(_values(question, comparison)))


def _comparisons(question: Question) -> list[str]:
    found = ["answered", "not_answered"]
    if question.kind in CHOOSING or question.kind == "yes_no":
        found += ["is", "is_not", "any_of"]
    if question.kind in ("short_text", "postcode", "declaration"):
        found += ["is", "is_not"]
    if question.kind in NUMBERS:
        found += ["at_least", "at_most"]
    if question.kind == "date":
        found += ["before", "after", "at_least", "at_most", "age_at_least", "age_under"]
    return found


def _values(question: Question, comparison: str = "is") -> st.SearchStrategy[str]:
    if question.kind in CHOOSING:
        return st.sampled_from([choice.code for choice in question.choices])
    if question.kind == "yes_no":
        return st.sampled_from(["yes", "no", "not_known"])
    if question.kind == "declaration":
        return st.just("yes")
    if question.kind in NUMBERS:
        return st.integers(-50, 500).map(str) | st.decimals(-50, 50, places=2).map(str)
    if question.kind == "date":
        return dates | st.just("today")
    return codes


@st.composite
def questions(draw: Any, key: str, earlier: list[Question], inside: bool = False) -> Question:
    """A question of any kind, with options that its kind reads."""
    kinds = ASKING if inside else (*ASKING, "information")
    kind = draw(st.sampled_from(kinds))
    show_if = draw(conditions(earlier))
    if kind == "information":
        return Question(kind=kind, key=key, label=draw(maybe_line), body=draw(rich), show_if=show_if)
    return Question(
        kind=kind,
        key=key,
        label=draw(lines),
        help_text=draw(maybe_line),
        error=draw(maybe_line),
        required=draw(st.sampled_from(["mandatory", "warn", "optional"])),
        sensitivity=draw(st.sampled_from(["I", "S", "P", "N"])),
        item=draw(st.just("") | codes),
        show_if=show_if,
        **draw(_options(kind)),
    )


def _options(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    unknown = st.lists(st.sampled_from(["not_known", "not_applicable"]), unique=True)
    if kind in LIMITED:
        lengths = st.none() | st.integers(1, 50_000)
        autocomplete = st.sampled_from(["", "name", "off"])
        return st.fixed_dictionaries({"max_length": lengths, "autocomplete": autocomplete, "unknown": unknown})
    if kind in NUMBERS:
        return _ranges(kind, unknown)
    if kind in CHOOSING:
        return st.fixed_dictionaries({"choices": choices()})
    if kind == "yes_no":
        return st.fixed_dictionaries({"unknown": st.sampled_from([[], ["not_applicable"]])})
    if kind == "date":
        return st.fixed_dictionaries({"partial": st.booleans(), "unknown": unknown})
    return st.just({}) if kind == "declaration" else st.fixed_dictionaries({"unknown": unknown})


def _ranges(kind: str, unknown: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
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


@st.composite
def offered_sometimes(draw: Any, question: Question, before: list[Question]) -> Question:
    """The question with conditions on some of its answers, which read questions of earlier pages."""
    choices = [choice.model_copy(update={"show_if": draw(conditions(before))}) for choice in question.choices]
    return question.model_copy(update={"choices": choices})


@st.composite
def inside_an_answer(draw: Any, question: Question, above: list[Question]) -> Question:
    """The question, asked within an answer to one that stands above it."""
    host = draw(st.sampled_from(above))
    code = draw(_values(host))
    return question.model_copy(
        update={"inside": True, "show_if": Condition(tests=[Test(question=host.key, value=code)])}
    )


@st.composite
def groups(draw: Any, key: str, earlier: list[Question]) -> Question:
    """A repeat group: its questions may depend on one another and on earlier ones."""
    members: list[Question] = []
    names = draw(st.lists(keys, min_size=1, max_size=3, unique=True))
    for member in names:
        outer = [question for question in earlier if question.key not in {part.key for part in members}]
        question = draw(questions(member, [*outer, *members], inside=True))
        if question.kind in CHOOSING and draw(st.integers(0, 3)) == 0:
            question = draw(offered_sometimes(question, [each for each in earlier if each.key not in names]))
        members.append(question)
    fewest = draw(st.integers(0, 2))
    return Question(
        kind="repeat",
        key=key,
        label=draw(lines),
        item_title=draw(lines),
        sensitivity=draw(st.sampled_from(["I", "N"])),
        min_items=fewest,
        max_items=draw(st.integers(max(1, fewest), 60)),
        show_if=draw(conditions(earlier)),
        questions=members,
    )


@st.composite
def schemas(draw: Any) -> FormSchema:
    """A form that `forms.checks.problems` finds nothing against."""
    names = draw(st.lists(keys, min_size=1, max_size=7, unique=True))
    page_names = draw(st.lists(page_keys, min_size=1, max_size=len(names), unique=True))
    earlier: list[Question] = []
    pages = []
    for number, page_key in enumerate(page_names):
        here = names[number :: len(page_names)]
        show_if = draw(conditions(earlier))
        asked: list[Question] = []
        if draw(st.integers(0, 3)) == 0:
            asked.append(draw(groups(here[0], earlier)))
        else:
            for key in here:
                asked.append(draw(_placed(key, earlier, asked)))
        earlier += _answerable(asked)
        texts = {"key": page_key, "title": draw(lines), "intro": draw(st.just("") | rich)}
        pages.append(Page(**texts, show_if=show_if, questions=asked))
    if not any(question.kind != "information" for page in pages for question in page.questions):
        pages.append(Page(key="z-last", title="Last", questions=[Question(kind="short_text", key="zzz", label="Last")]))
    return FormSchema(
        slug=draw(st.from_regex(r"[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9})?", fullmatch=True)),
        title=draw(lines),
        declaration=draw(maybe_line),
        acknowledge=draw(st.sampled_from(["", *[question.key for question in earlier if question.kind == "email"]])),
        confirmation=draw(st.just("") | rich),
        pages=pages,
        rules=draw(rules(earlier)),
    )


@st.composite
def _placed(draw: Any, key: str, earlier: list[Question], above: list[Question]) -> Question:
    """A question of a page: now and then inside an answer above it, or with answers offered only sometimes."""
    question = draw(questions(key, [*earlier, *_answerable(above)]))
    hosts = [each for each in above if each.kind in HOSTS]
    if hosts and question.kind != "information" and draw(st.integers(0, 3)) == 0:
        question = draw(inside_an_answer(question, hosts))
    if question.kind in CHOOSING and draw(st.integers(0, 3)) == 0:
        question = draw(offered_sometimes(question, earlier))
    return question


@st.composite
def rules(draw: Any, asked: list[Question]) -> list[Rule]:
    if not asked:
        return []
    one = st.builds(
        Rule,
        question=st.sampled_from([question.key for question in asked]),
        message=lines,
        refuse_if=conditions(asked, always=True),
    )
    return draw(st.lists(one, max_size=2))


def _answerable(questions_: list[Question]) -> list[Question]:
    return [question for question in questions_ if question.kind not in ("information", "repeat")]
