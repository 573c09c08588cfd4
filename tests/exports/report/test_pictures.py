"""The pictures of a report: drawn at the freeze, shown on its page, given to other programs; and partners’ reading."""

import base64
import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exports.imports.services import lists
from exports.models import FrozenFigure
from exports.report.services import freeze_figures
from forms.models import AuditEntry
from tests.exports.figures.counting import child
from tests.exports.imports.test_lists import brought
from tests.exports.report.writing import TEXT, figure, newest, part, report, the_rest
from workflow.roles import ROLES

pytestmark = pytest.mark.django_db
LIST = "/api/v1/reports"


def chart_of(number: int, table: int = 1, year: int = 2024) -> str:
    return f"{LIST}/{year}/figures/{number}/charts/{table}"


@pytest.fixture
def draft(person):
    """Children who died at home, in two other places, and two at school; ages are for partners alone."""
    for place, number in {"home": 12, "neonatal_unit": 11, "hospice": 10, "school": 2}.items():
        for _ in range(number):
            child(place_of_death_type=place)
    page = report(part("trends", TEXT, figure(1), figure(8), figure(4), figure(3, audience="partners")), *the_rest())
    freeze_figures(page, person("Coordinator"))
    return newest(page)


@pytest.fixture
def published(draft):
    draft.get_latest_revision().publish()
    draft.refresh_from_db()
    return draft


def frozen(page, number: int) -> FrozenFigure:
    return FrozenFigure.objects.filter(freeze=page.freeze_id, number=number).first()


def source_of(figure: FrozenFigure) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(figure.picture(1)['svg'].encode()).decode()}"


# On the page


def test_a_picture_is_frozen_for_each_table_that_is_drawn(draft):
    figure = frozen(draft, 1)
    assert len(figure.pictures) == len(figure.reading.tables)
    assert figure.picture(1)["svg"].startswith("<svg")
    assert figure.picture(0) is figure.picture(99) is None


def test_a_figure_that_is_a_table_alone_has_none(draft):
    assert frozen(draft, 18).pictures == []


def test_the_page_shows_it_with_words_and_the_table_beside_it(client, published):
    figure = frozen(published, 1)
    page = client.get(published.url).content.decode()
    assert f'src="{source_of(figure)}" alt="{figure.picture(1)["words"]}"' in page
    assert "<caption>Children who died by year</caption>" in page


def test_who_approves_a_draft_sees_its_pictures(client, person, draft):
    client.force_login(person("Coordinator"))
    told = client.get(f"/admin/pages/{draft.pk}/view_draft/").content.decode()
    assert source_of(frozen(draft, 1)) in told


def test_a_small_number_is_in_no_picture(published):
    assert "not shown" in frozen(published, 8).picture(1)["svg"]
    values = json.dumps(frozen(published, 8).picture(1)["spec"])
    assert '"number": 2' not in values


def test_what_was_frozen_before_there_were_pictures_still_has_bars(client, person, monkeypatch):
    monkeypatch.setattr("exports.report.services.picture_now", lambda figure, table: None)
    for _ in range(12):
        child()
    page = report()
    freeze_figures(page, person("Coordinator"))
    newest(page).get_latest_revision().publish()
    told = client.get(page.url).content.decode()
    assert "cdop-figure__picture" not in told
    assert "cdop-bar" in told


def test_lines_are_drawn_live_in_the_report_and_for_partners(client, person, born):
    for year in (2023, 2024):
        for at in range(60):
            child(dt.date(year, 6, 1), age_group="0_27_days" if at % 2 else "1_4_years")
    page = report(part("trends", TEXT, figure(2, first=2023, last=2024)), *the_rest())
    freeze_figures(page, person("Coordinator"))
    newest(page).get_latest_revision().publish()
    picture = frozen(newest(page), 2).picture(1)
    assert picture["words"].startswith("Line chart")
    assert f'alt="{picture["words"]}"' in client.get(newest(page).url).content.decode()
    client.force_login(person("Coordinator"))
    for address in (partners(page), "/admin/exports/figures/2/?first=2023&last=2024&audience=partners"):
        assert 'alt="Line chart: Children who died before' in client.get(address).content.decode()
    assert client.get(f"{partners(page).rstrip('/')}.pdf").content.startswith(b"%PDF")


@pytest.fixture
def born(person):
    by = person("Administrator")
    rows = [[year, "E1", "", "9000"] for year in ("2023", "2024")]
    lists.use(brought("births", rows, by, "Births"), by)


# Over the API


def test_published_reports_are_listed_with_their_public_figures(client, published, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://reviews.example"
    found = client.get(LIST).json()
    assert found["count"] == 1
    only = found["items"][0]
    assert (only["year"], only["title"], only["extract"]) == (2024, published.title, str(published.freeze.extract))
    assert only["url"] == f"https://reviews.example{published.url}"
    assert [each["number"] for each in only["figures"]][:3] == [1, 8, 4]
    assert 3 not in [each["number"] for each in only["figures"]]


def test_a_chart_is_given_as_the_page_shows_it(client, published):
    answer = client.get(chart_of(1))
    assert answer.json() == frozen(published, 1).picture(1)["spec"]
    assert f'href="{chart_of(1)}"' in client.get(published.url).content.decode()


def test_a_draft_is_not_given(client, draft):
    assert client.get(LIST).json() == {"items": [], "count": 0}
    assert client.get(chart_of(1)).status_code == 404


def test_what_the_public_is_not_to_see_is_not_given(client, published):
    for address in (chart_of(3), chart_of(18), chart_of(1, table=9), chart_of(1, year=2023)):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_withdrawn_report_is_not_given_any_more(client, published):
    published.unpublish()
    assert client.get(chart_of(1)).status_code == 404


def test_the_list_asks_few_queries_for_each_report(client, published):
    client.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        client.get(LIST)
    assert len(asked) < 10


# For partners


def partners(page) -> str:
    return f"/admin/exports/reports/{page.pk}/partners/"


def test_partners_read_every_figure_with_true_numbers(client, person, published):
    client.force_login(person("Coordinator"))
    told = client.get(partners(published)).content.decode()
    assert "Not for publication" in told
    assert "Age at death, 2024" in told
    assert "* Not shown" not in told
    small = [row for table in frozen(published, 8).reading_of_partners.tables for row in table.rows if row[1][0] == "2"]
    assert f'<th scope="row">{small[0][0]}</th><td>2</td>' in told


def test_they_take_it_away_as_a_pdf_and_the_audit_log_says_so(client, person, published):
    client.force_login(person("Coordinator"))
    answer = client.get(f"{partners(published).rstrip('/')}.pdf")
    assert answer.content.startswith(b"%PDF")
    entry = AuditEntry.objects.get(what="report.taken_partners")
    assert (entry.about, entry.by.username) == (str(published.pk), person("Coordinator").username)


def test_before_the_figures_are_frozen_it_says_so(client, person):
    client.force_login(person("Coordinator"))
    page = report(part("trends", figure(1)))
    assert "The figures have not been frozen, so none is shown." in client.get(partners(page)).content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_only_those_who_read_true_numbers_read_it(client, person, published, role):
    client.force_login(person(role))
    may = role in (
        "Coordinator",
        "Designated doctor",
        "Panel chair",
        "Administrator",
        "Information governance",
        "Analyst",
    )
    for address in (partners(published), f"{partners(published).rstrip('/')}.pdf"):
        assert (client.get(address).status_code == 200) == may
