"""What the editor keeps of a form beside what is asked: links to shared lists, and the fate of unfinished answers."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from forms.codes import offered
from forms.exchange.findings import Editing, Finding, Understood
from forms.models import Form
from forms.schema import Choice, FormSchema, Question
from forms.stream import plain_pages

Listed = dict[str, list[dict[str, str]]]


def editing_of(form: Form, schema: FormSchema) -> Editing:
    """What goes with this schema of the form. A link whose list has other codes by now is left out."""
    asked = _by_name(schema)
    links: dict[str, list[str]] = defaultdict(list)
    for name, list_name in _links(plain_pages(form.pages)):
        if name in asked:
            links[list_name].append(name)
    here = _here(links)
    agreeing = {each: [name for name in names if _same(asked[name], here[each])] for each, names in links.items()}
    return Editing({each: names for each, names in agreeing.items() if names}, form.unfinished)


def with_lists(understood: Understood) -> Understood:
    """The same with the links alone whose list is here with the same codes, and a finding for each other."""
    given = understood.editing.lists
    if not given:
        return understood
    asked, here, findings = _by_name(understood.schema), _here(given), []
    kept: dict[str, list[str]] = defaultdict(list)
    for list_name, names in given.items():
        for name in names:
            agrees, message = _compared(asked.get(name), here.get(list_name))
            if agrees:
                kept[list_name].append(name)
            if message:
                findings.append(Finding(f"lists.{list_name}", f"{name}: {message}"))
    editing = Editing(dict(kept), understood.editing.unfinished)
    return Understood(understood.schema, [*understood.findings, *findings], understood.translations, editing)


def _compared(question: Question | None, codes: list[dict[str, str]] | None) -> tuple[bool, str]:
    """Whether a question can take its answers from a list with these codes, and what to say."""
    if question is None:
        return False, "It is not asked in this form."
    if not codes:
        return False, "There is no such list here; its answers are kept with the question."
    if not _same(question, codes):
        return False, "The list of this name has other codes here; its answers are kept with the question."
    same = [Choice.model_validate(code) for code in codes] == question.choices
    return True, "" if same else "The list here has other words or another order, which hold from now on."


def linked(pages: list[dict[str, Any]], editing: Editing) -> list[dict[str, Any]]:
    """FormSchema pages with the name of its list in each question that has a link, in the place of its answers."""
    lists = {name: list_name for list_name, names in editing.lists.items() for name in names}
    for name, question in _questions(pages):
        if name in lists:
            question |= {"list": lists[name], "choices": []}
    return pages


def _here(lists: Any) -> Listed:
    return offered(set(lists), timezone.localdate()) if lists else {}


def _same(question: Question, codes: list[dict[str, str]]) -> bool:
    always = not any(choice.show_if.tests for choice in question.choices)
    return always and {choice.code for choice in question.choices} == {code["code"] for code in codes}


def _links(pages: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    yield from ((name, question["list"]) for name, question in _questions(pages) if question.get("list"))


def _questions(pages: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every question as data, with its name: `key`, or `group.key` in a repeat group."""
    for page in pages:
        for question in page.get("questions", []):
            yield question["key"], question
            for part in question.get("questions", []):
                yield f"{question['key']}.{part['key']}", part


def _by_name(schema: FormSchema) -> dict[str, Question]:
    groups = list(schema.questions())
    parts = {f"{group.key}.{part.key}": part for group in groups for part in group.questions}
    return {group.key: group for group in groups} | parts
