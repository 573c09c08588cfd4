"""The frame of every public page, and the area's words inside its text."""

import re
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar

from content.selectors import Frame, Link, current_link, frame

register = template.Library()
BRACKETS = re.compile(r"\[[a-z ]+\]")
PHONE_NUMBER = re.compile(r"[0-9 +()-]+")


@register.simple_tag
def site_frame() -> Frame:
    return frame()


@register.simple_tag(takes_context=True)
def site_header(context: dict[str, Any]) -> SafeString:
    """Name, search and menu, with the part of the site that this page is in marked in the menu."""
    path = context["request"].path if "request" in context else ""
    link = current_link(path)
    return _header(frame(), get_language(), link, "page" if link and link.url == path else "true")


@register.simple_tag
def site_footer() -> SafeString:
    return _footer(frame(), get_language())


@lru_cache(maxsize=64)
def _header(frame: Frame, _language: str, current: Link | None, current_is: str) -> SafeString:
    return render_to_string("cdop_content/header.html", {"frame": frame, "current": current, "current_is": current_is})


@lru_cache(maxsize=16)
def _footer(frame: Frame, _language: str) -> SafeString:
    return render_to_string("cdop_content/footer.html", {"frame": frame})


@register.simple_tag(takes_context=True)
def editor_bar(context: dict[str, Any]) -> SafeString | str:
    """Wagtail's bar for who is logged in. Anybody else is not even asked who they are, so that the page may be kept."""
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    return wagtailuserbar(context)


@register.filter
def area_words(text: str) -> SafeString:
    """Puts the area's own words where an editor wrote [area], [partners], [time limit] and so on."""
    html = conditional_escape(text)
    if "[" not in html:
        return html
    words = frame().area.words
    shown = BRACKETS.sub(lambda found: _shown(words.get(found[0], found[0])), html)
    return mark_safe(shown)  # noqa: S308 - both the text and the words are escaped


def _shown(words: str | SafeString) -> str:
    return conditional_escape(words).replace("\n", "<br>")


@register.filter
def phone_link(number: str) -> str:
    """The address that dials a number, or nothing when it is more than a number."""
    return f"tel:{re.sub(r'[^0-9+]', '', number)}" if PHONE_NUMBER.fullmatch(number) else ""
