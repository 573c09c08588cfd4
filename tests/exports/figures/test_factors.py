"""Factors as panels noted them: in how many reviews, from analyses that were filled in, sent and signed."""

import datetime as dt

import pytest
from django.utils import timezone

from exports.disclosure import Cell
from exports.figures.registry import FIGURES
from exports.figures.years import Asked, ReportYear
from tests.workflow.analyses.writing import ANOTHER, FACTOR, go, held, publish, written
from tests.workflow.reviewing import review
from workflow.analyses.signing import sign
from workflow.outbox.shipped import load_messages

pytestmark = pytest.mark.django_db
TWICE = FACTOR | {"description": "Example eczema."}


@pytest.fixture
def analysed(case, person):
    """A review whose panel noted a chronic condition on two lines, and communication on one."""
    publish()
    load_messages()
    coordinator, chair = person("Coordinator"), person("Panel chair")
    case = review(case, coordinator, chair, until="record_cdrm")
    written(case, "cdrm", coordinator)
    for name in ("check_quality", "quality_checked", "schedule_panel"):
        case = go(case, name, coordinator, chair)
    case = held(case, coordinator, chair)
    return written(case, "panel", coordinator, factors=[FACTOR, TWICE, ANOTHER], agencies_present=["gp", "police"])


def noted(asked: Asked | None = None) -> list[dict[str, int]]:
    """For each table of figure 12, what was noted how often."""
    year = ReportYear.of(timezone.localdate()).start
    tables = FIGURES[12].result(asked or Asked(year, year)).tables
    return [{row: table.counts[Cell(row, "Noted")] for row in table.rows} for table in tables]


def test_a_factor_counts_once_for_each_review_however_many_lines_it_has(analysed, person):
    sign(analysed, person("Panel chair"))
    domains, codes = noted()
    assert sorted(domains.values(), reverse=True) == [1, 1, 0, 0]
    assert [(label[:4], often) for label, often in codes.items()] == [("A – ", 1), ("D – ", 1)]


def test_what_no_chair_has_signed_counts_for_nothing(analysed):
    assert noted() == []


def test_a_review_of_another_year_is_not_in_it(analysed, person):
    sign(analysed, person("Panel chair"))
    year = ReportYear.of(timezone.localdate() - dt.timedelta(days=366)).start
    assert noted(Asked(year - 1, year - 1)) == []
