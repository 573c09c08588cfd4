"""What an editor should look at before publishing; it may be meant."""

from collections import defaultdict
from collections.abc import Iterator

from forms.checks.findings import Depending, Finding, Place, answerable, asked, conditions, warn
from forms.checks.reaching import reaching
from forms.dictionary import Item, item_fed_by, items
from forms.kinds import comparisons, kind_names, kind_of
from forms.schema import FormSchema, Question, Test

YES_NO = {"yes", "no", "not_known", "not_applicable"}
# So many of the items left out are named, the others counted.
NAMED = 3
# Kinds of one group store answers alike: words, or codes of a list.
ALIKE = {"Choosing", "Words"}


def hints(schema: FormSchema, before: FormSchema | None = None) -> list[Finding]:
    return [*_conditions(schema), *reaching(schema), *_items(schema), *_unfed(schema), *_gone(schema, before)]


def _conditions(schema: FormSchema) -> Iterator[Finding]:
    for each in conditions(schema):
        yield from (warn(message, each.place) for message in _condition(each))


def _condition(depending: Depending) -> Iterator[str]:
    for test in depending.condition.tests:
        question = depending.known.get(test.question)
        if question is None or question.kind not in kind_names():
            continue
        if test.comparison not in comparisons()[question.kind]:
            yield f"{depending.words}: answers to “{question.label}” cannot be compared in that way."
        elif missing := [code for code in sorted(_named(test)) if not _may_be(question, code)]:
            yield f"{depending.words} depends on “{missing[0]}”, which “{question.label}” does not offer."


def _named(test: Test) -> set[str]:
    if test.other or test.comparison not in ("is", "is_not", "any_of"):
        return set()
    return set(test.values) if test.comparison == "any_of" else {test.value}


def _may_be(question: Question, code: str) -> bool:
    """Whether an answer may have this code; anything may be written where nothing is chosen."""
    if question.kind == "yes_no":
        return code in YES_NO
    return not question.choices or code in {choice.code for choice in question.choices} | set(question.unknown)


def _items(schema: FormSchema) -> Iterator[Finding]:
    feeding: dict[str, list[Question]] = defaultdict(list)
    for place, question in asked(schema):
        name = item_fed_by(question)
        if not name or question.kind not in kind_names():
            continue
        feeding[name].append(question)
        if len(feeding[name]) > 1:
            first = feeding[name][0].label
            yield warn(f"“{first}” and “{question.label}” both feed the data item “{name}”.", place)
        if item := items().get(name):
            yield from _fit(question, item, place)
        else:
            yield warn(f"“{question.label}” feeds “{name}”, which is not in the data dictionary.", place)


def _fit(question: Question, item: Item, place: Place) -> Iterator[Finding]:
    same = any(_alike(question.kind, kind) for kind in item.kinds)
    if not same:
        kinds = ", ".join(sorted(item.kinds))
        yield warn(f"“{question.label}” is of another kind than the data item “{item.name}” ({kinds}).", place)
    strange = sorted({choice.code for choice in question.choices} - item.codes)
    if same and item.codes and strange:
        yield warn(f"“{question.label}” offers “{strange[0]}”, which the data item “{item.name}” does not have.", place)


def _alike(one: str, other: str) -> bool:
    groups = {kind_of(Question(kind=kind, key="any")).group for kind in (one, other) if kind in kind_names()}
    return one == other or (len(groups) == 1 and groups <= ALIKE)


def _unfed(schema: FormSchema) -> Iterator[Finding]:
    """Statutory items left out; a form that asks nothing yet has more to mend than that."""
    fed = {item_fed_by(question) for question in schema.questions()}
    unfed = [item for item in items().values() if schema.slug in item.stages and item.name not in fed]
    if unfed and any(map(answerable, schema.questions())):
        named = ", ".join(f"“{item.label}” ({item.name})" for item in unfed[:NAMED])
        more = f" and {len(unfed) - NAMED} more" if len(unfed) > NAMED else ""
        yield warn(f"No question feeds {len(unfed)} statutory data item{'s' * (len(unfed) > 1)}: {named}{more}.")


def _gone(schema: FormSchema, before: FormSchema | None) -> Iterator[Finding]:
    now = {question.key: (place, question) for place, question in asked(schema)}
    for question in before.questions() if before else []:
        if question.key not in now:
            yield from _no_longer_asked([question], "", ())
            continue
        place, group = now[question.key]
        kept = {part.key for part in group.questions}
        gone = [part for part in question.questions if part.key not in kept]
        yield from _no_longer_asked(gone, f" in “{question.label}”", place)


def _no_longer_asked(questions: list[Question], where: str, place: Place) -> Iterator[Finding]:
    for question in questions:
        if question.kind not in ("information", "heading"):
            yield warn(
                f"“{question.label}” ({question.key}){where} was asked in the published version and no longer is. "
                "Answers already given stay readable.",
                place,
            )
