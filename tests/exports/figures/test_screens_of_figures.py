"""The dashboard: the figures, live, for those who may read them."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exports.disclosure import Cell, Rule
from exports.figures.asking import FigureForm
from exports.figures.drawing import chart_of
from exports.figures.registry import FIGURES
from exports.figures.settings import rule_in_force
from exports.figures.showing import shown
from exports.figures.tables import FigureTable, Result
from exports.figures.years import Asked
from exports.models import FigureSettings
from forms.models import AuditEntry
from tests.exports.figures.counting import child, held, reviewed

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LIST = "/admin/exports/figures/"
YEARS = "first=2024&last=2024"


@pytest.fixture
def reader(client, person):
    def log_in(role: str = "Analyst"):
        user = person(role)
        client.force_login(user)
        return user

    return log_in


def read(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def table(client, number: int, query: str = YEARS, place: int = 1) -> dict[str, list[str]]:
    response = client.get(f"{LIST}{number}/{place}.csv?{query}")
    assert response.status_code == 200
    rows = list(csv.reader(io.StringIO(response.content.decode())))
    return {row[0]: row[1:] for row in rows[1:]}


def test_all_twenty_are_listed_and_keep_what_was_chosen(client, reader):
    reader()
    page = read(client, f"{LIST}?{YEARS}")
    for number in FIGURES:
        assert f'href="/admin/exports/figures/{number}/?first=2024&amp;last=2024"' in page


def test_all_stand_on_one_page_with_their_tables_and_what_was_chosen(client, reader):
    reader()
    for _ in range(3):
        reviewed()
    page = read(client, f"{LIST}all/?first=2024&last=2025")
    for figure in FIGURES.values():
        assert f"{figure.number}. {figure.title}" in page
        for table in figure.result(Asked(2024, 2025)).tables:
            assert table.caption in page
    assert "2024–25 to 2025–26" in page
    assert "first=2024&amp;last=2025" in page


def test_the_page_of_all_takes_no_more_queries_for_more_children(client, reader):
    reader()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(client, f"{LIST}all/?{YEARS}&audience=public")
        return len(captured)

    reviewed()
    queries()
    before = queries()
    for _ in range(5):
        reviewed()
    assert queries() == before


def test_a_panel_member_reads_on_the_page_of_all_what_the_public_may(client, reader):
    reader("Panel member")
    for _ in range(3):
        child(dt.date(2024, 6, 1))
    assert ">3<" not in read(client, f"{LIST}all/?{YEARS}&audience=partners")


def test_years_that_make_no_sense_show_no_figure_on_the_page_of_all(client, reader):
    reader()
    page = read(client, f"{LIST}all/?first=2025&last=2024")
    assert "Choose a first year that is not after the last one" in page
    assert "Download this table" not in page


@pytest.mark.parametrize("role", ["Form editor", "Site editor"])
def test_the_page_of_all_is_refused_to_who_has_nothing_to_do_with_reviews(client, reader, role):
    reader(role)
    assert client.get(f"{LIST}all/").status_code in (302, 403)


@pytest.mark.parametrize("number", FIGURES)
def test_every_figure_has_a_page_with_its_meaning_and_captions(client, reader, number):
    reader()
    reviewed()
    page = read(client, f"{LIST}{number}/?{YEARS}")
    assert page.count("<caption>") == page.count("Download this table (CSV)")
    assert page.count("<caption>") >= (number not in (6, 7, 12))
    assert FIGURES[number].meaning.partition("’")[0] in page


@pytest.mark.parametrize("number", FIGURES)
def test_a_page_takes_no_more_queries_for_more_children(client, reader, number):
    reader()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(client, f"{LIST}{number}/?{YEARS}")
        return len(captured)

    reviewed()
    queries()
    before = queries()
    for _ in range(10):
        reviewed()
    assert queries() == before


def test_partners_read_small_numbers_and_the_public_does_not(client, reader):
    reader()
    for _ in range(3):
        child(sex="male")
    for _ in range(30):
        child(sex="female")
    assert table(client, 4, f"{YEARS}&audience=partners")["Male"][0] == "3"
    public = table(client, 4, f"{YEARS}&audience=public")
    assert public["Male"] == ["*", "*"]
    assert public["Total"][0] == "33"
    assert "* Not shown" in read(client, f"{LIST}4/?{YEARS}&audience=public")


def test_a_chart_draws_no_hidden_number(client, reader):
    reader()
    child(sex="male")
    for _ in range(20):
        child(sex="female")
        child(sex="indeterminate")
        child(sex="indeterminate")
    page = read(client, f"{LIST}4/?{YEARS}&audience=public")
    assert page.count('<span class="cdop-bar__text">not shown</span>') == 2
    assert "Some numbers are not shown, because they are small." in page


def test_a_panel_member_reads_what_the_public_may_whatever_the_address_says(client, reader):
    reader("Panel member")
    child(sex="male")
    page = read(client, f"{LIST}4/?{YEARS}&audience=partners")
    assert "True numbers" not in page
    assert "<caption>" not in page
    assert client.get(f"{LIST}4/1.csv?{YEARS}&audience=partners").status_code == 404
    assert table(client, 4)["Male"] == ["*", "*"]


@pytest.mark.parametrize("role", ["Site editor", "Form editor"])
def test_who_has_nothing_to_do_with_reviews_is_refused_before_anything_is_counted(client, reader, role):
    reader(role)
    child()
    for address in (LIST, f"{LIST}1/", f"{LIST}1/1.csv"):
        assert client.get(address).status_code == 302


def test_reviews_that_were_on_hold_can_be_left_out(client, reader):
    user = reader()
    held(child(), user, dt.date(2024, 7, 1))
    child()
    assert table(client, 1)["Total"][0] == "2"
    assert table(client, 1, f"{YEARS}&holds=without")["Total"][0] == "1"


def test_leaving_out_who_was_on_hold_does_not_tell_a_panel_member_of_the_few_who_were(client, reader):
    user = reader("Panel member")
    for at in range(24):
        case = child(sex="male" if at % 2 else "female")
        if at in (0, 2, 3):
            held(case, user, dt.date(2024, 7, 1))
    assert table(client, 4)["Male"][0] == "12"
    assert table(client, 4, f"{YEARS}&holds=without")["Male"][0] == "*"


@pytest.mark.parametrize(
    "query", ["first=2024&last=2020", "first=nonsense", "first=2024&last=99999", "audience=everybody", "holds=maybe"]
)
def test_a_choice_that_makes_no_sense_is_an_error_and_shows_no_number(client, reader, query):
    reader()
    child()
    assert "<caption>" not in read(client, f"{LIST}1/?{query}")
    assert client.get(f"{LIST}1/1.csv?{query}").status_code == 404


def test_years_in_the_wrong_order_are_told_in_words(client, reader):
    reader()
    assert "not after the last one" in read(client, f"{LIST}1/?first=2024&last=2020")


@pytest.mark.parametrize("address", [f"{LIST}0/", f"{LIST}21/", f"{LIST}1/0.csv", f"{LIST}1/9.csv", f"{LIST}6/1.csv"])
def test_what_is_no_figure_is_not_found(client, reader, address):
    reader()
    assert client.get(address).status_code == 404


def test_taking_a_table_out_is_in_the_audit_log(client, reader):
    user = reader()
    child()
    table(client, 1, f"{YEARS}&audience=partners")
    line = AuditEntry.objects.filter(what="figure.taken_partners").get()
    assert (line.by_id, line.about) == (user.pk, "1")


def test_the_threshold_is_a_setting(client, reader):
    reader()
    for _ in range(30):
        child()
    for _ in range(7):
        child(sex="male")
    assert table(client, 4, f"{YEARS}&audience=public")["Male"][0] == "7"
    kept = FigureSettings.load()
    kept.threshold = 8
    kept.save()
    assert rule_in_force().threshold == 8
    assert table(client, 4, f"{YEARS}&audience=public")["Male"][0] == "*"


def test_at_first_the_newest_five_years_are_chosen():
    form = FigureForm({}, true_figures=True)
    assert form.is_valid()
    assert len(form.asked.years) == 5
    assert form.audience_chosen == "partners"
    assert FigureForm({}, true_figures=False).fields["audience"].choices == [("public", "Public: small ones hidden")]


def chart(*numbers: int, rule: Rule | None = None):
    rows = tuple(f"r{place}" for place in range(len(numbers)))
    counts = {Cell(row): number for row, number in zip(rows, numbers, strict=True)}
    result = Result((FigureTable("Invented", "Children", "Row", rows, counts),))
    [drawn] = shown(result, "public" if rule else "partners", rule or Rule()).tables
    return chart_of(drawn)


def test_the_longest_bar_fills_the_width_and_others_their_part():
    assert [bar.segments for bar in chart(10, 40, 0).bars] == [((0.0, 25.0, 0),), ((0.0, 100.0, 0),), ()]


def test_a_chart_says_in_words_what_it_draws():
    assert chart(10, 40).words == "Bar chart: Invented. The longest bar is “r1”, with 40."
    assert chart(30, 2, 41, 3, rule=Rule()).bars[1].text == "not shown"


def test_nothing_is_drawn_of_nothing():
    assert chart(0, 0) is None


def test_a_cell_of_a_file_is_never_run_by_a_spreadsheet(client, reader):
    reader()
    child()
    response = client.get(f"{LIST}4/1.csv?{YEARS}")
    assert response["Content-Disposition"] == 'attachment; filename="figure-4-1-2024-2024-partners.csv"'
    assert "\n=" not in response.content.decode()
