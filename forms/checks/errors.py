"""What stops a form from being published."""

from collections import Counter
from collections.abc import Iterator, Sequence

from forms.checks.calculating import calculating
from forms.checks.findings import Finding, Place, answerable, asked, everything, pages
from forms.checks.placing import placing
from forms.checks.settings import settings
from forms.kinds import kind_label, kind_names
from forms.schema import NO_PAGE_KEYS, Condition, FormSchema, Page, Question

CHOOSING = ("radios", "select", "lookup", "checkboxes")
# Kinds that store the same: one code, or words. To ask in another of them changes no answer that is kept.
INTERCHANGEABLE = (frozenset({"radios", "select", "lookup"}), frozenset({"short_text", "long_text"}))


def errors(schema: FormSchema, published: Sequence[FormSchema] = ()) -> list[Finding]:
    return [
        *_empty(schema),
        *_duplicates(schema),
        *_pages(schema),
        *_questions(schema),
        *_forward(schema),
        *calculating(schema),
        *_acknowledge(schema),
        *placing(schema),
        *_rules(schema),
        *_changed_kinds(schema, published),
    ]


def _empty(schema: FormSchema) -> Iterator[Finding]:
    if not any(answerable(question) for question in schema.questions()):
        yield Finding("The form asks nothing. Add a page with at least one question that a person can answer.")


def _twice(keys: list[tuple[Place, str]]) -> Iterator[tuple[Place, str]]:
    """Each key that is there more than once, at its last place."""
    times = Counter(key for _, key in keys)
    yield from ((place, key) for key, place in {key: place for place, key in keys}.items() if times[key] > 1)


def _duplicates(schema: FormSchema) -> Iterator[Finding]:
    for place, key in _twice([(place, question.key) for place, question in asked(schema)]):
        yield Finding(f"Two questions have the key “{key}”. Give each question a key of its own.", place)
    for place, key in _twice([(place, page.key) for place, page in pages(schema)]):
        yield Finding(f"Two pages have the key “{key}”. Give each page a key of its own.", place)
    for place, group in asked(schema):
        inner = [((*place, "questions", number), part.key) for number, part in enumerate(group.questions)]
        for where, key in _twice(inner):
            yield Finding(f"Two questions of “{group.label}” have the key “{key}”.", where)


def _pages(schema: FormSchema) -> Iterator[Finding]:
    for place, page in pages(schema):
        answerable = [question for question in page.questions if question.kind != "information"]
        if page.group and len(answerable) > 1:
            message = (
                f"Page “{page.title}” has a repeat group beside other questions. Give the group a page of its own."
            )
            yield Finding(message, place)
        if page.key in NO_PAGE_KEYS:
            yield Finding(f"Page “{page.title}” cannot have the key “{page.key}”. Give it another.", place)


def _questions(schema: FormSchema) -> Iterator[Finding]:
    for place, question in everything(schema):
        yield from (Finding(message, place) for message in _question(question))


def _question(question: Question) -> Iterator[str]:
    if question.kind not in kind_names():
        yield f"“{question.label or question.key}” is of a kind that does not exist: {question.kind}."
        return
    if question.kind != "information" and not question.label:
        yield f"The question with the key “{question.key}” has no words."
    if question.kind in CHOOSING:
        codes = [choice.code for choice in question.choices]
        if (len(codes) < 2 and question.kind != "checkboxes") or not codes:
            yield f"“{question.label}” offers nothing to choose from."
        if len(set(codes)) < len(codes):
            yield f"“{question.label}” has the same code for two answers."
    if question.kind == "repeat" and not any(map(answerable, question.questions)):
        yield f"“{question.label}” repeats nothing. Add a question to the group."
    yield from settings(question)


def _read(condition: Condition) -> set[str]:
    return {test.question for test in condition.tests} | {test.other for test in condition.tests if test.other}


def _forward(schema: FormSchema) -> Iterator[Finding]:
    known = {question.key for question in schema.questions()}
    before: set[str] = set()
    for place, page in pages(schema):
        yield from _unasked(f"Page “{page.title}”", _read(page.show_if), before, known, place)
        yield from _forward_on(page, place, before, known)


def _forward_on(page: Page, place: Place, before: set[str], known: set[str]) -> Iterator[Finding]:
    for number, question in enumerate(page.questions):
        here = (*place, "questions", number)
        yield from _unasked(f"“{question.label or question.key}”", _read(question.show_if), before, known, here)
        inner: set[str] = set()
        names = {part.key for part in question.questions}
        for index, part in enumerate(question.questions):
            words = f"“{part.label}” in “{question.label}”"
            inside = (*here, "questions", index)
            yield from _unasked(words, _read(part.show_if), before | inner, known | names, inside)
            inner.add(part.key)
        before.add(question.key)


def _unasked(words: str, wanted: set[str], before: set[str], known: set[str], place: Place) -> Iterator[Finding]:
    for key in sorted(wanted - before):
        why = "which comes later" if key in known else "which is not in this form"
        yield Finding(f"{words} depends on “{key}”, {why}.", place)


def _acknowledge(schema: FormSchema) -> Iterator[Finding]:
    kinds = {question.key: question.kind for question in schema.questions()}
    if schema.acknowledge and kinds.get(schema.acknowledge) != "email":
        why = "is no email question" if schema.acknowledge in kinds else "is not in this form"
        yield Finding(f"The receipt is sent to “{schema.acknowledge}”, which {why}. Choose one, or send none.")


def _rules(schema: FormSchema) -> Iterator[Finding]:
    known = {question.key for question in schema.questions()}
    hidden = {question.key for question in schema.questions() if question.kind == "hidden"}
    for number, rule in enumerate(schema.rules):
        place = ("rules", number)
        for key in sorted(({rule.question} | _read(rule.refuse_if)) - known):
            yield Finding(f"The rule “{rule.message}” names “{key}”, which is not in this form.", place)
        if rule.question in hidden:
            yield Finding(f"The rule “{rule.message}” stands at a hidden value, where nobody sees it. Move it.", place)
        if not rule.refuse_if.tests:
            yield Finding(f"The rule “{rule.message}” would refuse every answer. Say when it refuses.", place)


def _changed_kinds(schema: FormSchema, published: Sequence[FormSchema]) -> Iterator[Finding]:
    """Also of a question that was gone for a while: answers to it may be stored."""
    kinds: dict[tuple[str, str], str] = {}
    for version in published:
        kinds |= _kinds(list(version.questions()))
    for place, group, question in _with_group(schema):
        kind = kinds.get((group, question.key), question.kind)
        if kind != question.kind and not any({kind, question.kind} <= alike for alike in INTERCHANGEABLE):
            message = (
                f"“{question.label}” was of another kind when it was published ({kind_label(kind)}). Answers are "
                f"stored under “{question.key}”: give the new question a new key."
            )
            yield Finding(message, place)


def _kinds(questions: list[Question], group: str = "") -> dict[tuple[str, str], str]:
    found = {(group, question.key): question.kind for question in questions}
    for question in questions:
        found |= _kinds(question.questions, question.key)
    return found


def _with_group(schema: FormSchema) -> Iterator[tuple[Place, str, Question]]:
    """Every question with the key of the repeat group it stands in, "" for none."""
    for place, question in asked(schema):
        yield place, "", question
        for number, part in enumerate(question.questions):
            yield (*place, "questions", number), question.key, part
