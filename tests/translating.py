"""A language in which every word of ours is marked: what is drawn without a mark cannot be translated."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Comment, Doctype, Tag
from django.utils.translation.trans_real import DjangoTranslation
from wagtail.models import Site

from content.models import AreaSettings

LANGUAGE = "ar"
SPOKEN = ("alt", "aria-label", "data-lookup", "placeholder", "title")
# What nobody translates, by why.
SAME_EVERYWHERE = {
    "an address": r"\S+@\S+|https?://\S+",
    "a reference": r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b",
    "a code to come back with": r"\b[CDFGHJKMNPQRTVWXY34679]{6}\b",
    "a postcode": r"\bZZ99 3WZ\b",
    "between a date and a time": r"(?<=[0-9])T(?=[0-9])",
}


def mark(text: str) -> str:
    return f"⟦{text}⟧"


def speak_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mark every text that goes through gettext, whichever language a screen chooses."""
    monkeypatch.setattr(DjangoTranslation, "gettext", lambda self, text: mark(text.split("\x04")[-1]))
    monkeypatch.setattr(
        DjangoTranslation, "ngettext", lambda self, one, many, number: mark(one if number == 1 else many)
    )


def mark_area(**changes: str) -> None:
    """Mark what the settings of the area say on public pages."""
    words = {name: mark(name) for name in ("area_name", "partners", "hours", "reply_time", "out_of_hours")}
    words |= {"phone": "01223 000 000", "data_protection_contact": "", "rapid_review_contact": ""}
    AreaSettings.objects.update_or_create(site=Site.objects.get(is_default_site=True), defaults=words | changes)


def unmarked(response: Any) -> list[str]:
    """The words that a visitor sees or hears on a page and that stand outside every mark."""
    assert response.content, "nothing was drawn"
    soup = BeautifulSoup(response.content, "html.parser")
    for tag in soup.select("script, style, textarea"):  # what a person typed is theirs
        tag.clear()
    spoken = [value for tag in soup.find_all(True) for value in _spoken(tag)]
    texts = (node for node in soup.find_all(string=True) if not isinstance(node, Comment | Doctype))
    return [words for text in ("\n".join(texts), *spoken) for words in outside(text)]


def _spoken(tag: Tag) -> list[str]:
    names = [name for name in tag.attrs if name in SPOKEN or name.startswith("data-i18n.")]
    description = [tag["content"]] if tag.name == "meta" and tag.get("name") == "description" else []
    return [tag[name] for name in names] + description


def outside(text: str) -> list[str]:
    """The words outside marks, which may stand within each other, but for what is the same everywhere."""
    depth, left = 0, []
    for letter in text:
        depth += letter == "⟦"
        left.append(" " if depth else letter)
        depth -= letter == "⟧"
    assert depth == 0, "a mark was cut"
    plain = re.sub("|".join(SAME_EVERYWHERE.values()), " ", "".join(left))
    return [line.strip() for line in plain.splitlines() if re.search(r"[^\W\d_]", line)]
