"""A pack as a tagged PDF (PDF/UA-1) for one reader. It is made in memory and kept nowhere."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import typst

from workflow.models import Pack
from workflow.packs.presenters import passages_to_read

TEMPLATE = Path(__file__).with_name("pack.typ").read_bytes()
# What the typefaces that come with Typst can show for certain. A PDF/UA may hold no character without a shape.
NOT_SHOWN = re.compile(
    "[^\n\x20-\x7e\xa0-\xac\xae-\u04ff\u1e00-\u1eff\u2010-\u2027\u2030-\u2040\u2070-\u20bf\u2190-\u22ff\u2500-\u25ff]"
)
INSTEAD = "\ufffd"
NOTE = f"A character that this typeface does not have is shown as {INSTEAD}; on screen all can be read."


def pdf_of(pack: Pack, reader: str, area: str) -> bytes:
    """The finished pack, with the reader’s name on every page."""
    content = _shown(_content(pack, reader, area))
    if INSTEAD in json.dumps(content, ensure_ascii=False):
        content["facts"].append(["About this copy", NOTE])
    return typst.compile(
        TEMPLATE,
        format="pdf",
        sys_inputs={"pack": json.dumps(content)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )


def _content(pack: Pack, reader: str, area: str) -> dict[str, Any]:
    heading = pack.heading
    return {
        "title": f"Case {pack.case.reference}: anonymised pack",
        "area": area,
        "reader": reader,
        "facts": [["Age at death", heading["age"]], ["Sex", heading["sex"]], ["Pack", str(pack.number)]],
        "sections": [
            {
                "title": section,
                "answers": [
                    {"label": each.label, "words": each.shown, "source": each.source or " "} for each in passages
                ],
            }
            for section, passages in passages_to_read(pack)
        ],
    }


def _shown(content: Any) -> Any:
    """The same with every text as it can be shown."""
    if isinstance(content, dict):
        return {name: _shown(each) for name, each in content.items()}
    if isinstance(content, list):
        return [_shown(each) for each in content]
    return NOT_SHOWN.sub(INSTEAD, unicodedata.normalize("NFC", content))
