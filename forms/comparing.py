"""What changed between two versions of a form, in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

from forms.schema import FormSchema, Question
from forms.wording import condition_in_words

NEEDED = {"mandatory": "must be answered", "warn": "is reminded of when blank", "optional": "is optional"}


@dataclass(frozen=True)
class Change:
    """One difference. `kind` is one of KINDS; the sentences name questions as the newer version does."""

    kind: str
    message: str


KINDS = {
    "added": "Added",
    "removed": "Removed",
    "moved": "Moved",
    "relabelled": "Reworded",
    "codes": "Answers to choose from",
    "conditions": "When it is asked",
    "rules": "Rules",
    "other": "Other changes",
}


def changes(before: FormSchema, after: FormSchema) -> list[Change]:
    """Every difference, in the order of KINDS and then of the form."""
    found = [
        *_pages(before, after),
        *_questions(before, after),
        *_order(before, after),
        *_rules(before, after),
    ]
    order = list(KINDS)
    return sorted(found, key=lambda change: order.index(change.kind))


def grouped(found: list[Change]) -> list[tuple[str, list[str]]]:
    """Headings with their sentences, empty ones left out."""
    groups = [(heading, [each.message for each in found if each.kind == kind]) for kind, heading in KINDS.items()]
    return [(heading, messages) for heading, messages in groups if messages]


@dataclass(frozen=True)
class Placed:
    """A question, and the page or group it is on: its key, and its words."""

    question: Question
    key: str
    words: str


def _placed(schema: FormSchema) -> dict[str, Placed]:
    """Every question by key; inside a group by "group.key"."""
    placed = {}
    for page in schema.pages:
        for question in page.questions:
            placed[question.key] = Placed(question, page.key, page.title)
            for part in question.questions:
                placed[f"{question.key}.{part.key}"] = Placed(part, question.key, question.label)
    return placed


def _name(question: Question) -> str:
    return f"“{question.label or question.key}”"


def _pages(before: FormSchema, after: FormSchema) -> Iterator[Change]:
    old, new = ({page.key: page for page in schema.pages} for schema in (before, after))
    yield from (Change("added", f"Page “{page.title}”") for key, page in new.items() if key not in old)
    yield from (Change("removed", f"Page “{page.title}”") for key, page in old.items() if key not in new)
    for key in old.keys() & new.keys():
        if old[key].title != new[key].title:
            yield Change("relabelled", f"Page “{old[key].title}” is now “{new[key].title}”")
        if old[key].show_if != new[key].show_if:
            shown = condition_in_words(new[key].show_if, after) or "always"
            yield Change("conditions", f"Page “{new[key].title}” is now shown: {shown}")
        if old[key].intro != new[key].intro:
            yield Change("other", f"The introduction of page “{new[key].title}”")


def _questions(before: FormSchema, after: FormSchema) -> Iterator[Change]:
    old, new = _placed(before), _placed(after)
    for key, now in new.items():
        was = old.get(key)
        if was is None:
            yield Change("added", f"{_name(now.question)} on “{now.words}”")
            continue
        if was.key != now.key:
            yield Change("moved", f"{_name(now.question)} from “{was.words}” to “{now.words}”")
        yield from _question(was.question, now.question, after)
    for key, was in old.items():
        if key not in new:
            yield Change("removed", f"{_name(was.question)} from “{was.words}”")


def _question(was: Question, now: Question, after: FormSchema) -> Iterator[Change]:
    if was.label != now.label:
        yield Change("relabelled", f"{_name(was)} is now {_name(now)}")
    yield from _codes(was, now, after)
    if was.show_if != now.show_if:
        yield Change("conditions", f"{_name(now)}: {condition_in_words(now.show_if, after) or 'always'}")
    if was.required != now.required:
        yield Change("other", f"{_name(now)} {NEEDED[now.required]}; before, it {NEEDED[was.required]}")
    rest = {"label", "choices", "show_if", "required", "questions"}
    if was.model_dump(exclude=rest) != now.model_dump(exclude=rest):
        named = [name for name, value in now.model_dump(exclude=rest).items() if value != getattr(was, name)]
        yield Change("other", f"{_name(now)}: {', '.join(name.replace('_', ' ') for name in named)}")


def _codes(was: Question, now: Question, after: FormSchema) -> Iterator[Change]:
    old, new = ({choice.code: choice.label for choice in each.choices} for each in (was, now))
    for code in [*new, *(code for code in old if code not in new)]:
        if code not in old:
            yield Change("codes", f"{_name(now)} offers “{new[code]}” ({code})")
        elif code not in new:
            yield Change("codes", f"{_name(now)} no longer offers “{old[code]}” ({code})")
        elif old[code] != new[code]:
            yield Change("codes", f"{_name(now)}: “{old[code]}” is now “{new[code]}” ({code})")
    yield from _offers(was, now, after)


def _offers(was: Question, now: Question, after: FormSchema) -> Iterator[Change]:
    """Answers that are offered under another condition than before."""
    before = {choice.code: choice.show_if for choice in was.choices}
    for choice in now.choices:
        if choice.show_if != before.get(choice.code, choice.show_if):
            words = condition_in_words(choice.show_if, after) or "always"
            yield Change("conditions", f"The answer “{choice.label}” to {_name(now)}: {words}")


def _order(before: FormSchema, after: FormSchema) -> Iterator[Change]:
    """Pages and questions of a page that stand in another order, told once for each."""
    orders = [("the pages", [page.key for page in before.pages], [page.key for page in after.pages])]
    old = {page.key: [question.key for question in page.questions] for page in before.pages}
    orders += [
        (f"the questions on “{page.title}”", old.get(page.key, []), [question.key for question in page.questions])
        for page in after.pages
    ]
    for words, was, now in orders:
        both = set(was) & set(now)
        if [key for key in was if key in both] != [key for key in now if key in both]:
            yield Change("moved", f"The order of {words}")


def _rules(before: FormSchema, after: FormSchema) -> Iterator[Change]:
    old, new = ({rule.message: rule for rule in schema.rules} for schema in (before, after))
    yield from (Change("rules", f"Added: {message}") for message in new if message not in old)
    yield from (Change("rules", f"Removed: {message}") for message in old if message not in new)
    for message in old.keys() & new.keys():
        if old[message] != new[message]:
            when = condition_in_words(new[message].refuse_if, after)
            yield Change("rules", f"Changed: {message} (refused when {when})")
