"""A form with every kind of question whose own texts are marked, and how it is answered."""

from typing import Any

from forms.models import Form, FormPage, FormVersion
from forms.services import freeze
from tests.forms.making import page, publish
from tests.translating import mark, mark_area

CHOICES = [{"code": code, "label": mark(code), "hint": mark("hint")} for code in ("one", "two", "none")]
OPTIONS: dict[str, dict[str, Any]] = {
    "radios": {"choices": CHOICES},
    "select": {"choices": CHOICES},
    "lookup": {"choices": CHOICES},
    "checkboxes": {"choices": CHOICES},
    "grid": {"choices": CHOICES, "rows": [{"code": "row", "label": mark("row"), "hint": mark("hint")}]},
    "yes_no": {"unknown": ["not_applicable"]},
    "date": {"unknown": ["not_known", "not_applicable"]},
    "whole_number": {"minimum": 1, "maximum": 5, "unit": mark("days")},
    "decimal_number": {"minimum": 0.5, "maximum": 5, "decimal_places": 1},
    "short_text": {"max_length": 20, "unknown": ["not_known"]},
    "upload": {"file_types": ["pdf", "png", "docx"], "max_files": 2, "max_megabytes": 1},
    "information": {"body": f"<p>{mark('body')}</p>"},
    "heading": {"body": f"<p>{mark('body')}</p>"},
}
PART = {"__day": "2", "__month": "3", "__year": "2026", "__time": "14:05"}
ANSWERS: dict[str, dict[str, Any]] = {
    "radios": {"": "one"},
    "select": {"": "one"},
    "lookup": {"": "one"},
    "checkboxes": {"": ["one", "two"]},
    "grid": {"__row": "one"},
    "yes_no": {"": "not_applicable"},
    "declaration": {"": "yes"},
    "date": {"__unknown": "not_known"},
    "month_year": PART,
    "date_time": PART,
    "time": {"": "2.05pm"},
    "whole_number": {"": "3"},
    "decimal_number": {"": "0.5"},
    "short_text": {"": mark("words")},
    "long_text": {"": mark("words")},
    "full_name": {"": mark("Invented")},
    "email": {"": "person@invented.example"},
    "phone": {"": "01632 960 001"},
    "postcode": {"": "ZZ99 3WZ"},
    "nhs_number": {"": "999 000 0018"},
    "address": {"__line1": mark("1 Made Up Street"), "__town": mark("Nowhere")},
}
NOTHING_TO_TYPE = {"calculated", "hidden", "heading", "information", "repeat", "upload"}


def asked(kind: str, **options: Any) -> dict[str, Any]:
    texts = {"label": mark(kind), "help_text": mark("hint")} if kind not in ("information", "heading") else {}
    return {"kind": kind, "key": kind} | texts | OPTIONS.get(kind, {}) | options


def answer_to(*kinds: str) -> dict[str, Any]:
    return {f"{kind}{part}": value for kind in kinds for part, value in ANSWERS.get(kind, {}).items()}


def marked_page(key: str, *questions: dict[str, Any]) -> dict[str, Any]:
    return page(key, *questions, title=mark(key), intro=f"<p>{mark('intro')}</p>")


def publish_marked(*pages: dict[str, Any], **form: Any) -> FormVersion:
    """Publish a form at /small/ with everything an editor wrote marked."""
    mark_area()
    publish(*pages, title=mark("form"))
    texts = {"declaration": mark("I declare"), "confirmation": f"<p>{mark('Thank you')}</p>"}
    Form.objects.update(**texts | form)
    FormPage.objects.update(title=mark("Start"), summary=mark("summary"), owner_role=mark("team"))
    return freeze(Form.objects.get(slug="small"))
