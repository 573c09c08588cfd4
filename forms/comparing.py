"""What changed between two versions of a form, in sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forms.schema import FormSchema, Question, Rule
from forms.wording import calculation_in_words, condition_in_words

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
        *_form(before, after),
        *_triggers(before, after),
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


def _form(before: FormSchema, after: FormSchema) -> Iterator[Change]:
    """The words of the form as a whole, and who is thanked for sending it."""
    if before.title != after.title:
        yield Change("relabelled", f"The form “{before.title}” is now “{after.title}”")
    if before.declaration != after.declaration:
        yield Change("other", f"The declaration {_now(after.declaration)}")
    if before.confirmation != after.confirmation:
        yield Change("other", "The text shown after sending")
    if before.acknowledge != after.acknowledge:
        asked = {question.key: _name(question) for question in after.questions()}
        goes = f"goes to the answer to {asked.get(after.acknowledge, f'“{after.acknowledge}”')}"
        yield Change("other", f"An acknowledgement {goes if after.acknowledge else 'is no longer sent'}")


def _now(words: str) -> str:
    return f"is now “{words}”" if words else "is no longer there"


def _triggers(before: FormSchema, after: FormSchema) -> Iterator[Change]:
    for verb, schema, other in (("is proposed", after, before), ("is no longer proposed", before, after)):
        for trigger in schema.triggers:
            if trigger.tests and trigger not in other.triggers:
                yield Change("conditions", f"The form {verb} when {condition_in_words(trigger, schema)}")


def _pages(before: FormSchema, after: FormSchema) -> Iterator[Change]:
    old, new = ({page.key: page for page in schema.pages} for schema in (before, after))
    yield from (Change("added", f"Page “{page.title}”") for key, page in new.items() if key not in old)
    yield from (Change("removed", f"Page “{page.title}”") for key, page in old.items() if key not in new)
    for key in (key for key in new if key in old):
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
    if was.calculation != now.calculation:
        worked_out = calculation_in_words(now.calculation, after)
        yield Change("other", f"{_name(now)} is now worked out: {worked_out or 'not at all'}")
    rest = {"label", "choices", "show_if", "required", "questions", "calculation"}
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
    yield from _hints(was, now)
    yield from _offers(was, now, after)


def _hints(was: Question, now: Question) -> Iterator[Change]:
    before = {choice.code: choice.hint for choice in was.choices}
    for choice in now.choices:
        if choice.hint != before.get(choice.code, choice.hint):
            yield Change("codes", f"{_name(now)}: the hint of “{choice.label}” {_now(choice.hint)}")


def _offers(was: Question, now: Question, after: FormSchema) -> Iterator[Change]:
    """Answers that are offered under another condition than before."""
    before = {choice.code: choice.show_if for choice in was.choices}
    for choice in now.choices:
        if choice.show_if != before.get(choice.code, choice.show_if):
            words = condition_in_words(choice.show_if, after) or "always"
            yield Change("conditions", f"The answer “{choice.label}” to {_name(now)}: {words}")


def _order(before: FormSchema, after: FormSchema) -> Iterator[Change]:
    """Pages, questions and answers that stand in another order, told once for what holds them."""
    was = _orders(before)
    for holder, (words, now) in _orders(after).items():
        _, then = was.get(holder, ("", []))
        if _kept(then, now) != _kept(now, then):
            yield Change("moved", f"The order of {words}")


def _orders(schema: FormSchema) -> dict[str, tuple[str, list[str]]]:
    """By what holds them: how to call the things that stand in it, and their keys in order."""
    orders = {"pages": ("the pages", [page.key for page in schema.pages])}
    for page in schema.pages:
        orders[f"page {page.key}"] = f"the questions on “{page.title}”", [question.key for question in page.questions]
    for key, placed in _placed(schema).items():
        question = placed.question
        parts, codes = [part.key for part in question.questions], [choice.code for choice in question.choices]
        orders[f"group {key}"] = f"the questions in {_name(question)}", parts
        orders[f"answers {key}"] = f"the answers to {_name(question)}", codes
    return orders


def _kept(keys: Sequence[str], others: Sequence[str]) -> list[str]:
    return [key for key in keys if key in others]


def _rules(before: FormSchema, after: FormSchema) -> Iterator[Change]:
    """Rules that share a message are paired in their order, those that are the same in both left out."""
    old, new = _by_message(before, after), _by_message(after, before)
    for message in [*new, *(message for message in old if message not in new)]:
        gone, come = old.get(message, []), new.get(message, [])
        for was, now in zip(gone, come, strict=False):
            yield Change("rules", f"Changed: {message} ({_refused(was, now, after)})")
        for rule in come[len(gone) :]:
            yield Change("rules", f"Added: {message} ({_refused(None, rule, after)})")
        for rule in gone[len(come) :]:
            yield Change("rules", f"Removed: {message} ({_refused(None, rule, before)})")
    if not old and not new and before.rules != after.rules:
        yield Change("rules", "The order of the rules")


def _by_message(schema: FormSchema, other: FormSchema) -> dict[str, list[Rule]]:
    """The rules that the other version does not have, by what they say."""
    found: dict[str, list[Rule]] = {}
    for rule in schema.rules:
        if rule not in other.rules:
            found.setdefault(rule.message, []).append(rule)
    return found


def _refused(was: Rule | None, now: Rule, schema: FormSchema) -> str:
    when = f"refused when {condition_in_words(now.refuse_if, schema)}"
    if was is None or was.question == now.question:
        return when
    labels = {question.key: _name(question) for question in schema.questions()}
    return f"shown at {labels.get(now.question, f'“{now.question}”')}, {when}"
