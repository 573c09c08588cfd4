"""An editor at work: reads the edit page as a browser does, changes what is in it, and posts it back."""

import html
import json
import re
import uuid
from typing import Any

from django.test import Client
from django.urls import reverse

from forms.models import Form

STREAMS_AND_LISTS = ("pages", "rules", "triggers", "confirmation", "editors")
BLOCKS = re.compile(r'data-w-block-arguments-value="([^"]*)"')


class Editor:
    """The edit page of one form, open in a browser. `pages` and `rules` are what its script holds in memory."""

    def __init__(self, client: Client, form: Form) -> None:
        self.client = client
        self.form = form
        self.address = reverse("wagtailsnippets_cdop_forms_form:edit", args=[form.pk])
        self.open()

    def open(self) -> None:
        response = self.client.get(self.address)
        assert response.status_code == 200, response.status_code
        self.page = response.content.decode()
        self.pages, self.rules = (json.loads(html.unescape(found))[0] for found in BLOCKS.findall(self.page)[:2])
        shown = response.context["form"]
        names = [name for name in shown.fields if name not in STREAMS_AND_LISTS]
        self.texts = {name: shown[name].value() or "" for name in names}
        self.texts["confirmation"] = shown["confirmation"].field.widget.format_value(shown["confirmation"].value())

    def page_of_form(self, key: str) -> dict[str, Any]:
        return next(page["value"] for page in self.pages if page["value"]["key"] == key)

    def question(self, key: str) -> dict[str, Any]:
        questions = (each for page in self.pages for each in page["value"]["questions"])
        return next(each["value"] for each in questions if each["value"]["key"] == key)

    def add(self, page_key: str, kind: str, **answers: Any) -> None:
        """Add a question at the end of a page, as the “+” button and typing would."""
        block = {"type": kind, "id": str(uuid.uuid4()), "value": answers}
        self.page_of_form(page_key)["questions"].append(block)

    def remove(self, key: str) -> None:
        for page in self.pages:
            kept = [each for each in page["value"]["questions"] if each["value"]["key"] != key]
            page["value"]["questions"] = kept

    def save(self, action: str = "", **more: str) -> Any:
        """Press a button of the editor: "publish", "submit", or "" for Save draft."""
        pressed = {f"action-{action}": "yes"} if action else {}
        return self.client.post(self.address, self.posted() | pressed | more)

    def posted(self) -> dict[str, str]:
        return self.texts | _posted("pages", self.pages) | _posted("rules", self.rules) | _posted("triggers", [])

    def refusals(self, action: str = "publish") -> str:
        """What the editor is told when the form cannot be published; fails when it was."""
        response = self.save(action)
        assert response.status_code == 200, "published"
        return " ".join(map(str, response.context["form"].non_field_errors()))


def _posted(name: str, blocks: list[dict[str, Any]]) -> dict[str, str]:
    data = {f"{name}-count": str(len(blocks))}
    for index, block in enumerate(blocks):
        place = f"{name}-{index}"
        data |= {f"{place}-deleted": "", f"{place}-order": str(index)}
        data |= {f"{place}-type": block["type"], f"{place}-id": block["id"]}
        data |= _value(f"{place}-value", block)
    return data


def _value(place: str, block: dict[str, Any]) -> dict[str, str]:
    """Pages are posted folded, as one field; rules are drawn, with a name for every input."""
    if block["type"] == "page":
        return {place: json.dumps(block["value"])}
    rule = block["value"]
    data = {f"{place}-{name}": rule[name] for name in ("message", "question")}
    data[f"{place}-refuse_if-join"] = rule["refuse_if"]["join"][0]
    tests = rule["refuse_if"]["tests"]
    data[f"{place}-refuse_if-tests-count"] = str(len(tests))
    for index, test in enumerate(tests):
        inner = f"{place}-refuse_if-tests-{index}"
        data |= {f"{inner}-deleted": "", f"{inner}-order": str(index), f"{inner}-id": test["id"]}
        for name, value in test["value"].items():
            data[f"{inner}-value-{name}"] = (value[0] if isinstance(value, list) else value) or ""
    return data
