"""The figures worked out from cases, and the page that shows them, exactly or for the public."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exports.disclosure.rule import Rule
from exports.models import NcmdFigure
from exports.ncmd.indicators.declared import INDICATORS
from exports.ncmd.indicators.picture import HEIGHT, WIDTH, picture
from exports.ncmd.indicators.presenters import report
from exports.ncmd.indicators.services import work_out, work_out_daily
from forms.services import receive
from tests.exports.ncmd.returning import accepted_case, go, until
from tests.exports.test_datasets import exported
from tests.notifying import days_ago, invented_answers
from tests.workflow.asking import ask, publish_forms
from workflow import services as workflow
from workflow.models import Case, InformationRequest

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
USUAL = Rule()
PAGE = "/admin/exports/ncmd/indicators/"


def figure(indicator, group="", span="year"):
    found = NcmdFigure.objects.filter(indicator=indicator, group=group, span=span).last()
    return found and (found.part, found.base)


def made(indicator, period, part, base, group="", span="year", median=None):
    return NcmdFigure.objects.create(
        indicator=indicator, group=group, span=span, period=period, part=part, base=base,
        median=median, lower=median, upper=median, worked_out_at=timezone.now(),
    )  # fmt: skip


def shown(indicator, audience, span="year", rule=USUAL):
    block = next(
        (
            each
            for each in report(NcmdFigure.objects.all(), span, audience, rule).blocks
            if each.indicator.code == indicator
        ),
        None,
    )
    return block and {period: text for row in block.rows for period, text in row.cells}


def test_a_case_is_counted_with_what_is_known_of_it(due):
    go(due, "notification", "send")
    work_out()
    assert figure("deaths") == (1, 1)
    assert figure("complete", "sex") == (1, 1)
    assert figure("complete", "ethnicity") == (0, 1)
    assert figure("complete", "nhs_number") == (1, 1)


def test_a_review_is_counted_once_the_panel_has_made_it(case):
    until(case, "record_panel")
    work_out()
    assert figure("reviews") == (1, 1)
    assert NcmdFigure.objects.get(indicator="death_to_panel", span="year").base == 1


def test_a_case_that_is_not_reviewed_here_is_not_counted(due, person):
    coordinator = person("Coordinator")
    workflow.decide_scope(due, coordinator, in_scope=False, reason_code="not_resident")
    workflow.confirm_scope(due, person("Designated doctor"))
    workflow.move(due, "rule_out", coordinator, reason="Invented.")
    work_out()
    assert figure("deaths") is None


@pytest.mark.parametrize(("due_in", "wanted"), [(-3, (0, 1)), (3, None)])
def test_an_answer_is_late_once_its_day_has_passed(due, person, due_in, wanted):
    publish_forms()
    kind = ask(due, person("Coordinator")).agency.kind
    InformationRequest.objects.update(due_on=timezone.localdate() + dt.timedelta(days=due_in))
    work_out()
    assert figure("requests_on_time", kind) == wanted


def test_working_them_out_again_replaces_them_and_is_done_once_a_day(due):
    assert work_out_daily() == work_out() == NcmdFigure.objects.count()
    assert work_out_daily() == 0
    NcmdFigure.objects.update(worked_out_at=timezone.now() - dt.timedelta(hours=21))
    assert work_out_daily() == NcmdFigure.objects.count()


def test_working_them_out_takes_as_many_queries_for_many_cases_as_for_one(due, notification):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            work_out()
        return len(captured)

    queries()
    one = queries()
    for _ in range(3):
        received = receive(notification, invented_answers(child_family_name="Madeup"))
        accepted_case(Case.objects.get(submissions__submission=received))
    assert queries() == one


def test_partners_read_exact_figures():
    made("modifiable", "2025-26", 3, 4)
    made("deaths", "2025-26", 2, 2)
    made("death_to_panel", "2025-26", 0, 1, median=120)
    assert shown("modifiable", "partners") == {"2025-26": "75% (3 of 4)"}
    assert shown("deaths", "partners") == {"2025-26": "2"}
    assert shown("death_to_panel", "partners") == {"2025-26": "120 (120 to 120; 1 death)"}


def test_the_public_reads_no_small_number_and_none_that_gives_one_away():
    for period, part in (("2023-24", 30), ("2024-25", 2), ("2025-26", 28)):
        made("modifiable", period, part, 40)
        made("deaths", period, part, part)
    assert shown("modifiable", "public")["2024-25"] == "*"
    assert shown("modifiable", "public")["2023-24"] in ("*", "75% (30 of 40)")
    assert shown("deaths", "public")["2024-25"] == "*"
    made("death_to_panel", "2025-26", 0, 19, median=120)
    assert shown("death_to_panel", "public")["2025-26"] == "*"


def test_the_public_reads_large_numbers():
    made("modifiable", "2025-26", 30, 60)
    made("death_to_panel", "2025-26", 0, 20, median=120)
    assert shown("modifiable", "public") == {"2025-26": "50% (30 of 60)"}
    assert shown("death_to_panel", "public") == {"2025-26": "120"}


def test_the_public_reads_years_alone_and_not_what_differences_would_give_away():
    made("modifiable", "2025-26 Q1", 30, 60, span="quarter")
    made("reviewed_first", "2025-26", 30, 60)
    assert report(NcmdFigure.objects.all(), "quarter", "public", USUAL).periods == ["2025-26"]
    assert shown("reviewed_first", "public") is None
    assert shown("reviewed_first", "partners")


def test_a_share_whose_base_leaves_few_of_all_is_hidden_from_the_public():
    made("reviews", "2025-26", 63, 63)
    made("modifiable", "2025-26", 30, 60)
    assert shown("modifiable", "public") == {"2025-26": "*"}
    assert shown("modifiable", "partners") == {"2025-26": "50% (30 of 60)"}


def test_the_newest_periods_are_shown():
    for year in range(2010, 2026):
        made("deaths", f"{year}-{year + 1 - 2000}", 9, 9)
    assert report(NcmdFigure.objects.all(), "year", "partners", USUAL).periods[-1] == "2025-26"
    assert len(report(NcmdFigure.objects.all(), "year", "partners", USUAL).periods) == 6


def test_a_picture_is_of_what_is_shown_and_within_its_frame():
    drawn = picture(INDICATORS["modifiable"], ["a", "b", "c"], {"a": 100, "c": 25})
    assert [bar.height for bar in drawn.bars] == [HEIGHT, 0, HEIGHT / 4]
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH and bar.y + bar.height == HEIGHT for bar in drawn.bars)
    assert picture(INDICATORS["modifiable"], ["a", "b"], {"a": 50}) is None
    assert picture(INDICATORS["deaths"], ["a", "b"], {"a": 0, "b": 0}).bars[0].height == 0


def test_what_is_hidden_has_no_bar():
    for period, part in (("2023-24", 30), ("2024-25", 2), ("2025-26", 0)):
        made("deaths", period, part, part)
    block = next(
        each
        for each in report(NcmdFigure.objects.all(), "year", "public", USUAL).blocks
        if each.indicator.code == "deaths"
    )
    hidden = {period for row in block.rows for period, text in row.cells if text == "*"}
    assert "2024-25" in hidden
    assert not block.picture or all(bar.height == 0 for bar in block.picture.bars if bar.period in hidden)


def test_the_page_shows_them_and_works_them_out_again(client, person, notification, roles):
    """Of a death two days ago the 48 hours may still run."""
    died = receive(notification, invented_answers(died=days_ago(9)))
    accepted_case(Case.objects.get(submissions__submission=died))
    client.force_login(person("Analyst"))
    before = client.get(PAGE).content.decode()
    assert "Not worked out yet." in before
    assert "With NCMD in time" not in before
    text = client.post(PAGE, follow=True).content.decode()
    assert "Worked out anew." in text
    assert "With NCMD in time: 48 hours" in text
    for choice in ("?by=quarter", "?for=public", "?by=nonsense&for=nobody"):
        assert client.get(f"{PAGE}{choice}").status_code == 200


def test_a_trend_is_a_picture_with_a_name(client, person):
    made("modifiable", "2024-25", 30, 60)
    made("modifiable", "2025-26", 40, 60)
    client.force_login(person("Analyst"))
    text = client.get(PAGE).content.decode()
    assert 'role="img" aria-label="Modifiable factors identified: bars' in text
    assert text.count("<rect") == 2


def test_the_page_takes_one_query_more_for_no_number_of_figures(client, person):
    client.force_login(person("Analyst"))

    def queries():
        client.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    made("deaths", "2025-26", 9, 9)
    few = queries()
    for indicator in INDICATORS:
        for year in ("2023-24", "2024-25"):
            made(indicator, year, 9, 9, median=1)
    assert queries() == few


@pytest.mark.parametrize("role", ["Panel chair", "Designated doctor", "Information governance"])
def test_others_do_not_open_or_work_them_out(client, person, role):
    client.force_login(person(role))
    assert client.get(PAGE).status_code == 302
    assert client.post(PAGE).status_code == 302
    assert not NcmdFigure.objects.exists()


def test_they_leave_as_a_dataset_that_names_no_case(due):
    work_out()
    rows = exported("ncmd_indicators")
    assert len(rows) == NcmdFigure.objects.count()
    assert {"indicator": "deaths", "span": "year", "part": "1", "base": "1"}.items() <= next(
        row for row in rows if (row["indicator"], row["span"]) == ("deaths", "year")
    ).items()
    assert due.reference not in str(rows)


@pytest.mark.parametrize("indicator", [each.code for each in INDICATORS.values() if each.kind != "count"])
@pytest.mark.parametrize("audience", ["partners", "public"])
def test_of_nothing_no_share_and_no_days_are_told(indicator, audience):
    made(indicator, "2025-26", 0, 0, median=0)
    assert set((shown(indicator, audience) or {"": "–"}).values()) <= {"–", "*"}


def test_a_stricter_rule_hides_more_and_rounds():
    for period, part in (("2024-25", 32), ("2025-26", 41)):
        made("deaths", period, part, part)
    assert shown("deaths", "public") == {"2024-25": "32", "2025-26": "41"}
    assert shown("deaths", "public", rule=Rule(rounding=5)) == {"2024-25": "30", "2025-26": "40"}
    assert set(shown("deaths", "public", rule=Rule(threshold=40)).values()) == {"*"}
    assert shown("deaths", "partners", rule=Rule(threshold=40)) == {"2024-25": "32", "2025-26": "41"}
