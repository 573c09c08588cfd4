"""Deaths by the area of the child’s home, looked up in the list in use and counted without opening an identity."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exports.figures.registry import FIGURES
from exports.figures.years import Asked, ReportYear
from exports.imports.services import lists
from exports.imports.services.homes import place_homes
from exports.models import HomeArea
from forms.models import Code, CodeList
from forms.sealing import seal
from forms.services import receive
from tests.exports.imports.test_lists import brought
from tests.notifying import days_ago, invented_answers
from workflow.models import Case, CaseIdentity

pytestmark = pytest.mark.django_db
PLACES = [["ZZ99 3WZ", "E10000003", "", "", "1"], ["ZZ99 4ZZ", "E06000031", "", "", "5"]]


@pytest.fixture
def by(person):
    return person("Administrator")


@pytest.fixture
def died(notification, roles):
    def notify(postcode: str, often: int = 1) -> list[Case]:
        sent = [receive(notification, invented_answers(postcode=postcode, nhs_number="")) for _ in range(often)]
        return [Case.objects.get(submissions__submission=each) for each in sent]

    return notify


def asked() -> Asked:
    year = ReportYear.of(days_ago(2)).start
    return Asked(year, year)


def counts(number: int) -> dict[str, int]:
    table = FIGURES[number].result(asked()).tables[0]
    return {str(cell.row): count for cell, count in table.counts.items() if count}


def use(by, *places, name="Postcodes 1"):
    edition = brought("postcodes", list(places), by, name)
    lists.use(edition, by)
    return edition


def test_without_a_list_the_figures_say_what_they_need(died):
    died("ZZ99 3WZ")
    assert place_homes() == 0
    for number in (6, 7):
        result = FIGURES[number].result(asked())
        assert result.tables == ()
        assert "the list of postcodes" in result.missing[0]


def test_children_are_counted_where_they_lived(died, by):
    died("zz99 3wz", 2)
    died("ZZ99 4ZZ")
    use(by, *PLACES)
    assert place_homes() == 3
    assert counts(6) == {"1, the most deprived": 2, "5, the least deprived": 1}
    assert counts(7) == {"E10000003": 2, "E06000031": 1}


def test_a_council_has_the_name_that_the_code_list_gives_it(died, by):
    made = CodeList.objects.get_or_create(name="local_authority", defaults={"title": "Local authority"})[0]
    Code.objects.create(code_list=made, code="E10000003", label="Invented Council")
    died("ZZ99 3WZ")
    use(by, *PLACES)
    place_homes()
    assert counts(7) == {"Invented Council": 1}


@pytest.mark.parametrize("postcode", ["ZZ1 1ZZ", ""])
def test_a_home_that_is_not_in_the_list_is_not_known(died, by, postcode):
    died(postcode)
    use(by, *PLACES)
    place_homes()
    assert counts(6) == counts(7) == {"Not known": 1}


def test_a_child_who_was_not_looked_up_yet_is_not_known(died, by):
    died("ZZ99 3WZ")
    use(by, *PLACES)
    assert counts(7) == {"Not known": 1}


def test_looking_again_looks_up_nothing(died, by):
    died("ZZ99 3WZ", 2)
    use(by, *PLACES)
    assert (place_homes(), place_homes()) == (2, 0)


def test_another_edition_moves_them(died, by):
    died("ZZ99 3WZ")
    use(by, *PLACES)
    place_homes()
    use(by, ["ZZ99 3WZ", "E06000031", "", "", "2"], name="Postcodes 2")
    assert place_homes() == 1
    assert counts(7) == {"E06000031": 1}
    assert HomeArea.objects.count() == 1


def test_another_home_moves_the_child(died, by):
    [case] = died("ZZ99 3WZ")
    use(by, *PLACES)
    place_homes()
    details = case.identity.details | {"postcode": "ZZ99 4ZZ"}
    CaseIdentity.objects.filter(case=case).update(sealed=seal(details))
    assert place_homes() == 1
    assert counts(7) == {"E06000031": 1}


def test_nothing_is_kept_of_a_child_whom_another_panel_counts(died, by):
    died("ZZ99 3WZ")
    [gone] = died("ZZ99 4ZZ")
    use(by, *PLACES)
    place_homes()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cdop_workflow_case SET state = 'transferred_out' WHERE id = %s", [gone.pk])
    place_homes()
    assert not HomeArea.objects.filter(case=gone).exists()
    assert counts(7) == {"E10000003": 1}


def test_it_is_done_in_parts_and_goes_on_where_it_stopped(died, by):
    died("ZZ99 3WZ", 3)
    use(by, *PLACES)
    assert place_homes(most=0) == 0
    assert place_homes() == 3


def test_the_postcode_is_kept_nowhere_in_clear(died, by):
    died("ZZ99 3WZ")
    use(by, *PLACES)
    place_homes()
    row = HomeArea.objects.values().get()
    assert "ZZ99" not in str(row)
    assert set(row) == {"id", "case_id", "edition_id", "mark", "local_authority", "imd_quintile"}


def test_the_figures_ask_the_same_for_many(died, by):
    died("ZZ99 3WZ")
    use(by, *PLACES)
    place_homes()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            FIGURES[7].result(asked())
        return len(captured)

    before = queries()
    died("ZZ99 4ZZ", 6)
    place_homes()
    assert queries() == before
