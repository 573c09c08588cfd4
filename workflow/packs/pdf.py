"""A pack as a tagged PDF (PDF/UA-1) for one reader. It is made in memory and kept nowhere."""

import json
from pathlib import Path
from typing import Any

from content.typesetting import INSTEAD, pdf_from, shown
from workflow.models import Pack
from workflow.packs.presenters import passages_to_read

TEMPLATE = Path(__file__).with_name("pack.typ").read_bytes()
NOTE = f"A character that this typeface does not have is shown as {INSTEAD}; on screen all can be read."


def pdf_of(pack: Pack, reader: str, area: str) -> bytes:
    """The finished pack, with the reader’s name on every page."""
    content = shown(_content(pack, reader, area))
    if INSTEAD in json.dumps(content, ensure_ascii=False):
        content["facts"].append(["About this copy", NOTE])
    return pdf_from(TEMPLATE, content)


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
