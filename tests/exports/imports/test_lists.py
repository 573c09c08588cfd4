"""Lists that things are looked up in: editions brought in whole, and taken into use."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from exports.imports.selectors import area_of, bases, listed_numbers
from exports.imports.services import lists
from exports.models import AreaCount, PostcodeArea, ReferenceVersion
from forms.models import Code
from tests.exports.imports.bringing import as_csv
from workflow.services import MoveRefused

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
DAY = dt.date(2026, 8, 1)
PLACES = [["ZZ99 3WZ", "E06000031", "E54000056", "E01015593", "1"], ["zz993vz", "E06000032", "", "", ""]]


def brought(kind, lines, by, name="Invented"):
    return lists.bring_list_in(kind, name, DAY, "Invented office", as_csv(lines, lists.COLUMNS[kind]), by)


def test_a_postcode_is_looked_up_in_the_edition_in_use(coordinator):
    version = brought("postcodes", PLACES, coordinator)
    assert area_of("ZZ99 3WZ") is None
    lists.use(version, coordinator)
    found = area_of("zz99 3wz")
    assert (found.local_authority, found.icb, found.lsoa, found.imd_quintile) == (
        "E06000031",
        "E54000056",
        "E01015593",
        1,
    )
    assert area_of("ZZ99 3VZ").imd_quintile is None
    assert area_of("ZZ99 3AA") is None


def test_a_new_edition_replaces_the_one_in_use_in_one_moment_and_the_old_one_stays(coordinator):
    first = brought("postcodes", PLACES, coordinator)
    lists.use(first, coordinator)
    second = brought("postcodes", [["ZZ99 3WZ", "E06000099", "", "", "5"]], coordinator)
    assert area_of("ZZ99 3WZ").local_authority == "E06000031"
    lists.use(second, coordinator)
    assert area_of("ZZ99 3WZ").local_authority == "E06000099"
    assert list(ReferenceVersion.objects.filter(in_use=True)) == [second]
    lists.use(first, coordinator)
    assert area_of("ZZ99 3WZ").local_authority == "E06000031"


def test_wrong_cells_are_named_and_nothing_of_the_file_is_kept(coordinator):
    wrong = [*PLACES, ["nowhere", "E1", "", "", ""], ["ZZ99 3AA", "", "", "", ""], ["ZZ99 3AB", "E1", "", "", "6"]]
    with pytest.raises(MoveRefused) as refused:
        brought("postcodes", wrong, coordinator)
    assert refused.value.reasons == [
        "Row 4, column postcode: nowhere is no full postcode.",
        "Row 5, column local_authority: It is empty.",
        "Row 6, column imd_quintile: It must be 1 to 5; 1 is the most deprived.",
    ]
    assert not PostcodeArea.objects.exists()
    assert not ReferenceVersion.objects.exists()


def test_a_row_that_stands_twice_is_refused(coordinator):
    with pytest.raises(MoveRefused, match="stands twice"):
        brought("postcodes", [PLACES[0], PLACES[0]], coordinator)


def test_a_file_without_its_columns_or_rows_is_refused(coordinator):
    with pytest.raises(MoveRefused, match="There is no column “number”"):
        lists.bring_list_in(
            "births", "Invented", DAY, "Invented", as_csv([["1"]], ["year", "area", "sex"]), coordinator
        )
    with pytest.raises(MoveRefused, match="no rows"):
        brought("births", [], coordinator)


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        ([["1_4_years", "female", "40"], ["1_4_years", "male", "41"], ["5_9_years", "female", "50"]], 131),
        ([["", "female", "49"], ["", "male", "50"]], 99),
        ([["1_4_years", "", "60"], ["5_9_years", "", "70"], ["1_4_years", "female", "31"]], 130),
        ([["", "", "900"], ["", "female", "1"], ["1_4_years", "", "2"], ["1_4_years", "male", "3"]], 900),
    ],
)
def test_all_are_the_row_for_all_or_the_sum_of_one_division(lines, number, coordinator):
    lists.use(brought("population", [["2021", "E1", *line] for line in lines], coordinator), coordinator)
    assert bases("population").numbers == {2021: number}


def test_areas_are_counted_together_and_only_for_years_that_all_have(coordinator):
    lines = [["2021", "E1", "", "99"], ["2021", "E2", "", "1"], ["2022", "E1", "", "98"]]
    lists.use(brought("births", lines, coordinator, "Invented births"), coordinator)
    found = bases("births")
    assert (found.numbers, found.edition) == ({2021: 100}, "Invented births")


def test_an_edition_that_is_not_in_use_counts_for_nothing(coordinator):
    brought("births", [["2021", "E1", "", "99"]], coordinator)
    assert (bases("births").numbers, bases("births").edition) == ({}, "")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (["21", "E1", "", "1"], "column year: Write it with four digits."),
        (["2021", "E1", "boys", "1"], "column sex: It must be female"),
        (["2021", "E1", "", "-4"], "column number: -4 is no whole number."),
        (["2021", "E" * 13, "", "4"], "column area: It is longer than 12 letters."),
    ],
)
def test_a_count_that_cannot_be_one_is_refused(line, sentence, coordinator):
    with pytest.raises(MoveRefused, match=sentence):
        brought("births", [line], coordinator)
    assert not AreaCount.objects.exists()


@pytest.mark.parametrize(
    ("kind", "line", "sentence"),
    [
        ("groups", ["2023", "sex", "female", "5"], "column of: It must be one of ethnicity, imd_quintile."),
        ("groups", ["2023", "ethnicity", "Martian", "5"], "Of ethnicity it must be one of white, mixed"),
        ("groups", ["2023", "imd_quintile", "6", "5"], "Of imd_quintile it must be one of 1, 2, 3, 4, 5."),
        ("groups", ["23", "imd_quintile", "1", "5"], "Write it with four digits."),
        ("groups", ["2023", "imd_quintile", "1", "many"], "many is no whole number."),
        ("elsewhere", ["2023", "stillborn", "England", "3.8"], "It must be one of neonatal, infant."),
        ("elsewhere", ["2023", "infant", "England", "-3"], "-3 is no rate such as 3.8"),
        ("elsewhere", ["2023", "infant", "England", "3,8"], "3,8 is no rate such as 3.8"),
        ("elsewhere", ["2023", "infant", "E" * 61, "3.8"], "It is longer than 60 letters."),
        ("elsewhere", ["2023", "infant", "", "3.8"], "column place: It is empty."),
    ],
)
def test_what_is_no_number_of_a_group_and_no_rate_is_refused(kind, line, sentence, coordinator):
    with pytest.raises(MoveRefused) as refused:
        brought(kind, [line], coordinator)
    assert sentence in refused.value.reasons[0]
    assert not ReferenceVersion.objects.exists()


@pytest.mark.parametrize(
    ("kind", "line"),
    [("groups", ["2023", "ethnicity", "white", "5"]), ("elsewhere", ["2023", "infant", "England", "3.8"])],
)
def test_a_group_or_rate_that_stands_twice_is_refused(kind, line, coordinator):
    with pytest.raises(MoveRefused, match="stands twice"):
        brought(kind, [line, line], coordinator)


def test_groups_and_rates_are_read_from_the_edition_in_use(coordinator):
    assert listed_numbers("groups", "ethnicity").numbers == {}
    first = brought("groups", [["2023", "Ethnicity", "White", "5"], ["2023", "imd_quintile", "1", "9"]], coordinator)
    assert listed_numbers("groups", "ethnicity").numbers == {}
    lists.use(first, coordinator)
    assert listed_numbers("groups", "ethnicity").numbers == {"white": {2023: 5}}
    assert listed_numbers("groups", "imd_quintile").numbers == {"1": {2023: 9}}


def test_organisations_are_added_to_the_code_list_and_none_is_removed(coordinator):
    call_command("load_forms", verbosity=0)
    before = set(Code.objects.filter(code_list__name="organisation").values_list("code", flat=True))
    brought("organisations", [["INV1", "Invented hospital"], ["INV2", "Invented school"]], coordinator)
    version = brought("organisations", [["INV1", "Invented hospital, renamed"]], coordinator)
    codes = dict(Code.objects.filter(code_list__name="organisation").values_list("code", "label"))
    assert set(codes) == before | {"INV1", "INV2"}
    assert codes["INV1"] == "Invented hospital, renamed"
    assert list(ReferenceVersion.objects.filter(in_use=True)) == [version]


def test_who_may_not_bring_in_brings_in_no_list_and_uses_none(coordinator, person):
    version, analyst = brought("postcodes", PLACES, coordinator), person("Analyst")
    with pytest.raises(PermissionDenied):
        brought("postcodes", PLACES, analyst)
    with pytest.raises(PermissionDenied):
        lists.use(version, analyst)
    assert area_of("ZZ99 3WZ") is None
