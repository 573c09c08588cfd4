"""Another panel offers us a review: accepted it is ours; declined, or transferred out, it leaves a stub."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from forms.models import Upload
from forms.services import receive
from forms.uploads import vault
from tests.notifying import PROFESSIONAL, days_ago, invented_answers, pages
from tests.workflow.reviewing import triage
from workflow import services
from workflow.models import Case, ClockRule, TransferIn
from workflow.roles import load_clock_rules
from workflow.selectors import counted_here, how_many
from workflow.services import MoveRefused
from workflow.states import State

pytestmark = pytest.mark.django_db
NEW = "/admin/cases/new/"
OFFER = {"from_area": "Invented Neighbouring CDOP", "ncmd_told": "yes", "their_reference": "IN-7"}
TOLD = {"transfer_answer_given": "Their coordinator, by phone today"}


@pytest.fixture
def offered(notification, coordinator):
    load_clock_rules()
    draft = services.offer_received(notification, coordinator, offered_on=days_ago(1), notified_on=days_ago(2), **OFFER)
    sent = receive(notification, invented_answers(), "other_cdop", draft=draft)
    return Case.objects.get(submissions__submission=sent)


def with_a_file(case):
    name, key = vault.put(b"invented")
    from forms.sealing import seal

    return Upload.objects.create(
        submission=case.submissions.first().submission, question="files", stored_as=name, sha256="0" * 64, size=8,
        content_type="application/pdf", scan="clean", sealed=seal({"name": "invented.pdf", "key": key}),
    )  # fmt: skip


def page_of(client, case):
    return client.get(reverse("cases:case", args=[case.reference])).content.decode()


def test_staff_enter_an_offer_and_its_notification_on_screens(client, notification, coordinator):
    client.force_login(coordinator)
    assert client.post(NEW, {"source": "transfer_in"}).headers["Location"] == f"{NEW}transfer/"
    address = client.post(f"{NEW}transfer/", OFFER | {"offered_on": days_ago(1).isoformat()}).headers["Location"]
    while not address.endswith("/check/"):
        key = address.rstrip("/").rsplit("/", 1)[-1]
        if key == "professionals":
            client.post(f"{address}new/", PROFESSIONAL)
        address = client.post(address, pages().get(key, {})).headers["Location"]
    client.post(address, {"declaration": "yes"})
    case = Case.objects.get()
    assert (case.state, case.source) == (State.OFFERED_TO_US, "other_cdop")
    page = page_of(client, case)
    assert "Offered by Invented Neighbouring CDOP" in page
    assert "IN-7" in page
    assert "Accept the transfer" in page


def test_an_offer_that_makes_no_sense_begins_nothing(client, notification, coordinator):
    client.force_login(coordinator)
    for wrong in (
        {"from_area": ""},
        {"offered_on": days_ago(-1).isoformat()},
        {"offered_on": days_ago(3).isoformat(), "notified_on": days_ago(2).isoformat()},
    ):
        sent = OFFER | {"offered_on": days_ago(1).isoformat()} | wrong
        assert client.post(f"{NEW}transfer/", sent).status_code == 200
    assert not TransferIn.objects.exists()


def test_who_does_not_work_on_cases_enters_no_offer(notification, person):
    with pytest.raises(PermissionDenied):
        services.offer_received(notification, person("Panel chair"), offered_on=days_ago(1), **OFFER)


def test_no_time_limit_runs_for_an_offer_and_the_case_counts_as_new(offered, coordinator):
    assert not offered.clocks.exists()
    assert how_many(coordinator)["new"] == 1
    assert not counted_here(Case.objects.all()).exists()


def test_an_accepted_offer_is_our_case_and_its_time_limits_run_from_the_death(offered, coordinator):
    case = services.move(offered, "take_over", coordinator, details=TOLD)
    assert case.state == State.NOTIFIED
    assert list(counted_here(Case.objects.all())) == [case]
    notified = case.clocks.get(rule=ClockRule.objects.get(code="T2"))
    assert timezone.localdate(notified.met_at) == days_ago(2)
    assert case.clocks.filter(rule__starts_at="death", started_at__date__lte=case.died_on).exists()
    triage(case, coordinator)
    assert services.move(case, "accept", coordinator).state == State.INFORMATION_GATHERING


@pytest.mark.parametrize(("told", "fact"), [("yes", "by_other_panel"), ("no", "queued"), ("not_known", "queued")])
def test_ncmd_is_not_told_twice_of_a_death(offered, coordinator, told, fact):
    TransferIn.objects.update(ncmd_told=told)
    case = services.move(offered, "take_over", coordinator, details=TOLD)
    triage(case, coordinator)
    assert services.move(case, "accept", coordinator).facts["ncmd_notification"] == fact


def test_declining_needs_a_reason_and_leaves_who_the_child_was_and_nothing_clinical(
    client, offered, coordinator, django_capture_on_commit_callbacks
):
    file = with_a_file(offered)
    with pytest.raises(MoveRefused, match="Give the reason"):
        services.move(offered, "not_take_over", coordinator, details=TOLD)
    with django_capture_on_commit_callbacks(execute=True):
        case = services.move(offered, "not_take_over", coordinator, "Lived elsewhere", TOLD)
    assert case.state == State.NOT_TAKEN_OVER
    assert case.submissions.get().submission.all_answers() == {}
    assert set(case.record) <= {"nhs_number_known", "nhs_number_missing_reason"}
    assert case.identity.details["family_name"]
    with pytest.raises(FileNotFoundError):
        vault.read(file.stored_as, file.details["key"])
    assert not counted_here(Case.objects.all()).exists()
    client.force_login(coordinator)
    page = page_of(client, case)
    assert "Another panel reviews this death" in page
    assert "Lived elsewhere" in page


def test_a_review_that_another_panel_took_leaves_such_a_stub_too(case, coordinator):
    case = services.move(case, "offer_transfer", coordinator, details={"receiving_area": "Invented CDOP"})
    assert case.submissions.get().submission.all_answers()
    case = services.move(case, "transfer_accepted", coordinator, details={"transfer_acknowledgement": "By phone"})
    assert case.submissions.get().submission.all_answers() == {}
    assert case.identity.details["family_name"]


def test_the_same_child_is_known_again_from_a_stub(offered, coordinator, notify):
    services.move(offered, "not_take_over", coordinator, "Lived elsewhere", TOLD)
    again = notify()
    assert again.timeline.filter(kind="warned", text__contains=offered.reference).exists()


def test_nothing_is_merged_into_a_stub(offered, coordinator, notify):
    services.move(offered, "not_take_over", coordinator, "Lived elsewhere", TOLD)
    with pytest.raises(MoveRefused, match="no other case"):
        services.move(notify(), "mark_duplicate", coordinator, details={"duplicate_of": offered.reference})


def test_an_ordinary_notification_is_no_offer(case):
    assert case.state == State.NOTIFIED
    assert not TransferIn.objects.exists()
