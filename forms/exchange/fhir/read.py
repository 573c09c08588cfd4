"""A form from a FHIR R4 Questionnaire."""

from collections.abc import Iterator
from typing import Any

from forms.exchange.canonical import canonical
from forms.exchange.fhir import enabling
from forms.exchange.fhir.losses import native
from forms.exchange.fhir.questions import Item, control, extension, is_hidden, question_of, read_sets
from forms.exchange.fhir.terms import DATA_ITEM, FORM, MAX_OCCURS, MIN_OCCURS, NOTE
from forms.exchange.findings import Finding, Understood, Unreadable, refuse
from forms.exchange.foreign import Names, slug_of
from forms.exchange.notes import read_note, restore
from forms.exchange.own import load
from forms.exchange.pages import Pages
from forms.schema import Condition, FormSchema, Question

DEEPEST = 12


def read(data: bytes) -> Understood:
    """The form in a Questionnaire, with a finding for everything that has no counterpart here.

    Raises:
        Unreadable: no JSON, no Questionnaire, items without a linkId, or one linkId twice.
    """
    resource = load(data)
    if not isinstance(resource, dict) or resource.get("resourceType") != "Questionnaire":
        raise refuse("This is not a FHIR Questionnaire.", "resourceType")
    findings: list[Finding] = []
    walk = Walk(resource, findings)
    for number, item in enumerate(_list(resource, "item", "")):
        walk.item(item, f"item[{number}]")
    if not walk.built.pages:
        raise Unreadable(*findings, Finding("item", "No question was understood."))
    identifiers = [each.get("value", "") for each in _list(resource, "identifier", "") if each.get("system") == FORM]
    title = str(resource.get("title") or resource.get("name") or "Imported form")
    slug = slug_of([*identifiers, str(resource.get("name") or ""), str(resource.get("id") or ""), title], findings)
    schema = canonical(FormSchema(slug=slug, title=title, pages=walk.built.pages))
    notes = [_note(resource, "extension", findings), *walk.built.notes]
    restored, changed = restore(schema, notes, native)
    return Understood(canonical(restored), findings + changed)


class Walk:
    """Goes through the items once; keys for all linkIds are known before, since conditions may read any of them."""

    def __init__(self, resource: Item, findings: list[Finding]) -> None:
        self.findings = findings
        self.built = Pages(findings)
        self.sets = read_sets(resource)
        self.keys: dict[str, str] = {}
        self.outer, self.inner = Names(), Names()
        self._name(_list(resource, "item", ""), "", "")

    def _name(self, items: list[Item], path: str, group: str, depth: int = 0) -> None:
        """A key for every item that asks something; members of a group of ours lose the group’s name in front."""
        if depth > DEEPEST:
            raise refuse("The items are nested too deeply.", path)
        for number, item in enumerate(items):
            place = f"{path}.item[{number}]".lstrip(".")
            link = item.get("linkId")
            if not isinstance(link, str) or not link:
                raise refuse("An item has no linkId.", place)
            if link in self.keys:
                raise refuse(f"The linkId “{link}” stands twice.", place)
            self.keys[link] = ""
            repeats = item.get("type") == "group" and bool(item.get("repeats"))
            if not is_help(item) and (item.get("type") != "group" or repeats):
                names = self.inner if group else self.outer
                self.keys[link] = names.key(link.removeprefix(f"{group}."), place, self.findings)
            if repeats and not group:
                self.inner = Names()
            self._name(_list(item, "item", place), place, group or (link if repeats else ""), depth + 1)

    def item(self, item: Item, place: str) -> None:
        if is_hidden(item) and item.get("type") in ("group", "display", "attachment"):
            self.findings.append(Finding(place, "It is hidden elsewhere; here it is shown."))
        if is_help(item):
            self.built.introduce(str(item.get("text", "")))
        elif item.get("type") == "group":
            self._group(item, place)
        else:
            self._question(item, place)

    def _group(self, item: Item, place: str) -> None:
        title, condition = str(item.get("text") or item["linkId"]), self._condition(item, place)
        note = _note(item, place, self.findings)
        if item.get("repeats"):
            words, children = helped(item, place)
            fields: dict[str, Any] = {"label": title, "item_title": title, "help_text": words, "item": item_code(item)}
            group = Question(kind="repeat", key=self.keys[item["linkId"]], sensitivity="I", show_if=condition, **fields)
            opened = self.built.open_repeat(group.model_copy(update=self._occurs(item)), place, note)
            for child, where in children:
                self.item(child, where)
            if opened:
                self.built.close_repeat()
            return
        self.built.open_group(item["linkId"], title, condition, place, note)
        for child, where in _children(item, place):
            self.item(child, where)
        self.built.close_group()

    def _occurs(self, item: Item) -> dict[str, Any]:
        fewest, most = extension(item, MIN_OCCURS, "valueInteger"), extension(item, MAX_OCCURS, "valueInteger")
        fields: dict[str, Any] = {"required": "mandatory"} if item.get("required") else {}
        fields |= {"min_items": fewest} if isinstance(fewest, int) else {}
        return fields | ({"max_items": most} if isinstance(most, int) else {})

    def _question(self, item: Item, place: str) -> None:
        words, children = helped(item, place)
        question = question_of(item, self.keys[item["linkId"]], self.sets, place, self.findings)
        if question is not None:
            fields: dict[str, Any] = {"show_if": self._condition(item, place)}
            if question.kind != "information":
                fields |= {"help_text": words, "item": item_code(item)}
            self.built.add(question.model_copy(update=fields), _note(item, place, self.findings))
        for child, where in children:
            self.findings.append(Finding(where, "A question below a question is asked after it, on its own condition."))
            self.item(child, where)

    def _condition(self, item: Item, place: str) -> Condition:
        try:
            return enabling.read(item, {link: key for link, key in self.keys.items() if key})
        except enabling.NotUnderstood as problem:
            message = f"The condition was left out, so this is always asked. {problem}."
            self.findings.append(Finding(place, message))
            return Condition()


def is_help(item: Item) -> bool:
    return item.get("type") == "display" and control(item) == "help"


def helped(item: Item, place: str) -> tuple[str, list[tuple[Item, str]]]:
    """The words of an item’s help, and its other children with their places."""
    children = list(_children(item, place))
    words = [str(child.get("text", "")) for child, _ in children if is_help(child)]
    return " ".join(words), [(child, where) for child, where in children if not is_help(child)]


def item_code(item: Item) -> str:
    return next((str(code.get("code", "")) for code in _list(item, "code", "") if code.get("system") == DATA_ITEM), "")


def _children(item: Item, place: str) -> Iterator[tuple[Item, str]]:
    for number, child in enumerate(_list(item, "item", place)):
        yield child, f"{place}.item[{number}]"


def _list(item: Item, name: str, place: str) -> list[Item]:
    """A list of objects; Unreadable when it is something else."""
    found = item.get(name) or []
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise refuse(f"“{name}” must be a list of objects.", f"{place}.{name}".lstrip("."))
    return found


def _note(item: Item, place: str, findings: list[Finding]) -> dict[str, Any]:
    return read_note(str(extension(item, NOTE, "valueString") or ""), place, findings)
