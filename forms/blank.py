"""A page of questions on which nothing was entered yet: drawn once for each state of the site and
each language, then only filled in."""

import re
import secrets
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from content.selectors import stamp
from forms.models.definition import definition_of
from forms.presenters import followable, show, show_together

# Stands in the drawn page where something differs from one person to the next.
MARK = secrets.token_hex(8)
SLOT = re.compile(f"{MARK}_([a-z_]+)_{MARK}")


def blank_page(version_id: int, page_key: str, asked: tuple[str, ...], **values: Any) -> str:
    """The HTML of a page of a version that asks the questions with these keys. `values` go where the template says."""
    slots = tuple(name for name in values if values[name])
    parts = list(drawn(stamp(), get_language(), version_id, page_key, asked, slots))
    parts[1::2] = [str(values[name]) for name in parts[1::2]]
    return "".join(parts)


@lru_cache(maxsize=256)
def drawn(
    _stamp: str, _language: str, version_id: int, page_key: str, asked: tuple[str, ...], slots: tuple[str, ...]
) -> list[str]:
    """The page in pieces: HTML, name of a slot, HTML, … A version never changes, and the site's stamp is in the key."""
    schema = definition_of(version_id)
    page = next(page for page in schema.pages if page.key == page_key)
    here = followable(page.questions)
    context = {name: f"{MARK}_{name}_{MARK}" for name in slots} | {
        "form": schema,
        "page_of_form": page,
        "shown": show_together(
            [question for question in page.questions if question.key in asked],
            lambda question, inside: show(question, {}, "", here, inside),
        ),
        "takes_files": any(question.kind == "upload" for question in page.questions),
    }
    return SLOT.split(render_to_string("cdop_forms/page.html", context))
