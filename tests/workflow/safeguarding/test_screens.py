"""The screens of safeguarding, as those who may refer use them, and what the others see of it: nothing."""

import html

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms.services import receive
from tests.notifying import days_ago, invented_answers
from tests.workflow.reviewing import review
from tests.workflow.safeguarding.referring import AUTHORITY, PARTNERS, WORDS, brought_to, make, settle, suspect, to
from workflow.models import Case, Referral
from workflow.roles import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
REFER = {"Coordinator", "Designated doctor", "Panel chair", "Administrator"}
KNOW = {"Coordinator", "Designated doctor", "Administrator"}
SUSPICION = WORDS | {"known_on": f"{days_ago(0):%-d %B %Y}", "seen": "0"}


@pytest.fixture
def client(client, coordinator):
    client.force_login(coordinator)
    return client


def address(case, name, *args):
    return reverse(f"cases:{name}", args=[case.reference, *args])


def text(response):
    return html.unescape(response.content.decode())


def get(client, case, name, *args):
    return text(client.get(address(case, name, *args)))


def post(client, case, name, *args, **data):
    return text(client.post(address(case, name, *args), data, follow=True))


def test_from_the_suspicion_to_the_last_answer(client, case):
    assert address(case, "suspect") in get(client, case, "case")
    assert "Send the referrals today." in post(client, case, "suspect", **SUSPICION)
    page = get(client, case, "case")
    assert "3 referrals are to be sent today" in page
    for referral in case.referrals.all():
        assert "Done: Record that it was sent." in post(
            client, case, "referral_move", referral.pk, "send", on=SUSPICION["known_on"], how="By secure e-mail"
        )
    assert "waits for its answer" in get(client, case, "case")
    for referral in case.referrals.all():
        outcome = referral.recipient.outcomes.first().pk
        page = post(
            client,
            case,
            "referral_move",
            referral.pk,
            "answer",
            on=SUSPICION["known_on"],
            outcome=outcome,
            words="Rang.",
        )
        assert "Done: Record the answer." in page
    page = get(client, case, "case")
    assert "waits for its answer" not in page
    assert "Serious incident notified" in page
    assert "Rang." in get(client, case, "safeguarding")


def test_nothing_of_it_leaves_by_e_mail(client, case):
    post(client, case, "suspect", **SUSPICION)
    assert mail.outbox == []


def test_a_child_at_risk_never_waits_for_it(client, case):
    for name in ("suspect", "safeguarding"):
        assert "ring 999" in get(client, case, name)


def test_what_has_waited_since_another_day_is_to_be_sent_at_once(client, case, coordinator):
    suspect(case, coordinator, known_on=days_ago(2))
    assert f"at once: known since {days_ago(2):%-d %B %Y}" in get(client, case, "case")


@pytest.mark.parametrize("missing", ["known_on", "said_by", "basis", "decider_role"])
def test_what_is_missing_is_said_and_what_was_typed_stays(client, case, missing):
    page = post(client, case, "suspect", **SUSPICION | {missing: ""})
    assert "This field is required" in page
    assert missing == "basis" or WORDS["basis"] in page
    assert not Referral.objects.exists()


def test_a_screen_that_is_behind_is_refused_in_words(client, case, coordinator):
    suspect(case, coordinator)
    page = post(client, case, "suspect", **SUSPICION)
    assert "recorded a suspicion meanwhile" in page
    assert 'name="seen" value="1"' in page


def test_a_move_that_somebody_made_meanwhile_is_refused_in_words(client, case, coordinator):
    referral = brought_to("not_needed", case, coordinator)
    page = post(client, case, "referral_move", referral.pk, "send", on=SUSPICION["known_on"], how="By phone")
    assert "It is now “Not needed”." in page


def test_the_letter_is_shown_changed_and_kept(client, case, coordinator):
    referral = brought_to("to_send", case, coordinator)
    page = get(client, case, "referral_letter", referral.pk)
    assert "Test Invented" in page
    assert WORDS["basis"] in page
    assert "Other words." in post(client, case, "referral_letter", referral.pk, text="Other words.")
    assert "Other words." in get(client, case, "referral_letter", referral.pk)
    make(Referral.objects.get(pk=referral.pk), "send", coordinator)
    page = get(client, case, "referral_letter", referral.pk)
    assert "as it was sent" in page
    assert "Change the words" not in page
    assert "not changed any more" in post(client, case, "referral_letter", referral.pk, text="Too late.")


def test_the_letter_asks_for_words(client, case, coordinator):
    referral = brought_to("to_send", case, coordinator)
    assert "This field is required" in post(client, case, "referral_letter", referral.pk, text="")


def test_nonsense_in_the_address_finds_nothing(client, case, coordinator, notification):
    referral = brought_to("to_send", case, coordinator)
    answers = invented_answers(nhs_number="not_known", child_first_names="Other")
    other = Case.objects.get(submissions__submission=receive(notification, answers))
    for place in (
        address(case, "referral_move", referral.pk, "explode"),
        address(case, "referral_move", 999_999, "send"),
        address(other, "referral_letter", referral.pk),
    ):
        assert client.get(place).status_code == 404


@pytest.mark.parametrize(
    ("screen", "roles"), [("safeguarding", REFER), ("suspect", REFER), ("move", REFER), ("letter", KNOW)]
)
def test_a_screen_opens_for_the_roles_that_need_it(client, case, coordinator, person, screen, roles):
    review(case, coordinator, person("Panel chair"), until="schedule_panel")
    referral = brought_to("to_send", case, coordinator)
    places = {
        "safeguarding": address(case, "safeguarding"),
        "suspect": address(case, "suspect"),
        "move": address(case, "referral_move", referral.pk, "send"),
        "letter": address(case, "referral_letter", referral.pk),
    }
    opened = set()
    for role in ROLES:
        client.force_login(person(role))
        opened |= {role} if client.get(places[screen]).status_code == 200 else set()
    assert opened == roles


@pytest.mark.parametrize("role", sorted(set(ROLES) - REFER))
def test_the_others_change_nothing(client, case, coordinator, person, role):
    referral = brought_to("to_send", case, coordinator)
    client.force_login(person(role))
    client.post(address(case, "suspect"), SUSPICION)
    client.post(address(case, "referral_move", referral.pk, "not_needed"), {"words": "x"})
    client.post(address(case, "referral_letter", referral.pk), {"text": "x"})
    assert case.suspicions.count() == 1
    assert Referral.objects.get(pk=referral.pk).state == "to_send"


@pytest.mark.parametrize("role", ["Panel member", "Information governance"])
def test_those_who_read_a_case_without_acting_on_it_see_no_referral(client, case, coordinator, person, role):
    review(case, coordinator, person("Panel chair"), until="schedule_panel")
    suspect(case, coordinator)
    client.force_login(person(role))
    listed = [text(client.get(f"/admin/cases/{query}")) for query in ("", "?need=safeguarding")]
    for page in (get(client, case, "case"), text(client.get("/admin/")), *listed):
        assert "refer today" not in page
        assert "to be sent today" not in page
        assert WORDS["basis"] not in page
        assert address(case, "suspect") not in page


def test_whether_a_case_has_a_referral_cannot_be_found_out_by_filtering(client, case, coordinator, person):
    client.force_login(person("Information governance"))
    before = case.reference in text(client.get("/admin/cases/results/?need=safeguarding"))
    suspect(case, coordinator)
    assert (case.reference in text(client.get("/admin/cases/results/?need=safeguarding"))) == before


def test_a_panel_member_reads_nothing_of_it_at_all(client, case, coordinator, person):
    review(case, coordinator, person("Panel chair"), until="schedule_panel")
    suspect(case, coordinator)
    client.force_login(person("Panel member"))
    for page in (get(client, case, "case"), text(client.get("/admin/cases/"))):
        assert "afeguarding" not in page[page.index("<main") :]
        assert "suspected" not in page[page.index("<main") :]


def test_the_chair_acts_and_reads_no_words(client, case, coordinator, chair):
    referral = brought_to("sent", case, coordinator)
    client.force_login(chair)
    assert address(case, "suspect") in get(client, case, "case")
    page = get(client, case, "safeguarding")
    for secret in (WORDS["basis"], WORDS["said_by"], "By secure e-mail", "Test Invented", "letter/"):
        assert secret not in page
    assert address(case, "referral_move", referral.pk, "answer") in page


def test_whoever_reads_it_is_on_record(client, case, coordinator, chair):
    suspect(case, coordinator)
    client.force_login(chair)
    get(client, case, "safeguarding")
    assert case.views.filter(by=chair).exists()


class TestPrompts:
    def test_dashboard_and_list_show_it_until_it_is_answered(self, client, case, coordinator):
        assert 'id="cases-safeguarding"' not in text(client.get("/admin/"))
        suspect(case, coordinator)
        home = text(client.get("/admin/"))
        assert 'id="cases-safeguarding"' in home
        assert "Safeguarding: refer today" in home
        assert "Safeguarding: refer today" in text(client.get("/admin/cases/"))
        assert case.reference in text(client.get("/admin/cases/?need=safeguarding"))
        for referral in case.referrals.all():
            make(referral, "send", coordinator)
        assert "Safeguarding: answer awaited" in text(client.get("/admin/"))
        for referral in case.referrals.all():
            make(referral, "answer", coordinator)
        assert 'id="cases-safeguarding"' not in text(client.get("/admin/"))
        assert case.reference not in text(client.get("/admin/cases/results/?need=safeguarding"))

    def test_also_when_the_case_has_ended(self, client, case, coordinator, chair):
        review(case, coordinator, chair, until="close")
        suspect(case, coordinator)
        assert f"/admin/cases/{case.reference}/" in text(client.get("/admin/"))
        assert f"/admin/cases/{case.reference}/" in text(client.get("/admin/cases/results/?need=safeguarding"))
        assert "3 referrals are to be sent today" in get(client, case, "case")
        settle(case, coordinator)
        assert to(case, PARTNERS).state == to(case, AUTHORITY).state == "answered"

    def test_what_is_to_be_sent_comes_first(self, client, case, coordinator, notification):
        answers = invented_answers(nhs_number="not_known", sibling_concerns="yes")
        urgent = Case.objects.get(submissions__submission=receive(notification, answers))
        suspect(case, coordinator)
        page = text(client.get("/admin/cases/"))
        assert page.index(f"/admin/cases/{case.reference}/") < page.index(f"/admin/cases/{urgent.reference}/")

    def test_the_chair_is_prompted_too(self, client, case, coordinator, chair):
        suspect(case, coordinator)
        client.force_login(chair)
        assert "Safeguarding: refer today" in text(client.get("/admin/"))


def test_what_is_in_the_way_of_closing_leads_to_the_referrals(client, case, coordinator, chair):
    review(case, coordinator, chair, until="finalise")
    suspect(case, coordinator)
    page = get(client, case, "case")
    assert "Safeguarding referrals without an answer" in page
    assert f'href="{address(case, "safeguarding")}">Do it now' in page


def test_case_list_and_home_ask_as_often_for_many_as_for_few(client, case, coordinator, notification):
    suspect(case, coordinator)
    counts = []
    for more in (2, 6):
        for _ in range(more):
            answers = invented_answers(nhs_number="", nhs_number_missing_reason="not_currently_available")
            suspect(Case.objects.get(submissions__submission=receive(notification, answers)), coordinator)
            make(to(case, AUTHORITY), "send", coordinator)
            suspect(case, coordinator)
        seen = []
        for page in ("/admin/", "/admin/cases/", address(case, "case"), address(case, "safeguarding")):
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            seen.append(len(queries))
        counts.append(seen)
    assert counts[0] == counts[1]
