"""Invented reports, written as an editor would."""

import uuid
from typing import Any

from wagtail.models import Page, Site

from exports.models import AnnualReportPage

TEXT = {"type": "text", "value": "<p>Invented words.</p>"}


def named() -> str:
    """What the editor gives to every block."""
    return str(uuid.uuid4())


def figure(number: int = 1, audience: str = "public", first: int = 2024, last: int = 2024) -> dict[str, Any]:
    chosen = {"number": str(number), "first": first, "last": last, "audience": audience}
    return {"type": "figure", "id": named(), "value": chosen}


def part(about: str, *blocks: dict[str, Any]) -> dict[str, Any]:
    body = [{"id": named()} | block for block in blocks]
    return {"type": "part", "id": named(), "value": {"about": about, "title": f"About {about}", "body": body}}


def complete() -> list[dict[str, Any]]:
    """All that the guidance asks for."""
    numbers = {"trends": 4, "learning": 18, "effectiveness": 14}
    return [part(about, TEXT, figure(number)) for about, number in numbers.items()]


def the_rest() -> list[dict[str, Any]]:
    """What the guidance asks for beside trends."""
    return complete()[1:]


def report(*parts: dict[str, Any], **facts: Any) -> AnnualReportPage:
    """A draft of a report, below the home page."""
    home: Page = Site.objects.get(is_default_site=True).root_page
    facts = {"title": "Annual report 2024–25", "slug": "report", "report_year": 2024, "live": False} | facts
    page = AnnualReportPage(body=list(parts) or complete(), **facts)
    home.add_child(instance=page)
    page.save_revision()
    return page


def newest(page: AnnualReportPage) -> AnnualReportPage:
    return AnnualReportPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def with_another(page: AnnualReportPage, *parts: dict[str, Any]) -> AnnualReportPage:
    """The next draft, which has these parts too."""
    draft = newest(page)
    stream = draft.body.stream_block
    draft.body = stream.to_python([*draft.body.get_prep_value(), *parts])
    draft.save_revision()
    return newest(page)
