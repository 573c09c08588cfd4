"""The journey of an admin: upload, columns, check, meanings, bring in, undo."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.definitions import parsed
from exports.imports import services
from exports.imports.services import lists
from exports.imports.targets import HEADINGS as OTHERS_HEADINGS
from exports.imports.targets import guess, targets
from exports.models import HistoryImport, ReferenceVersion
from tests.exports.imports.bringing import COLUMNS, HEADINGS, SYSTEM, as_csv, checked, made, row, rows
from workflow.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
HOME = "/admin/exports/imports/"


@pytest.fixture
def admin(client, coordinator):
    client.force_login(coordinator)
    return coordinator


def upload(client, data, system=SYSTEM):
    sent = {"system": system, "file": SimpleUploadedFile("invented.csv", data)}
    return client.post(f"{HOME}new/", sent, follow=True)


def chosen():
    return {f"column_{place}": COLUMNS[heading] for place, heading in enumerate(HEADINGS)}


def test_an_admin_brings_a_spreadsheet_in_and_undoes_it(client, admin):
    assert "Which column is what" in upload(client, as_csv([row(), row(Ref="OLD-2", Died="31/02/2021")])).text
    history = HistoryImport.objects.get()
    page = client.post(f"{HOME}{history.pk}/columns/", chosen(), follow=True).text
    assert "31/02/2021 is no date. Write it as day/month/year." in page
    assert "Row 3" in page
    assert "1 of 2 rows can be brought in. 1 must be mended in the file first, or stay out." in page
    assert '<th scope="col">Case</th>' not in page
    refused = client.post(f"{HOME}{history.pk}/make/", {}).text
    assert "1 row to be mended. Mend the file first" in refused
    page = client.post(f"{HOME}{history.pk}/make/", {"leave_out": "on"}, follow=True).text
    assert "H2021-00001" in client.get(f"{HOME}{history.pk}/?show=new").text
    assert "Brought in: 1 row" in page
    assert client.get("/admin/cases/H2021-00001/").status_code == 200
    explained = client.get(f"{HOME}{history.pk}/undo/").text
    assert "1 case that it made is emptied" in explained
    assert "brought up to date" not in explained
    assert "Undone: 1 row" in client.post(f"{HOME}{history.pk}/undo/", follow=True).text
    assert Case.objects.get().state == "taken_back"
    assert client.get("/admin/cases/H2021-00001/").status_code == 200


def test_the_columns_of_the_last_file_are_chosen_already(client, admin):
    services.discard(checked(as_csv([row()]), admin), admin)
    page = upload(client, as_csv([row()])).text
    assert '<option value="date_of_death" selected>' in page


def test_a_heading_that_names_a_place_is_chosen_by_itself(client, admin):
    page = upload(client, as_csv([["1", "2"]], ["Date of death", "Unheard of"])).text
    assert page.count("selected>") - page.count('value="" selected>') == 1


@pytest.mark.parametrize(
    ("heading", "place"),
    [("DOB", "date_of_birth"), ("Surname", "family_name"), ("NHS No.", "nhs_number"), ("Gender", "sex"),
     ("Ref", "reference"), ("Modifiable?", "modifiability"), ("date_of_death", "date_of_death")],
)  # fmt: skip
def test_a_heading_by_which_others_call_it_is_chosen_too(client, admin, heading, place):
    page = upload(client, as_csv([["1", "2"]], [heading, "Unheard of"])).text
    assert f'<option value="{place}" selected>' in page


def test_every_name_that_others_use_leads_to_a_place_that_there_is_and_to_one_alone(notification):
    known, used = targets(), parsed(OTHERS_HEADINGS)
    assert set(used) <= set(known)
    words = [word for each in used.values() for word in each]
    assert len(words) == len(set(words))
    for name, others in used.items():
        assert {guess(word, known) for word in others} == {name}


def test_days_are_told_as_people_write_them(client, admin):
    made(as_csv([row()]), admin)
    history = checked(as_csv([row(Born="02/02/2021"), row(Ref="OLD-2")]), admin)
    assert "<del>1 February 2021</del>" in client.get(f"{HOME}{history.pk}/?show=changed").text
    assert "Reference OLD-2, died 1 March 2021" in client.get(f"{HOME}{history.pk}/?show=new").text


def test_values_are_given_a_meaning_on_a_screen(client, admin):
    history = checked(as_csv([row(Sex="F")]), admin)
    asked = client.get(f"{HOME}{history.pk}/meanings/").text
    assert "Sex: “F”" in asked
    assert '<option value="female" selected>Female</option>' in asked
    assert "Chosen because of its words: check it." in asked
    page = client.post(f"{HOME}{history.pk}/meanings/", {"value_0": "female"}, follow=True).text
    assert "To be mended" not in page
    assert "New" in page


def test_what_would_be_different_is_shown_as_it_was_and_as_it_is(client, admin):
    made(as_csv([row()]), admin)
    history = checked(as_csv([row(Sex="Male")]), admin)
    page = client.get(f"{HOME}{history.pk}/?show=changed").text
    assert "<del>Female</del>" in page
    assert "<ins>Male</ins>" in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\0", "This is no spreadsheet"),
        (b"PK\x03\x04 and nothing else", "This workbook is damaged"),
        (b"\xd0\xcf\x11\xe0 old", "Save it as .xlsx, without a password"),
        (as_csv([]), "There are no rows below the headings"),
        (b"\n\n", "This is no table"),
        (b"A,A\n1,2\n", "The heading “A” stands twice"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data, sentence, client, admin):
    assert sentence in upload(client, data).text
    assert not HistoryImport.objects.exists()


def test_two_columns_cannot_be_the_same_and_the_date_of_death_is_needed(client, admin):
    history = services.begin(SYSTEM, as_csv([row()]), admin)
    page = client.post(f"{HOME}{history.pk}/columns/", {"column_0": "reference", "column_1": "reference"}).text
    assert "Two columns are “Reference in the other system”" in page
    assert "No column is “Date of death”" in page


def test_who_may_not_bring_in_sees_none_of_it(client, admin, person):
    history = made(as_csv([row()]), admin)
    for role in ("Analyst", "Designated doctor", "Panel chair", "Information governance"):
        client.force_login(person(role))
        for path in ("", "new/", "lists/", f"{history.pk}/", f"{history.pk}/columns/", f"{history.pk}/undo/"):
            assert client.get(HOME + path).status_code in (302, 403), (role, path)
            assert "OLD-1" not in client.get(HOME + path).text


def test_no_row_costs_a_query_on_the_screen_of_an_import(client, admin):
    def asked(pk):
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(f"{HOME}{pk}/")
        return len(found)

    few, many = made(as_csv(rows(2)), admin), None
    services.undo(few, admin)
    services.work(few)
    one, many = checked(as_csv(rows(2)), admin), checked(as_csv(rows(40)), admin)
    asked(one.pk)
    assert asked(one.pk) == asked(many.pk)


def test_no_import_costs_a_query_on_the_list(client, admin):
    def asked():
        with CaptureQueriesContext(connection) as found:
            client.get(HOME)
        return len(found)

    services.begin(SYSTEM, as_csv([row()]), admin)
    asked()
    before = asked()
    for _ in range(5):
        services.begin(SYSTEM, as_csv([row()]), admin)
    assert asked() == before


def test_an_edition_of_a_list_is_brought_in_and_used(client, admin):
    told = {"kind": "births", "name": "Invented 2021", "dated": "2022-06-01", "source": "Invented office"}
    file = SimpleUploadedFile("births.csv", as_csv([["2021", "E1", "", "900"]], lists.COLUMNS["births"]))
    page = client.post(f"{HOME}lists/new/", told | {"file": file}, follow=True).text
    assert "Invented 2021" in page
    assert "Use it" in page
    version = ReferenceVersion.objects.get()
    assert version.dated == dt.date(2022, 6, 1)
    assert "In use" in client.post(f"{HOME}lists/{version.pk}/use/", follow=True).text
