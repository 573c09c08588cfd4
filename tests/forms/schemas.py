"""Hypothesis strategies: any form an editor could publish.

Forms are drawn small; every kind, option, condition and rule can turn up in them.
"""

from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st

from forms.inside import HOSTS
from forms.kinds import kind_of
from forms.schema import Condition, FormSchema, Page, Question, Rule, Test
from tests.forms.questions import (
    CHOOSING,
    FAMILIES,
    READ,
    UNTYPED,
    codes_of,
    conditions,
    families_after,
    keys,
    lines,
    maybe_line,
    page_keys,
    questions,
    rich,
)

# Whole forms shrink slowly: a failure is shown as it was drawn.
AS_DRAWN = (Phase.explicit, Phase.reuse, Phase.generate)
quick = settings(max_examples=20, deadline=None, phases=AS_DRAWN)


# One time in five, and not more often for being the least or the largest of something.
seldom = st.sampled_from([False, False, True, False, False])


@st.composite
def offered_sometimes(draw: Any, question: Question, before: list[Question]) -> Question:
    """The question with conditions on some of its answers, which read questions of earlier pages."""
    choices = [choice.model_copy(update={"show_if": draw(conditions(before))}) for choice in question.choices]
    return question.model_copy(update={"choices": choices})


@st.composite
def inside_an_answer(draw: Any, question: Question, above: list[Question]) -> Question:
    """The question, asked within an answer to one that stands above it."""
    host = draw(st.sampled_from(above))
    code = draw(codes_of(host))
    return question.model_copy(
        update={"inside": True, "show_if": Condition(tests=[Test(question=host.key, value=code)])}
    )


# What can stand in a repeat group, whose first question is one to answer.
INSIDE = (*FAMILIES, ("heading", "hidden"))


@st.composite
def groups(draw: Any, key: str, earlier: list[Question]) -> Question:
    """A repeat group: its questions may depend on one another and on earlier ones."""
    members: list[Question] = []
    names = draw(st.lists(keys, min_size=1, max_size=3, unique=True))
    for member in names:
        outer = [question for question in earlier if question.key not in {part.key for part in members}]
        readable = [*outer, *(part for part in members if part.kind not in READ)]
        question = draw(questions(member, readable, INSIDE if members else FAMILIES))
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
    names = draw(st.lists(keys, min_size=2, max_size=6, unique=True))
    page_names = draw(st.lists(page_keys, min_size=1, max_size=len(names), unique=True))
    earlier: list[Question] = []
    pages = []
    for number, page_key in enumerate(page_names):
        here = names[number :: len(page_names)]
        show_if = draw(conditions(earlier))
        asked: list[Question] = []
        if draw(seldom):
            asked.append(draw(groups(here[0], earlier)))
        else:
            for key in here:
                asked.append(draw(_placed(key, earlier, asked)))
        earlier += _answerable(asked)
        texts = {"key": page_key, "title": draw(lines), "intro": draw(st.just("") | rich)}
        pages.append(Page(**texts, show_if=show_if, questions=asked))
    if not any(kind_of(question).typed for page in pages for question in page.questions):
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
    before = [*earlier, *_answerable(above)]
    question = draw(questions(key, before, families_after(before)))
    hosts = [each for each in above if each.kind in HOSTS]
    if hosts and question.kind not in UNTYPED and draw(seldom):
        question = draw(inside_an_answer(question, hosts))
    if question.kind in CHOOSING and draw(seldom):
        question = draw(offered_sometimes(question, earlier))
    return question


@st.composite
def rules(draw: Any, asked: list[Question]) -> list[Rule]:
    if not any(question.kind != "hidden" for question in asked):
        return []
    seen = [question.key for question in asked if question.kind != "hidden"]
    one = st.builds(
        Rule,
        question=st.sampled_from(seen),
        message=lines,
        refuse_if=conditions(asked, always=True),
    )
    return draw(st.lists(one, max_size=2))


def _answerable(questions_: list[Question]) -> list[Question]:
    return [question for question in questions_ if question.kind not in (*READ, "repeat")]
