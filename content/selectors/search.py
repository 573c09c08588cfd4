"""Which pages a visitor finds."""

import re
from typing import Any

from wagtail.models import Page, PageQuerySet, Site

PAGE_SIZE = 10
MOST_WORDS = 12


def find_pages(text: str) -> Any:
    """Published public pages with every word that was asked for; if there is none, those with any. Best first.

    A word is found by its beginning, so that "bereave" finds "bereavement" and "funerals" finds "funeral".
    """
    words = " ".join(_beginnings(text))
    if not words:
        return []
    found = _public_pages().autocomplete(words, operator="and")
    return found if found.count() else _public_pages().autocomplete(words, operator="or")


def _beginnings(text: str) -> list[str]:
    words = re.findall(r"\w+", text)[:MOST_WORDS]
    return [word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words]


def _public_pages() -> PageQuerySet:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    pages = Page.objects.live().public().defer_streamfields().specific()
    return pages.descendant_of(site.root_page, inclusive=True) if site else pages.none()
