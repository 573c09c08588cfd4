"""Loads the messages and reminders that ship with the product: once, and never over an editor's work."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from workflow.models import MessageTemplate, ReminderRule

FILE = Path(__file__).with_name("shipped.yaml")


def load_messages() -> int:
    """Add what is missing; how many. What is there is never changed, and removed reminders stay removed."""
    data = _shipped()
    there = set(MessageTemplate.objects.values_list("code", flat=True))
    missing = {code: words for code, words in data["templates"].items() if code not in there}
    MessageTemplate.objects.bulk_create(
        MessageTemplate(code=code, **words | {"body": f"{words['body']}\n{data['signed']}"})
        for code, words in missing.items()
    )
    return len(missing) + (0 if ReminderRule.objects.exists() else _reminders(data["reminders"]))


@cache
def _shipped() -> dict[str, Any]:
    return yaml.safe_load(FILE.read_text())


def _reminders(rules: list[dict]) -> int:
    templates = {template.code: template for template in MessageTemplate.objects.all()}
    for rule in rules:
        ReminderRule.objects.create(days=rule["days"], to=rule["to"], template=templates[rule["template"]])
    return len(rules)
