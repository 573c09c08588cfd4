"""Tagged PDFs (PDF/UA-1) by Typst: what people wrote goes in as JSON and is set as text, never read as markup."""

import json
import re
import unicodedata
from typing import Any

import typst

# What the typefaces that come with Typst can show for certain. A PDF/UA may hold no character without a shape.
NOT_SHOWN = re.compile(
    "[^\n\x20-\x7e\xa0-\xac\xae-\u04ff\u1e00-\u1eff\u2010-\u2027\u2030-\u2040\u2070-\u20bf\u2190-\u22ff\u2500-\u25ff]"
)
INSTEAD = "\ufffd"


class CannotBeSet(Exception):
    """Typst refused it. What it says may repeat what was written, and goes nowhere."""


def pdf_from(template: bytes, content: dict[str, Any]) -> bytes:
    """The template reads `sys.inputs.content`. Pass it through `shown` first.

    Raises:
        CannotBeSet: it breaks PDF/UA-1, or the template.
    """
    try:
        return typst.compile(
            template,
            format="pdf",
            sys_inputs={"content": json.dumps(content)},
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
        )
    except typst.TypstError:
        raise CannotBeSet from None


def shown(content: Any) -> Any:
    """The same with every text as it can be shown; what cannot be has `INSTEAD` in its place."""
    if isinstance(content, dict):
        return {name: shown(each) for name, each in content.items()}
    if isinstance(content, list):
        return [shown(each) for each in content]
    if not isinstance(content, str):
        return content
    return NOT_SHOWN.sub(INSTEAD, unicodedata.normalize("NFC", content))
