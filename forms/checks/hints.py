"""What an editor should look at before publishing; it may be meant."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from forms.checks.constants import constants, unfit
from forms.checks.findings import Finding, Place, answerable, asked, conditions, deciding, warn
from forms.checks.reaching import reaching
from forms.checks.values import strange_values
from forms.dictionary import Item, item_fed_by, items
from forms.kinds import kind_names, kind_of
from forms.schema import FormSchema, Question

# So many of the items left out are named, the others counted.
NAMED = 3
# Kinds of one group store answers alike: words, or codes of a list.
ALIKE = {"Choosing", "Words"}
# What a hidden value, which is one text, cannot hold.
MANIFOLD = ("checkboxes", "grid", "repeat", "upload")


def hints(
    schema: FormSchema,
    published: Sequence[FormSchema] = (),
    elsewhere: Sequence[FormSchema] = (),
    known: Collection[str] = (),
) -> list[Finding]:
    return [
        *_conditions(schema, elsewhere),
        *reaching(schema, elsewhere, constants(schema, published, known)),
        *unfit(schema),
        *_items(schema),
        *_unfed(schema),
        *_blank(schema),
        *_gone(schema, published[-1] if published else None),
    ]


def _conditions(schema: FormSchema, elsewhere: Sequence[FormSchema]) -> Iterator[Finding]:
    for each in [*conditions(schema), *deciding(schema, elsewhere)]:
        yield from (warn(message, each.place) for message in strange_values(each))


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
    offered = {choice.code for choice in question.choices} | {question.initial} - {""}
    if not same:
        kinds = ", ".join(sorted(item.kinds))
        yield warn(f"“{question.label}” is of another kind than the data item “{item.name}” ({kinds}).", place)
    strange = sorted(offered - item.codes)
    if same and item.codes and strange:
        does = "is" if question.initial else "offers"
        yield warn(f"“{question.label}” {does} “{strange[0]}”, which the data item “{item.name}” does not have.", place)


def _alike(one: str, other: str) -> bool:
    if one == "hidden":
        return other not in MANIFOLD
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


def _blank(schema: FormSchema) -> Iterator[Finding]:
    """Hidden values that nothing, or maybe nothing, fills in."""
    for place, question in asked(schema):
        for number, part in enumerate(question.questions):
            if part.kind == "hidden":
                message = f"“{part.label}” in “{question.label}” is hidden, and nothing is filled in inside a group."
                yield warn(f"{message} Put it on a page.", (*place, "questions", number))
        if question.kind == "hidden" and not question.initial and question.key not in items():
            message = f"“{question.label}” is hidden and has no value from the start. It stays blank unless the case"
            yield warn(f"{message} knows “{question.key}”.", place)


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
