"""Loads the messages and reminders that ship with the product: once, and never over an editor's work."""

from pathlib import Path

import yaml

from workflow.models import MessageTemplate, ReminderRule

FILE = Path(__file__).with_name("shipped.yaml")


def load_messages() -> int:
    """Add what is missing; how many. What is there is never changed, and removed reminders stay removed."""
    data = yaml.safe_load(FILE.read_text())
    made = 0
    for code, template in data["templates"].items():
        body = f"{template['body']}\n{data['signed']}"
        words = {"title": template["title"], "subject": template["subject"], "body": body}
        made += MessageTemplate.objects.get_or_create(code=code, defaults=words)[1]
    return made + (0 if ReminderRule.objects.exists() else _reminders(data["reminders"]))


def _reminders(rules: list[dict]) -> int:
    templates = {template.code: template for template in MessageTemplate.objects.all()}
    for rule in rules:
        ReminderRule.objects.create(days=rule["days"], to=rule["to"], template=templates[rule["template"]])
    return len(rules)
