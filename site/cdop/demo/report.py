"""An invented annual report, frozen and published, so that there is one to read."""

import uuid
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from exports.figures.years import ReportYear
from exports.models import AnnualReportPage
from exports.report.services import freeze_figures

SUMMARY = "Invented for demonstration. No child in it has lived."
WORDS = {
    "trends": "Invented for demonstration: this year more families heard from us within a week than the year before.",
    "learning": "Invented for demonstration: wards now say who rings the family, and when.",
    "effectiveness": "Invented for demonstration: most reviews ended within the time that the guidance gives.",
}
FIGURES = {"trends": (3, 4), "learning": (10, 18), "effectiveness": (14, 20)}
TITLES = {"trends": "The children who died", "learning": "What we learnt", "effectiveness": "How well reviews went"}


@transaction.atomic
def publish_report(by: User, chair: User) -> AnnualReportPage | None:
    """One for the year that runs, below the home page; None on a site that is not there yet."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or AnnualReportPage.objects.exists():
        return None
    year = ReportYear.of(timezone.localdate())
    home: Page = site.root_page
    page = home.add_child(
        instance=AnnualReportPage(
            title=f"Annual report {year}, invented",
            slug="annual-report",
            summary=SUMMARY,
            report_year=year.start,
            body=[_part(about, year.start) for about in WORDS],
            live=False,
        )
    )
    page.save_revision(user=by)
    freeze_figures(page, by)
    page.refresh_from_db()  # the newest version is the one that was frozen
    page.get_latest_revision().publish(user=chair)
    return page


def _part(about: str, year: int) -> dict[str, Any]:
    figures = [
        _block("figure", {"number": str(number), "first": year - 1, "last": year, "audience": "public"})
        for number in FIGURES[about]
    ]
    body = [_block("text", f"<p>{WORDS[about]}</p>"), *figures]
    return _block("part", {"about": about, "title": TITLES[about], "body": body})


def _block(kind: str, value: Any) -> dict[str, Any]:
    """With the name that the editor gives to every block."""
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}
