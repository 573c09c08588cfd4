"""Two cases side by side, and what the page of a case says of others."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.workflow.reviewing import review
from workflow import services
from workflow.models import Case, CaseView, MatchDecision
from workflow.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
UNNUMBERED = {"nhs_number": "", "nhs_number_missing_reason": "not_currently_available"}


@pytest.fixture
def other(case, notify):
    return notify(child_family_name="Invanted", notifier_name="Invented Midwife", **UNNUMBERED)


def compare(case, other):
    return reverse("cases:compare", args=[case.reference, other.reference])


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    page = html.unescape(response.content.decode())
    return page[page.index("<main") :]


def page_of(client, case):
    return read(client, reverse("cases:case", args=[case.reference]))


def answer(client, case, other, given, **more):
    page = client.get(compare(case, other)).content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    return client.post(compare(case, other), {"answer": given, "seen": seen} | more, follow=True)


def row(page, label):
    """The cells of the row with this label, and whether it is marked."""
    found = re.search(rf'<tr([^>]*)>\s*<th scope="row">{label}[ <].*?</tr>', page, re.DOTALL)
    return re.findall(r"<td>(.*?)</td>", found[0]), "differs" in found[1]


def test_the_page_of_a_case_says_which_other_it_resembles_and_why(client, coordinator, case, other):
    page = page_of(client, other)
    assert "This may be the same child as" in page
    assert "same first name, similar family name, same date of birth, same date of death" in page
    assert "(likely)" in page
    assert compare(other, case) in page
    assert compare(case, other) in page_of(client, case)


def test_twins_are_called_twins(client, coordinator, case, notify):
    twin = notify(child_first_names="Rowan", nhs_number="9990000506")
    page = page_of(client, twin)
    assert "These may be twins" in page
    assert "This may be the same child" not in page


def test_a_case_that_resembles_none_says_nothing(client, coordinator, case):
    assert "May be the same child" not in page_of(client, case)


def test_differences_are_marked_and_what_one_left_out_is_not(client, coordinator, case, other):
    page = read(client, compare(other, case))
    assert row(page, "Family name") == (["Invanted", "Invented"], True)
    assert row(page, "First names") == (["Test", "Test"], False)
    assert row(page, "NHS number") == (["–", "999 000 0018"], False)
    assert row(page, "Your full name") == (["Invented Midwife", "Invented Registrar"], True)


def test_the_reasons_and_the_score_are_shown(client, coordinator, case, other):
    page = read(client, compare(other, case))
    assert "Likely to be the same child" in page
    assert "Score 80 of 100" in page
    assert "similar family name" in page
    for submission in (case.submissions.get().submission, other.submissions.get().submission):
        assert f"{submission.reference}, Web form" in page


def test_one_press_merges_and_leads_to_the_case_that_is_kept(client, coordinator, case, other):
    response = answer(client, other, case, "same", reason="The same family")
    assert response.redirect_chain[-1][0] == f"/admin/cases/{case.reference}/"
    page = html.unescape(response.content.decode())
    assert f"Case {other.reference} has been merged into this one." in page
    assert "Also notified as" in page
    assert Case.objects.get(pk=other.pk).state == State.DUPLICATE
    assert other.state_changes.last().reason == "The same family"


def test_it_does_not_matter_from_which_case_one_merges(client, coordinator, case, other):
    answer(client, case, other, "same")
    assert Case.objects.get(pk=other.pk).duplicate_of == case


def test_not_the_same_child_is_remembered_and_can_be_looked_at_again(client, coordinator, case, other):
    page = answer(client, other, case, "apart", reason="Cousins").content.decode()
    assert "It will not be proposed again." in page
    assert "This may be the same child as" not in page
    assert "Not the same child (1)" in page
    again = read(client, compare(other, case))
    assert "Coordinator No 1 said on" in again
    assert "“Cousins”" in again
    assert 'value="same"' not in again
    answer(client, other, case, "open")
    assert "This may be the same child as" in page_of(client, other)


def test_the_duplicate_offers_to_undo_the_merge_and_the_comparison_says_where(client, coordinator, case, other):
    answer(client, other, case, "same")
    undo = reverse("cases:move", args=[other.reference, "undo_duplicate"])
    assert undo in page_of(client, other)
    assert "Undo the merge" in read(client, compare(other, case))
    seen = client.get(undo).content.decode().split('name="seen" value="')[1].split('"')[0]
    client.post(undo, {"reason": "Another child", "seen": seen})
    assert Case.objects.get(pk=other.pk).state == State.NOTIFIED
    assert Case.objects.get(pk=other.pk).submissions.count() == 1


def test_why_a_merge_cannot_be_undone_is_said_before_anybody_tries(client, coordinator, case, other, person):
    answer(client, other, case, "same")
    review(case, coordinator, person("Panel chair"), until="finalise")
    page = page_of(client, other)
    assert "submitted to NCMD since" in page
    assert "/move/undo_duplicate/" not in page


def test_what_a_colleague_decided_meanwhile_is_not_overwritten(client, coordinator, case, other, person):
    address = compare(other, case)
    seen = client.get(address).content.decode().split('name="seen" value="')[1].split('"')[0]
    services.move(other, "offer_transfer", person("Coordinator", 2), details={"receiving_area": "Invented CDOP"})
    services.move(case, "offer_transfer", person("Coordinator", 2), details={"receiving_area": "Invented CDOP"})
    page = html.unescape(client.post(address, {"answer": "same", "seen": seen}).content.decode())
    assert "Neither of the two can be merged" in page
    assert Case.objects.get(pk=other.pk).state == State.TRANSFER_OFFERED


def test_two_open_cases_that_cannot_be_merged_say_so(client, coordinator, case, other, person):
    review(case, coordinator, person("Panel chair"), until="accept")
    assert f"{other.reference} becomes a duplicate" in read(client, compare(case, other))
    services.move(other, "offer_transfer", coordinator, details={"receiving_area": "Invented CDOP"})
    assert "Neither of the two can be merged" in read(client, compare(case, other))


def test_the_designated_doctor_compares_and_sets_apart_and_does_not_merge(client, case, other, person):
    client.force_login(person("Designated doctor"))
    page = read(client, compare(other, case))
    assert "Merging is for the coordinator." in page
    assert 'value="same"' not in page
    assert client.post(compare(other, case), {"answer": "same"}).status_code in (302, 403)
    assert Case.objects.get(pk=other.pk).state == State.NOTIFIED
    answer(client, other, case, "apart")
    assert MatchDecision.objects.get().by.username == "designated-doctor-1"


@pytest.mark.parametrize("method", ["get", "post"])
def test_looking_is_on_the_record_of_both_cases(client, coordinator, case, other, method):
    getattr(client, method)(compare(other, case))
    assert set(CaseView.objects.values_list("case__reference", "with_identity")) == {
        (case.reference, True),
        (other.reference, True),
    }


def test_who_works_on_cases_without_knowing_who_a_child_is_sees_no_identity(client, case, other, person):
    user = person("Designated doctor")
    for group in user.groups.all():
        group.permissions.remove(*group.permissions.filter(codename="view_identity"))
    client.force_login(user)
    with CaptureQueriesContext(connection) as queries:
        page = read(client, compare(other, case))
    asked = " ".join(query["sql"] for query in queries)
    assert "cdop_workflow_caseidentity" not in asked
    assert '"cdop_forms_submission"."sealed"' not in asked
    assert "Your role does not see who a child is" in page
    assert "Hospital – intensive care" in page
    for hidden in ("Invanted", "Invented", "999 000", "Score", 'value="apart"'):
        assert hidden not in page, hidden


@pytest.mark.parametrize("reference", ["1999-0001", None])
def test_a_case_is_compared_with_another_that_there_is(client, coordinator, case, reference):
    address = reverse("cases:compare", args=[case.reference, reference or case.reference])
    assert client.get(address).status_code == 404


def test_nothing_is_done_by_looking_nor_by_an_unknown_answer(client, coordinator, case, other):
    client.get(f"{compare(other, case)}?answer=same")
    client.post(compare(other, case), {"answer": "perhaps"})
    assert Case.objects.get(pk=other.pk).state == State.NOTIFIED
    assert not MatchDecision.objects.exists()


def test_the_page_of_a_case_costs_the_same_with_one_match_as_with_seven(client, coordinator, case, notify):
    counts = []
    for more in (1, 6):
        for _ in range(more):
            notify()
        page_of(client, case)
        with CaptureQueriesContext(connection) as queries:
            page_of(client, case)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_comparing_costs_the_same_however_many_notifications_came(client, coordinator, case, other, notify):
    counts = []
    for more in (1, 4):
        for _ in range(more):
            services.move(notify(), "mark_duplicate", coordinator, details={"duplicate_of": case.reference})
        read(client, compare(other, case))
        with CaptureQueriesContext(connection) as queries:
            read(client, compare(other, case))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_no_name_is_in_a_title_or_an_address(client, coordinator, case, other):
    page = client.get(compare(other, case)).content.decode()
    title = page[page.index("<title>") : page.index("</title>")]
    assert "Inv" not in title
    assert not re.search(r'href="[^"]*Inv[ae]nted', page)
