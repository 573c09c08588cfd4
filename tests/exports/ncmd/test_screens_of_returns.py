"""The screens on which returns are read, sent and answered."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exports.models import ExportLog
from exports.ncmd import services
from exports.ncmd.dictionary import ncmd
from exports.ncmd.states import Stage
from forms.services import receive
from tests.exports.ncmd.returning import accepted_case, go, of
from tests.notifying import invented_answers
from tests.workflow.asking import ask, publish_forms
from workflow.models import Case, CaseView

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LIST = "/admin/exports/ncmd/"
NAMES = ("Invented Registrar", "999 000 0018", "9990000018", "1 Made Up Street")


@pytest.fixture
def coordinator(client, person):
    user = person("Coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def due(case):
    return accepted_case(case)


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def stage(case, *more):
    return "/".join([f"{LIST}{case.reference}", "notification", *more, ""])


def test_what_is_due_is_listed_with_what_is_missing_and_where_to_mend_it(client, coordinator, due):
    text = page(client, LIST)
    assert due.reference in text
    assert "The ethnic group is not known." in text
    assert f"/admin/cases/{due.reference}/record/ethnicity/" in text


@pytest.mark.parametrize(
    ("path", "group"),
    [((), "to_send"), (("send",), "sent"), (("send", "reject"), "rejected"), (("send", "accept"), "done")],
)
def test_a_return_is_in_the_group_of_its_state(client, coordinator, due, path, group):
    go(due, Stage.NOTIFICATION, *path)
    for name in ("to_send", "sent", "rejected", "done"):
        shown = due.reference in page(client, f"{LIST}?show={name}")
        assert shown == (name == group or (name, group) == ("to_send", "rejected"))


@pytest.mark.parametrize("show", ["sent", "rejected", "done", "to_send", "nonsense"])
def test_an_empty_list_says_so(client, coordinator, show):
    text = page(client, f"{LIST}?show={show}")
    assert "cdop-stacked" not in text
    sentences = {"sent": "Nothing waits for", "rejected": "NCMD has rejected nothing", "done": "accepted nothing yet"}
    assert sentences.get(show, "Nothing is due.") in text


def test_the_list_takes_as_many_queries_for_many_returns_as_for_one(client, coordinator, due, notification):
    def queries():
        page(client, LIST)
        with CaptureQueriesContext(connection) as captured:
            page(client, LIST)
        return len(captured)

    one = queries()
    for _ in range(3):
        again = receive(notification, invented_answers(child_family_name="Invanted"))
        accepted_case(Case.objects.get(submissions__submission=again))
    assert queries() == one


def test_the_agencies_that_returns_wait_for_are_counted(client, coordinator, due):
    publish_forms()
    request = ask(due, coordinator)
    text = page(client, f"{LIST}agencies/")
    assert str(request.agency) in text
    assert "Every agency that was asked has answered." not in text


def test_the_sheet_shows_what_to_type_and_what_is_to_be_confirmed(client, coordinator, due):
    text = page(client, stage(due, "sheet"))
    assert "Invented Registrar" in text
    assert "To confirm" in text
    assert "The order of the portal is not published." in text


def test_the_sheet_names_its_stage_and_asks_to_type_only_what_is_to_be_sent(client, coordinator, due):
    text = page(client, stage(due, "sheet"))
    assert f"Case {due.reference}, notification, dictionary version {ncmd().version}" in text
    assert "Type each into NCMD’s portal" in text
    go(due, Stage.NOTIFICATION, "send")
    text = page(client, stage(due, "sheet"))
    assert "Type each into NCMD’s portal" not in text
    assert "This is what the record says now." in text


def test_the_sheet_offers_no_sending_that_a_rule_stops(client, coordinator, notification):
    answers = invented_answers(nhs_number=None, nhs_number_missing_reason="not_currently_available", sex=None)
    received = receive(notification, answers | {"child_family_name": None})
    case = accepted_case(Case.objects.get(submissions__submission=received))
    text = page(client, stage(case, "sheet"))
    assert "The family name is missing." in text
    assert "Record that it was sent" not in text
    assert "The family name is missing." in client.post(stage(case, "send"), {"reference": ""}).content.decode()


def test_an_alert_that_nobody_asked_for_is_not_called_due(client, coordinator, due):
    assert "Not asked for" in page(client, f"{LIST}{due.reference}/")


def test_reading_the_sheet_is_remembered_as_seeing_who_the_child_is(client, coordinator, due):
    before = CaseView.objects.count()
    page(client, stage(due, "sheet"))
    assert CaseView.objects.count() == before + 1
    assert CaseView.objects.first().with_identity


def test_a_return_is_sent_and_confirmed_on_screen(client, coordinator, due):
    assert client.post(stage(due, "send"), {"reference": ""}).status_code == 302
    assert of(due, "notification").state == "sent"
    assert ExportLog.objects.filter(dataset="ncmd", by=coordinator).exists()
    client.post(stage(due, "accept"), {"reference": "INVENTED-3"})
    assert of(due, "notification").state == "accepted"
    assert "NCMD: INVENTED-3" in page(client, f"{LIST}{due.reference}/")


def test_a_rejection_is_recorded_with_its_reasons(client, coordinator, due):
    go(due, Stage.NOTIFICATION, "send")
    assert "This field is required" in client.post(stage(due, "reject"), {"words": ""}).content.decode()
    client.post(stage(due, "reject"), {"words": "They miss the ward."})
    assert "They miss the ward." in page(client, f"{LIST}{due.reference}/")


def test_why_ncmd_rejected_it_stands_in_the_list_for_those_who_may_know_the_child(client, coordinator, due, person):
    said = "Invented: the ethnic group is not one of ours."
    sent = go(due, Stage.NOTIFICATION, "send")
    services.move(sent, "reject", coordinator, words=said)
    assert said in page(client, f"{LIST}?show=rejected")
    client.force_login(person("Analyst"))
    assert said not in page(client, f"{LIST}?show=rejected")


def test_a_press_on_a_stale_screen_is_told_what_happened(client, coordinator, due):
    seen = of(due, "notification").changes.last().pk
    go(due, Stage.NOTIFICATION, "send")
    text = client.post(stage(due, "send"), {"seen": str(seen)}).content.decode()
    assert "It is now “Sent, not confirmed”" in text


def test_an_analyst_reads_what_is_due_and_learns_no_name(client, person, due):
    go(due, Stage.NOTIFICATION, "send", "reject")
    client.force_login(person("Analyst"))
    for address in (LIST, f"{LIST}agencies/", f"{LIST}{due.reference}/"):
        text = page(client, address)
        assert not any(name in text for name in NAMES)
        assert "The postcode is invented." not in text
    for last in ("sheet", "send", "accept"):
        assert client.get(stage(due, last)).status_code == 302


@pytest.mark.parametrize("role", ["Designated doctor", "Panel chair", "Panel member", "Information governance"])
def test_others_open_none_of_it(client, person, due, role):
    client.force_login(person(role))
    for address in (LIST, f"{LIST}agencies/", f"{LIST}{due.reference}/", stage(due, "sheet"), stage(due, "send")):
        assert client.get(address).status_code == 302


def test_what_does_not_exist_is_not_found(client, coordinator, due, notification):
    without = Case.objects.get(submissions__submission=receive(notification, invented_answers()))
    for address in (f"{LIST}{without.reference}/", stage(due, "queue"), f"{LIST}{due.reference}/alert/sheet/"):
        assert client.get(address).status_code == 404


def test_no_address_of_a_return_says_who_the_child_is(client, coordinator, due):
    assert not any(name.replace(" ", "-") in stage(due, "send") for name in NAMES)
