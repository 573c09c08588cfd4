"""A message that came back through the mailbox: recorded by a person, and work until somebody has dealt with it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms.models import AuditEntry
from tests.workflow.asking import answer, ask, open_request, publish_forms
from tests.workflow.reviewing import review
from workflow.models import InformationRequest, OutboxMessage
from workflow.models.messages import CAME_BACK
from workflow.outbox.returning import came_back, deal_with
from workflow.outbox.services import write
from workflow.requests import services as requests
from workflow.services import MoveRefused
from workflow.worklist.desk import Days, Desk
from workflow.worklist.items import items
from workflow.worklist.services import assign

pytestmark = pytest.mark.django_db
AWAY = "Request for information to Invented Surgery. Came back: They are away"


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


@pytest.fixture
def asked(case, coordinator, chair, run) -> InformationRequest:
    publish_forms()
    review(case, coordinator, chair, until="accept")
    assign(case, coordinator, coordinator)
    with run(execute=True):
        return ask(case, coordinator)


@pytest.fixture
def sent(asked) -> OutboxMessage:
    return asked.messages.get()


def work_of(user, whose=None) -> list[str]:
    return [item.what for item in items(Desk(user, whose or user), Days()) if item.kind == "Message"]


def test_every_message_about_a_request_is_kept_with_it(asked, coordinator):
    requests.say(asked, "When is it needed?")
    requests.say(asked, "In May.", coordinator)
    about = [message.about for message in asked.messages.all()]
    assert about == ["Answer to a question from an agency", "Request for information"]


def test_an_absence_note_is_work_until_it_is_dealt_with(sent, coordinator):
    came_back(sent, coordinator, "away")
    assert work_of(coordinator) == [AWAY]
    assert deal_with(OutboxMessage.objects.all()) == 1
    assert work_of(coordinator) == []
    sent.refresh_from_db()
    assert sent.told == "Came back: They are away"


def test_what_the_note_says_is_sealed_on_the_timeline(sent, coordinator, case):
    came_back(sent, coordinator, "away", "Ask Dr Invented until May.")
    entry = case.timeline.get(text__contains="Came back")
    assert entry.words == "Ask Dr Invented until May."
    assert "Dr Invented" not in entry.text + entry.sealed_words
    assert AuditEntry.objects.filter(what="message.came_back", by_id=coordinator.pk).count() == 1


def test_a_message_that_has_not_gone_cannot_come_back(sent, coordinator):
    OutboxMessage.objects.update(state="queued")
    with pytest.raises(MoveRefused, match="Waiting to be sent"):
        came_back(sent, coordinator, "away")


def test_what_came_back_is_recorded_once(sent, coordinator):
    came_back(sent, coordinator, "away")
    with pytest.raises(MoveRefused, match="They are away"):
        came_back(sent, coordinator, "left")


def test_only_known_reasons_are_taken(sent, coordinator):
    with pytest.raises(MoveRefused, match="Choose"):
        came_back(sent, coordinator, "delivered")


def test_only_those_who_work_on_cases_record_it(sent, person):
    with pytest.raises(PermissionDenied):
        came_back(sent, person("Panel member"), "away")


@pytest.mark.parametrize(
    "step",
    [
        lambda asked, by: requests.send(asked, by),
        lambda asked, by: requests.pass_on(asked, "staff", "Another Doctor", "other@invented.example", by=by),
        lambda asked, by: requests.move(asked, "waive", "staff", by, "Retired"),
        lambda asked, by: requests.move(asked, "cancel", "staff", by, "Asked the wrong surgery"),
    ],
    ids=["sent again", "passed on", "waived", "cancelled"],
)
def test_whoever_does_something_about_the_request_has_dealt_with_the_message(sent, asked, coordinator, step):
    came_back(sent, coordinator, "away")
    step(asked, coordinator)
    assert work_of(coordinator) == []


def test_an_answer_shows_that_the_message_arrived(sent, asked, coordinator, run):
    came_back(sent, coordinator, "away")
    answer(open_request(asked, run), asked)
    assert work_of(coordinator) == []


def test_a_link_that_ends_leaves_the_message_to_be_dealt_with(sent, asked, coordinator):
    came_back(sent, coordinator, "left")
    requests.move(asked, "expire", "system")
    assert len(work_of(coordinator)) == 1


def test_a_request_whose_link_ended_is_work(asked, coordinator):
    requests.move(asked, "expire", "system")
    listed = [item.what for item in items(Desk(coordinator, coordinator), Days())]
    assert "No answer in time, link expired: Invented Surgery" in listed


def test_what_could_not_be_sent_is_work_too(sent, coordinator):
    OutboxMessage.objects.update(state="failed")
    assert work_of(coordinator) == ["Request for information to Invented Surgery. Could not be sent"]


def test_a_message_about_no_case_is_on_the_list_of_everybody_who_works(asked, coordinator, person):
    doctor = person("Designated doctor")
    write("meeting_invitation", "guest@invented.example", {})
    OutboxMessage.objects.filter(case=None).update(state="failed")
    [about] = work_of(doctor)
    assert about.endswith("Could not be sent")
    assert work_of(coordinator) == work_of(doctor, "everybody") == work_of(doctor, "nobody") == [about]


def test_the_work_of_another_coordinator_is_not_mine(sent, coordinator, person):
    came_back(sent, coordinator, "away")
    doctor = person("Designated doctor")
    assert work_of(doctor) == []
    assert work_of(doctor, "everybody") == [AWAY]


def test_a_coordinator_records_it_from_the_request_and_deals_with_it_there(sent, asked, case, client, coordinator):
    client.force_login(coordinator)
    request_page = reverse("cases:request", args=[case.reference, asked.pk])
    record = reverse("cases:came_back", args=[sent.pk])
    assert record in client.get(request_page).content.decode()
    page = client.get(record).content.decode()
    assert all(label in page for _, label in CAME_BACK)
    assert "gp@invented.example" not in page
    assert client.post(record, {"why": ""}).status_code == 200
    assert client.post(record, {"why": "away", "words": "Until May."}).headers["Location"] == request_page
    assert "Came back: They are away" in client.get(request_page).content.decode()
    assert AWAY in client.get(reverse("work:mine")).content.decode()
    client.post(reverse("cases:dealt_with", args=[sent.pk]))
    assert AWAY not in client.get(reverse("work:mine")).content.decode()


def test_recording_it_twice_is_refused_in_words(sent, client, coordinator):
    client.force_login(coordinator)
    record = reverse("cases:came_back", args=[sent.pk])
    client.post(record, {"why": "away"})
    assert "The message is “Came back: They are away”." in client.post(record, {"why": "left"}).content.decode()


def test_an_invitation_that_came_back_asks_for_no_words_and_can_go_again(asked, client, coordinator, run, mailoutbox):
    with run(execute=True):
        message = write("meeting_invitation", "guest@invented.example", {})
    client.force_login(coordinator)
    record = reverse("cases:came_back", args=[message.pk])
    assert "What it says" not in client.get(record).content.decode()
    client.post(record, {"why": "not_now"})
    client.post(reverse("cases:try_again", args=[message.pk]))
    message.refresh_from_db()
    assert (message.state, message.why_back) == ("sent", "")
    assert [mail.to for mail in mailoutbox[-2:]] == [["guest@invented.example"]] * 2


def test_a_request_that_came_back_is_sent_with_a_new_link_and_never_in_its_old_words(sent, client, coordinator):
    came_back(sent, coordinator, "not_now")
    client.force_login(coordinator)
    client.post(reverse("cases:try_again", args=[sent.pk]))
    sent.refresh_from_db()
    assert sent.state == "came_back"


def test_the_list_of_work_costs_the_same_for_one_and_for_many(sent, asked, coordinator):
    came_back(sent, coordinator, "away")
    with CaptureQueriesContext(connection) as one:
        work_of(coordinator)
    for _ in range(5):
        requests.tell(asked, "request_reminder")
    OutboxMessage.objects.update(state="failed")
    with CaptureQueriesContext(connection) as many:
        assert len(work_of(coordinator)) == 6
    assert len(many) == len(one)
