"""Asking agencies: from the notification's professionals to answers on the case, without accounts."""

import datetime as dt

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forms.services import receive
from forms.shipping import load, load_lists
from tests.forms.making import page, publish
from tests.notifying import days_ago
from tests.workflow.asking import KNOWN, answer, ask, link_of, open_request, publish_forms
from workflow.models import Agency, InformationRequest, OutboxMessage, RequestChange, RequestedForm
from workflow.requests import services
from workflow.requests.answering import form_came_back
from workflow.requests.proposing import suggestions
from workflow.requests.reminders import expire, remind
from workflow.requests.selectors import agencies_with_figures, outstanding
from workflow.requests.states import MOVES, OUTSTANDING, SETTLED, RequestState, staff_moves_from
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forms(db):
    publish_forms()


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


@pytest.fixture
def request_(case, coordinator):
    return ask(case, coordinator)


def test_the_table_and_the_transitions_of_the_model_agree():
    transitions = {t.name: t for t in InformationRequest().get_all_state_transitions()}
    assert {move.name: str(move.target) for move in MOVES} == {n: str(t.target) for n, t in transitions.items()}


def test_every_state_can_be_reached_and_of_settled_ones_only_what_was_accepted_leads_on():
    reached = {move.target for move in MOVES} | {RequestState.DRAFTED}
    assert reached == set(RequestState)
    leads_on = {source for move in MOVES for source in move.sources}
    assert set(RequestState) - leads_on == SETTLED - {RequestState.ACCEPTED}


def test_an_agency_answers_by_link_and_code_and_its_answer_is_on_the_case(case, request_, run, coordinator):
    client = open_request(request_, run)
    shown = client.get(link_of(request_)).content.decode()
    assert "Test Invented" in shown
    answer(client, request_)
    assert InformationRequest.objects.get().state == RequestState.PART_ANSWERED
    client.post(f"{link_of(request_)}return/")
    returned = InformationRequest.objects.get()
    assert returned.state == RequestState.RETURNED
    received = case.submissions.get(kind="reporting")
    assert received.submission.all_answers()["narrative"] == "Invented facts."
    services.move(returned, "accept", "staff", coordinator)
    assert [change.transition for change in request_.changes.all()] == [
        "draft",
        "send",
        "open",
        "answer_part",
        "give_back",
        "accept",
    ]


def test_who_is_asked_need_not_say_who_they_are(case, coordinator, run):
    load_lists()
    load("reporting", replace=True)
    request = ask(case, coordinator)
    client = open_request(request, run)
    resumed = client.post(f"{link_of(request)}form/{request.forms.get().pk}/").headers["Location"]
    about_you = client.get(resumed, follow=True).content.decode()
    for given in ("Invented Surgery", "Invented Doctor", "gp@invented.example"):
        assert f'value="{given}"' in about_you
    assert 'value="gp" selected' in about_you


def test_a_form_for_every_death_comes_before_one_for_some(case, coordinator):
    load_lists()
    load("cardiac")
    publish(page("one", KNOWN), slug="later", title="Made later, for every death")
    forms = ask(case, coordinator, "cardiac", "later").forms.all()
    assert [form.version.form.slug for form in forms] == ["later", "cardiac"]


def test_the_nhs_number_is_read_in_threes(request_, run):
    assert "999 000 0018" in open_request(request_, run).get(link_of(request_)).content.decode()


def test_no_message_names_the_child(case, request_, run, coordinator):
    with run(execute=True):
        services.send(request_, coordinator)
    open_request(request_, run)
    texts = [f"{message.subject} {message.body}" for message in mail.outbox]
    assert len(texts) == 2
    for text in texts:
        assert "Test" not in text
        assert case.reference not in text
        assert "9990000018" not in text.replace(" ", "")


def test_without_the_code_the_page_says_nothing_about_the_child(request_):
    visitor = Client()
    assert visitor.get(link_of(request_)).headers["Location"].endswith("/code/")
    page = visitor.get(f"{link_of(request_)}code/").content.decode()
    assert "Test Invented" not in page
    assert "g…@invented.example" in page
    for path in ("pass-on/", "ask/", "decline/"):
        assert visitor.get(link_of(request_) + path).status_code == 302


def test_a_code_works_once_and_ends_after_wrong_tries(request_, run):
    client = open_request(request_, run)
    other = Client()
    used = mail.outbox[-1].body.split("code is ")[1][:6]
    assert other.post(f"{link_of(request_)}code/", {"code": used}).status_code == 200
    with run(execute=True):
        other.post(f"{link_of(request_)}code/", {})
    code = mail.outbox[-1].body.split("code is ")[1][:6]
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        assert "is not right" in other.post(f"{link_of(request_)}code/", {"code": wrong}).content.decode()
    assert other.post(f"{link_of(request_)}code/", {"code": code}).status_code == 200
    assert client.get(link_of(request_)).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "%00", "x" * 500, "../admin"])
def test_a_made_up_link_opens_nothing(token):
    assert Client().get(f"/requests/{token}/").status_code == 404


def test_a_renewed_link_ends_the_old_one_and_every_browser_it_was_open_in(request_, run, coordinator):
    client, old = open_request(request_, run), link_of(request_)
    services.send(InformationRequest.objects.get(), coordinator)
    assert client.get(old).status_code == 404
    assert client.get(link_of(request_)).headers["Location"].endswith("/code/")


def test_nothing_held_is_said_without_opening_a_form(request_, run):
    client = open_request(request_, run)
    form = request_.forms.get()
    client.post(f"{link_of(request_)}return/", {"nothing_held": form.pk})
    assert InformationRequest.objects.get().state == RequestState.RETURNED
    assert request_.forms.get().nothing_held


def test_a_request_goes_back_only_when_every_form_is_settled(case, coordinator, run):
    request = ask(case, coordinator, "reporting", "drowning")
    client = open_request(request, run)
    page = client.post(f"{link_of(request)}return/", follow=True).content.decode()
    assert "Answer “Drowning”, or say that you hold nothing for it." in page
    assert InformationRequest.objects.get().state != RequestState.RETURNED


def test_an_answer_that_is_asked_about_is_opened_again_with_what_was_said(request_, run, coordinator):
    client = open_request(request_, run)
    answer(client, request_)
    client.post(f"{link_of(request_)}return/")
    services.query(InformationRequest.objects.get(), coordinator, "Which year was that?")
    again = open_request(request_, run)
    assert "Which year was that?" in again.get(link_of(request_)).content.decode()
    form = request_.forms.get()
    first = again.get(again.post(f"{link_of(request_)}form/{form.pk}/").headers["Location"]).headers["Location"]
    assert "Invented facts." in again.get(first).content.decode()
    answer(again, request_, narrative="It was last year.")
    again.post(f"{link_of(request_)}return/")
    returns = [back.submission.all_answers()["narrative"] for back in form.returns.all()]
    assert returns == ["Invented facts.", "It was last year."]
    assert request_.case.submissions.filter(kind="reporting").count() == 2


def test_what_an_agency_returned_is_no_notification_on_the_case_and_in_lists(request_, run, coordinator, client):
    answer(open_request(request_, run), request_)
    client.force_login(coordinator)
    page = client.get(reverse("cases:case", args=[request_.case.reference])).content.decode()
    (sent,) = request_.forms.get().returns.values_list("submission__reference", flat=True)
    assert f"Reporting form {sent}" in page
    assert f"Notification {sent}" not in page
    assert "2 notifications" not in page + client.get(reverse("cases:list")).content.decode()


def test_what_came_back_is_shown_page_by_page_with_what_was_left_out(request_, run, coordinator, client):
    answer(open_request(request_, run), request_, household_smoking="")
    client.force_login(coordinator)
    page = client.get(reverse("cases:request", args=[request_.case.reference, request_.pk])).content.decode()
    assert "Invented facts." in page
    assert "Not answered: Did anybody smoke at home?" in page


def test_an_answer_that_was_accepted_can_be_asked_about_later(request_, run, coordinator):
    client = open_request(request_, run)
    answer(client, request_)
    client.post(f"{link_of(request_)}return/")
    services.move(request_, "accept", "staff", coordinator)
    services.query(InformationRequest.objects.get(), coordinator, "Which year was that?")
    again = open_request(request_, run)
    assert "Which year was that?" in again.get(link_of(request_)).content.decode()
    answer(again, request_, narrative="It was last year.")
    again.post(f"{link_of(request_)}return/")
    assert InformationRequest.objects.get().state == RequestState.RETURNED
    assert [change.transition for change in request_.changes.all()][-3:] == ["accept", "query", "give_back"]


def test_the_question_stays_out_of_the_e_mail(request_, run, coordinator):
    client = open_request(request_, run)
    answer(client, request_)
    client.post(f"{link_of(request_)}return/")
    with run(execute=True):
        services.query(InformationRequest.objects.get(), coordinator, "Did Test Invented live there?")
    assert "Test Invented" not in mail.outbox[-1].body


def test_a_colleague_takes_over_with_what_is_answered(case, coordinator, run):
    request = ask(case, coordinator, "reporting", "drowning")
    client = open_request(request, run)
    form = request.forms.first()
    first = client.get(client.post(f"{link_of(request)}form/{form.pk}/").headers["Location"]).headers["Location"]
    client.post(first, {"narrative": "Invented facts.", "household_smoking": "no"})
    old = link_of(request)
    with run(execute=True):
        client.post(f"{old}pass-on/", {"name": "Invented Colleague", "email": "colleague@invented.example"})
    assert mail.outbox[-1].to == ["colleague@invented.example"]
    assert client.get(old).status_code == 404
    heir = InformationRequest.objects.get(passed_from=request)
    assert heir.state == RequestState.SENT
    theirs = open_request(heir, run)
    resumed = theirs.post(f"{link_of(heir)}form/{form.pk}/").headers["Location"]
    assert theirs.get(resumed).status_code == 302
    assert heir.forms.count() == 2


def test_a_colleague_who_takes_over_is_asked_in_their_own_name(case, coordinator, run):
    about = [
        {"kind": "full_name", "key": f"respondent_{name}", "label": name, "prefill": prefill}
        for name, prefill in (("name", "offer"), ("role", "offer"))
    ]
    request = ask(case, coordinator)
    form = request.forms.get()
    form.version = publish(page("you", *about), page("what-you-know", KNOWN), slug="reporting")
    form.save()
    client = open_request(request, run)
    first = client.get(client.post(f"{link_of(request)}form/{form.pk}/").headers["Location"]).headers["Location"]
    pages = first.rsplit("/", 2)[0]
    client.post(f"{pages}/you/", {"respondent_name": "Invented Doctor", "respondent_role": "General practitioner"})
    client.post(f"{pages}/what-you-know/", {"narrative": "Invented facts.", "later": ""})
    with run(execute=True):
        client.post(f"{link_of(request)}pass-on/", {"name": "Invented Colleague", "email": "c@invented.example"})
    draft = RequestedForm.objects.get().draft
    assert draft.answers["respondent_name"] == "Invented Colleague"
    assert draft.answers.get("respondent_role") is None
    assert draft.answers["narrative"] == "Invented facts."


def test_a_colleague_who_amends_what_was_returned_is_asked_in_their_own_name(case, coordinator, run):
    about = [
        {"kind": "full_name", "key": f"respondent_{name}", "label": name, "prefill": "offer"}
        for name in ("name", "role")
    ]
    request = ask(case, coordinator)
    form = request.forms.get()
    form.version = publish(page("you", *about, KNOWN), slug="reporting")
    form.save()
    client = open_request(request, run)
    first = client.get(client.post(f"{link_of(request)}form/{form.pk}/").headers["Location"]).headers["Location"]
    said = {"respondent_name": "Invented Doctor", "respondent_role": "General practitioner", "narrative": "Facts."}
    client.post(client.post(first, said).headers["Location"])
    client.post(f"{link_of(request)}return/")
    request = services.query(InformationRequest.objects.get(), coordinator, "Which day was it?")
    client = open_request(request, run)
    with run(execute=True):
        client.post(f"{link_of(request)}pass-on/", {"name": "Invented Colleague", "email": "c@invented.example"})
    heir = InformationRequest.objects.get(passed_from=request)
    open_request(heir, run).post(f"{link_of(heir)}form/{form.pk}/")
    answers = RequestedForm.objects.get().draft.answers
    assert answers["respondent_name"] == "Invented Colleague"
    assert answers.get("respondent_role") is None
    assert answers["narrative"] == "Facts."


def test_who_cannot_answer_says_why(request_, run):
    client = open_request(request_, run)
    assert "Say why" in client.post(f"{link_of(request_)}decline/", {"reason": ""}).content.decode()
    client.post(f"{link_of(request_)}decline/", {"reason": "She moved to another surgery."})
    assert InformationRequest.objects.get().state == RequestState.DECLINED
    assert RequestChange.objects.filter(transition="decline").get().reason == "She moved to another surgery."


def test_a_question_is_answered_on_the_page(request_, run, coordinator):
    client = open_request(request_, run)
    client.post(f"{link_of(request_)}ask/", {"text": "Which records do you mean?"})
    with run(execute=True):
        services.say(InformationRequest.objects.get(), "Those of the last year.", coordinator)
    page = client.get(link_of(request_)).content.decode()
    assert "Which records do you mean?" in page
    assert "Those of the last year." in page
    assert "last year" not in mail.outbox[-1].body


def test_what_was_returned_can_no_longer_be_changed_by_link(request_, run):
    client = open_request(request_, run)
    answer(client, request_)
    client.post(f"{link_of(request_)}return/")
    form = request_.forms.get()
    assert client.post(f"{link_of(request_)}form/{form.pk}/").headers["Location"] == link_of(request_)
    assert client.get(f"{link_of(request_)}decline/").status_code == 302
    client.post(f"{link_of(request_)}return/", {"nothing_held": form.pk})
    assert InformationRequest.objects.get().changes.filter(transition="give_back").count() == 1


def test_a_form_of_another_request_cannot_be_opened(case, coordinator, request_, run):
    other = ask(case, coordinator, name="Other Surgery", email="other@invented.example")
    client = open_request(request_, run)
    assert client.post(f"{link_of(request_)}form/{other.forms.get().pk}/").status_code == 404


def test_reminders_follow_the_rules_each_once(request_, run):
    def reminded_on(day: dt.date) -> list[str]:
        InformationRequest.objects.update(due_on=timezone.localdate() - (day - days_ago(-21)))
        before = len(mail.outbox)
        with run(execute=True):
            remind()
        return [message.to[0] for message in mail.outbox[before:]]

    due = days_ago(-21)
    assert reminded_on(due - dt.timedelta(days=6)) == []
    assert reminded_on(due - dt.timedelta(days=5)) == ["gp@invented.example"]
    assert reminded_on(due - dt.timedelta(days=4)) == []
    assert reminded_on(due + dt.timedelta(days=1)) == ["gp@invented.example"]
    assert reminded_on(due + dt.timedelta(days=7)) == ["gp@invented.example"]
    assert reminded_on(due + dt.timedelta(days=14)) == ["lead@invented.example"]
    assert reminded_on(due + dt.timedelta(days=100)) == []


def test_after_a_long_pause_only_the_newest_reminder_goes_to_each(request_, run):
    InformationRequest.objects.update(due_on=days_ago(20))
    with run(execute=True):
        assert remind() == 2
    assert sorted(message.to[0] for message in mail.outbox) == ["gp@invented.example", "lead@invented.example"]


def test_who_has_answered_is_not_reminded(request_, run):
    client = open_request(request_, run)
    answer(client, request_)
    client.post(f"{link_of(request_)}return/")
    InformationRequest.objects.update(due_on=days_ago(20))
    assert remind() == 0


def test_a_link_that_has_run_out_is_shown_as_such_and_can_be_renewed(request_, coordinator):
    InformationRequest.objects.update(link_expires_at=timezone.now() - dt.timedelta(minutes=1))
    assert Client().get(link_of(request_)).status_code == 404
    assert expire() == 1
    assert InformationRequest.objects.get().state == RequestState.EXPIRED
    services.send(InformationRequest.objects.get(), coordinator)
    assert Client().get(link_of(request_)).status_code == 302


def test_only_staff_who_work_on_cases_ask_query_or_waive(case, person, request_):
    for role in ("Panel member", "Analyst", "Site editor"):
        with pytest.raises(Exception, match="cannot do this"):
            services.move(request_, "waive", "staff", person(role), "reason")


@pytest.mark.parametrize("name", ["query", "waive", "cancel", "decline"])
def test_a_reason_is_wanted_where_somebody_will_ask_for_it(request_, coordinator, name):
    InformationRequest.objects.update(state=RequestState.RETURNED if name == "query" else RequestState.SENT)
    with pytest.raises(MoveRefused, match="reason"):
        services.move(InformationRequest.objects.get(), name, "staff", coordinator, "  ")


def test_the_case_waits_for_mandatory_requests_until_answered_or_waived(case, coordinator, request_):
    assert [request.pk for request in outstanding(case)] == [request_.pk]
    services.move(request_, "waive", "staff", coordinator, "The surgery has closed.")
    assert not outstanding(case).exists()
    assert RequestState.WAIVED not in OUTSTANDING


def test_everybody_the_notification_names_is_suggested_once(case):
    (suggestion,) = suggestions(case)
    assert (suggestion.organisation, suggestion.kind) == ("Invented Surgery", "gp")
    assert suggestion.forms == ("reporting",)


def test_agency_figures_take_one_query(case, coordinator, run, django_assert_num_queries):
    request = ask(case, coordinator)
    ask(case, coordinator, name="Late Hospital", email="late@invented.example")
    client = open_request(request, run)
    answer(client, request)
    client.post(f"{link_of(request)}return/")
    InformationRequest.objects.filter(agency__name="Late Hospital").update(due_on=days_ago(3))
    with django_assert_num_queries(1):
        figures = {agency.name: agency for agency in agencies_with_figures(Agency.objects.all())}
    surgery, hospital = figures["Invented Surgery"], figures["Late Hospital"]
    assert (surgery.asked, surgery.open, surgery.late, surgery.returned, surgery.on_time) == (1, 0, 0, 1, 1)
    assert (hospital.asked, hospital.open, hospital.late, hospital.returned) == (1, 1, 1, 0)


def test_addresses_and_words_are_stored_sealed(request_, run):
    client = open_request(request_, run)
    client.post(f"{link_of(request_)}ask/", {"text": "About Test Invented"})
    stored = InformationRequest.objects.get().sealed + request_.words.get().sealed
    stored += "".join(OutboxMessage.objects.values_list("sealed", flat=True))
    assert "invented.example" not in stored
    assert "Test" not in stored


@pytest.fixture
def queried(request_, run, coordinator) -> InformationRequest:
    client = open_request(request_, run)
    answer(client, request_)
    client.post(f"{link_of(request_)}return/")
    return services.query(InformationRequest.objects.get(), coordinator, "Which year was that?")


def test_a_question_whose_link_ran_out_is_asked_again_with_a_new_one_until_it_is_answered(queried, run, coordinator):
    InformationRequest.objects.update(link_expires_at=timezone.now() - dt.timedelta(minutes=1))
    assert expire() == 1
    with run(execute=True):
        services.send(InformationRequest.objects.get(), coordinator)
    assert mail.outbox[-1].subject == "A question about what you told us"
    client = open_request(queried, run)
    assert "Which year was that?" in client.get(link_of(queried)).content.decode()
    client.post(f"{link_of(queried)}return/")
    assert InformationRequest.objects.get().state == RequestState.RETURNED
    assert "Which year was that?" not in client.get(link_of(queried)).content.decode()


def test_a_question_that_did_not_arrive_is_sent_again(queried, run, coordinator):
    old = link_of(queried)
    with run(execute=True):
        services.send(InformationRequest.objects.get(), coordinator)
    assert mail.outbox[-1].subject == "A question about what you told us"
    assert Client().get(old).status_code == 404


def test_a_request_that_is_partly_answered_is_sent_again_with_what_is_answered(case, coordinator, run):
    request = ask(case, coordinator, "reporting", "drowning")
    form = request.forms.first()
    form_came_back(form, receive(form.version, {"narrative": "Invented facts."}))
    services.send(InformationRequest.objects.get(), coordinator)
    form_came_back(request.forms.last(), receive(request.forms.last().version, {"narrative": "Invented facts."}))
    assert InformationRequest.objects.get().state == RequestState.PART_ANSWERED
    assert services.give_back(InformationRequest.objects.get()).state == RequestState.RETURNED


def test_what_staff_can_do_begins_with_what_leads_on():
    first = {state: moves[0].name for state in RequestState if (moves := staff_moves_from(state))}
    assert first == {
        "drafted": "send",
        "returned": "accept",
        "accepted": "query",
        **dict.fromkeys(("sent", "opened", "part_answered", "queried", "declined", "expired"), "renew"),
    }
