"""Each of the twenty figures: what it counts, and what it says when it cannot."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exports.disclosure import Cell
from exports.figures.registry import FIGURES
from exports.figures.years import Asked
from tests.exports.figures.counting import EXTRACT, YEARS, child, held, moved, reviewed
from tests.workflow.actions.agreeing import FACTS
from workflow.models import Action, Case, Family, JarDecision

pytestmark = pytest.mark.django_db


def counts(number: int, table: int = 0, asked: Asked = YEARS) -> dict:
    """The counts that are not 0, by row, or by row and column."""
    found = FIGURES[number].result(asked).tables[table]
    return {
        (cell.row if cell.column is None else (cell.row, cell.column)): count
        for cell, count in found.counts.items()
        if count
    }


def test_there_are_twenty_each_with_title_and_meaning():
    assert list(FIGURES) == list(range(1, 21))
    assert all(figure.title and figure.meaning and figure.base_words for figure in FIGURES.values())


def test_no_title_or_meaning_calls_a_child_a_case():
    words = " ".join(f"{figure.title} {figure.meaning} {figure.base_words}" for figure in FIGURES.values())
    assert " case" not in words.lower()


@pytest.mark.parametrize("number", FIGURES)
def test_a_figure_of_nothing_is_empty_and_no_error(number):
    for table in FIGURES[number].result(YEARS).tables:
        assert sum(table.counts.values()) == 0


@pytest.mark.parametrize("number", FIGURES)
def test_every_count_is_inside_its_table(number, person):
    for age in ("0_27_days", "1_4_years", "", "nonsense"):
        reviewed(age_group=age, sex="", gestation_weeks="26", birth_weight_g="not_known")
        child(ethnicity="arab", expected="")
    for table in FIGURES[number].result(YEARS).tables:
        assert set(table.counts) <= {Cell(row, column) for row in table.rows for column in table.columns or (None,)}
        assert all(part.values for part in table.parts.values())


@pytest.mark.parametrize("number", FIGURES)
def test_more_children_take_no_more_queries(number, person):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            FIGURES[number].result(YEARS)
        return len(captured)

    reviewed()
    before = queries()
    for _ in range(12):
        held(reviewed(), person("Coordinator"), dt.date(2025, 5, 1))
    assert queries() == before <= 5


def test_children_are_counted_in_the_year_in_which_they_died():
    child(dt.date(2024, 3, 31))
    child(dt.date(2024, 4, 1))
    child(dt.date(2025, 1, 1))
    assert counts(1) == {"2023–24": 1, "2024–25": 2}


def test_a_death_without_a_date_is_said_and_not_guessed():
    child(died=None)
    result = FIGURES[1].result(YEARS)
    assert sum(result.tables[0].counts.values()) == 0
    assert any("no date" in sentence for sentence in result.missing)


def test_infants_stand_apart_from_older_children():
    for age in ("0_27_days", "28_364_days", "1_4_years", "15_17_years"):
        child(age_group=age)
    assert counts(2) == {
        ("2024–25", "0–27 days"): 1,
        ("2024–25", "28–364 days"): 1,
        ("2024–25", "1–17 years"): 2,
    }


@pytest.mark.parametrize(
    ("number", "record", "label"),
    [
        (3, {"age_group": "5_9_years"}, "5–9 years"),
        (3, {"age_group": ""}, "Not known"),
        (4, {"sex": "male"}, "Male"),
        (4, {"sex": "something old"}, "Not known"),
        (5, {"ethnicity": "asian_indian"}, "Asian"),
        (5, {"ethnicity": "arab"}, "Other"),
        (5, {"ethnicity": "not_stated"}, "Not stated"),
        (8, {"place_of_death_type": "hospice"}, "Hospice"),
        (8, {"place_of_death_type": "abroad"}, "Somewhere else, or abroad"),
        (8, {"place_of_death_type": "other"}, "Somewhere else, or abroad"),
    ],
)
def test_a_child_is_counted_by_what_is_recorded(number, record, label):
    child(**record)
    assert counts(number) == {label: 1}


@pytest.mark.parametrize(
    ("record", "label"),
    [
        ({"place_of_death_type": "hospice", "place_in_area": "yes"}, "In this area"),
        ({"place_of_death_type": "hospice", "place_in_area": "no"}, "Outside this area"),
        ({"place_of_death_type": "hospice", "place_in_area": "not_known"}, "Not known"),
        ({"place_of_death_type": "hospice"}, "Not known"),
        ({"place_of_death_type": "home", "normally_resident_here": "yes"}, "In this area"),
        ({"place_of_death_type": "home", "normally_resident_here": "no"}, "Outside this area"),
        ({"place_of_death_type": "home", "normally_resident_here": "yes", "place_in_area": "no"}, "Outside this area"),
        ({"place_of_death_type": "home"}, "Not known"),
        ({"place_of_death_type": "abroad"}, "Outside this area"),
    ],
)
def test_a_child_died_in_the_area_or_outside_it(record, label):
    child(**record)
    assert counts(8, table=1) == {label: 1}


def test_the_public_cannot_count_who_died_abroad_beside_who_died_outside_the_area():
    for at, place in enumerate(["abroad"] * 6 + ["other"] * 2 + ["hospice"] * 20):
        child(place_of_death_type=place, place_in_area=("yes", "no")[at % 2])
    kinds, areas = FIGURES[8].result(YEARS).tables
    assert "abroad" not in " ".join(row for row in kinds.rows if row != "Somewhere else, or abroad").lower()
    assert not {*kinds.parts[""].rows} & {*areas.parts[""].rows}


@pytest.mark.parametrize("number", [3, 4])
def test_deaths_and_reviews_stand_in_tables_of_their_own(number):
    reviewed(died=dt.date(2019, 1, 1))
    child()
    deaths, reviews = FIGURES[number].result(YEARS).tables
    assert sum(deaths.counts.values()) == sum(reviews.counts.values()) == 1


@pytest.mark.parametrize("number", [1, 2, 5, 6, 7])
def test_what_needs_lists_that_are_not_there_says_so(number):
    child()
    assert FIGURES[number].result(YEARS).missing


@pytest.mark.parametrize("number", [6, 7])
def test_no_number_is_invented_without_the_list_of_postcodes(number):
    child()
    assert FIGURES[number].result(YEARS).tables == ()


def test_the_newest_decision_on_a_joint_agency_response_counts(person):
    case = child()
    child(expected="expected")
    for required in ("pending", "yes"):
        JarDecision.objects.create(case=case, required=required, decided_by=person("Coordinator"), at=case.opened_at)
    assert counts(9) == {("Unexpected", "Needed"): 1, ("Expected", "No decision recorded"): 1}


def test_reviews_are_counted_by_category_and_by_whether_something_can_be_changed():
    reviewed(category="8", modifiability="none_identified")
    reviewed(category="8", modifiability="identified")
    assert counts(10) == {"8. Perinatal or neonatal event": 2}
    assert counts(11) == {
        ("8. Perinatal or neonatal event", "No modifiable factors identified"): 1,
        ("8. Perinatal or neonatal event", "Modifiable factors identified"): 1,
    }


def test_a_finding_that_was_corrected_counts_as_corrected():
    case = reviewed(category="8")
    case.recorded_facts.create(name="category", value="9")
    assert counts(10) == {"9. Infection": 1}


@pytest.mark.parametrize(
    ("weeks", "label"), [("23", "Under 24 weeks"), (24, "24–27 weeks"), ("40", "37 weeks or more")]
)
def test_gestation_is_counted_in_bands_of_infants_alone(weeks, label):
    child(age_group="0_27_days", gestation_weeks=weeks)
    child(age_group="5_9_years", gestation_weeks=weeks)
    assert counts(13) == {label: 1}


def test_what_is_no_number_of_weeks_is_not_known():
    child(age_group="0_27_days", gestation_weeks="not_known", birth_weight_g="")
    assert counts(13) == counts(13, table=1) == {"Not known": 1}


@pytest.mark.parametrize(
    ("days", "label"),
    [(182, "Under 6 months"), (183, "6 to 12 months"), (365, "12 to 24 months"), (731, "24 months or more")],
)
def test_time_to_review_is_from_the_death_to_the_panel(days, label):
    on = dt.date(2025, 3, 1)
    reviewed(died=on - dt.timedelta(days=days), on=on)
    assert counts(14) == {label: 1}
    assert FIGURES[14].result(YEARS).measures[0].value == str(days)


def test_reviews_flow_from_what_was_open_to_what_is_open():
    year = Asked(2024, 2024, EXTRACT)
    _, closed, during, gone = (child(opened=dt.date(*day)) for day in _DAYS)
    moved(closed, "close", "closed", dt.date(2024, 9, 1))
    moved(during, "close", "closed", dt.date(2025, 9, 1))
    moved(gone, "close", "closed", dt.date(2024, 1, 1))
    assert counts(15, asked=year) == {
        ("Open when the year began", "Still open at its end"): 1,
        ("Open when the year began", "Closed in the year"): 1,
        ("Opened in the year", "Still open at its end"): 1,
    }


_DAYS = ((2023, 5, 1), (2023, 5, 2), (2024, 5, 1), (2023, 5, 3))


def test_holds_that_ran_in_the_last_year_are_counted_by_reason(person):
    case, by = child(), person("Coordinator")
    held(case, by, dt.date(2023, 5, 1), dt.date(2024, 3, 31))
    held(case, by, dt.date(2023, 5, 1), dt.date(2024, 4, 1), kind="criminal")
    held(case, by, dt.date(2025, 3, 31), kind="pmrt")
    found = counts(15, table=1, asked=Asked(2023, 2024, EXTRACT))
    assert found == {"Criminal investigation or proceedings": 1, "Perinatal mortality review (PMRT)": 1}


def test_what_is_known_not_known_and_blank_stand_apart():
    child(sex="not_known", ethnicity="not_stated", legal_status="")
    child(legal_status="none")
    found = counts(17)
    assert found[("Sex", "Recorded as not known")] == found[("Sex", "Known")] == 1
    assert found[("Legal status", "Blank")] == found[("Legal status", "Known")] == 1


def test_every_row_of_what_is_known_counts_all_children():
    for _ in range(3):
        child(sex="")
    [table, *_] = FIGURES[17].result(YEARS).tables
    assert {part.values[Cell()] for part in table.parts.values()} == {3}


def test_actions_are_done_open_or_past_their_day(person):
    case = reviewed()
    due = {"closed": dt.date(2025, 1, 1), "told": dt.date(2026, 4, 30), "in_progress": EXTRACT, "stopped": EXTRACT}
    for state, day in due.items():
        Action.objects.create(
            **FACTS | {"case": case, "state": state, "due_on": day, "made_by": person("Coordinator"), "kind": "action"}
        )
    Action.objects.update(made_at=case.opened_at)
    assert counts(18) == {
        ("Action", "Done"): 1,
        ("Action", "Open, past its day"): 1,
        ("Action", "Open, in time"): 1,
        ("Action", "Not accepted or stopped"): 1,
    }


def test_what_was_done_for_families_is_of_reviews():
    case = reviewed()
    Family.objects.create(case=case, told_on=dt.date(2024, 7, 1))
    reviewed()
    Family.objects.create(case=child(), guide_on=dt.date(2024, 7, 1))
    found = counts(20)
    assert found[("Told about the review", "Yes")] == found[("Told about the review", "Not recorded")] == 1
    assert found[("Given the guide “When a child dies”", "Not recorded")] == 2


def test_figures_never_touch_a_case():
    reviewed()
    before = list(Case.objects.values())
    for figure in FIGURES.values():
        figure.result(YEARS)
    assert list(Case.objects.values()) == before
