"""The screens of actions, as coordinators, chairs and readers use them."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms.services import receive
from tests.notifying import days_ago, invented_answers
from tests.workflow.actions.agreeing import FACTS, agree, now
from tests.workflow.reviewing import review
from workflow.actions import services
from workflow.models import Action, Agency, Case
from workflow.roles import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
READ = {"Coordinator", "Designated doctor", "Panel chair", "Information governance", "Administrator"}
KEEP = {"Coordinator", "Panel chair", "Administrator"}
FORM = {name: value for name, value in FACTS.items() if name != "due_on"}
FORM |= {"email": "trust@invented.example", "due_on": FACTS["due_on"].isoformat()}


@pytest.fixture
def action(reviewed, coordinator):
    return agree(reviewed, coordinator)


@pytest.fixture
def client(client, coordinator):
    client.force_login(coordinator)
    return client


def address(name, *args):
    return reverse(f"actions:{name}", args=args)


def text(response):
    return response.content.decode()


def post(client, name, *args, **data):
    return text(client.post(address(name, *args), data, follow=True))


def test_from_the_case_to_the_end(client, reviewed, run):
    case_page = text(client.get(reverse("cases:case", args=[reviewed.reference])))
    assert "Recommendations and actions" in case_page
    assert address("agree", reviewed.reference) in case_page
    assert "Added. Now tell the organisation." in post(client, "agree", reviewed.reference, **FORM)
    action = Action.objects.get()
    with run(execute=True):
        assert "Organisation told" in post(client, "move", action.pk, "tell")
    assert mail.outbox[-1].to == ["trust@invented.example"]
    page = post(client, "move", action.pk, "report_done", reason="Every ward has it.", evidence="Audit 7")
    assert "Every ward has it." in page
    assert "How it shows: Audit 7" in page
    assert "Done: Close." in post(client, "move", action.pk, "close")
    case_page = text(client.get(reverse("cases:case", args=[reviewed.reference])))
    assert FACTS["text"] in case_page
    assert "Closed" in case_page


def test_a_text_that_names_the_child_is_refused_on_the_form_and_stays_there(client, reviewed):
    page = post(client, "agree", reviewed.reference, **FORM | {"text": "Help for the Invented family"})
    assert "It must name nobody, and the child’s name is in it." in page
    assert "Help for the Invented family" in page
    assert not Action.objects.exists()


def test_the_form_says_that_nobody_is_named(client, reviewed):
    assert "Name nobody" in text(client.get(address("agree", reviewed.reference)))


@pytest.mark.parametrize("missing", ["kind", "text", "level", "organisation", "due_on"])
def test_what_is_missing_is_said(client, reviewed, missing):
    post(client, "agree", reviewed.reference, **FORM | {missing: ""})
    assert not Action.objects.exists()


def test_an_agency_is_told_at_the_address_of_its_lead_unless_another_is_given(client, reviewed):
    agency = Agency.objects.create(name="Invented Council", lead_email="lead@invented.example")
    for email, told in (("", "lead@invented.example"), ("b@invented.example", "b@invented.example")):
        post(client, "agree", reviewed.reference, **FORM | {"agency": agency.pk, "organisation": "", "email": email})
        assert Action.objects.latest("pk").email == told


def test_an_agency_that_is_not_active_any_more_is_not_offered(client, reviewed):
    agency = Agency.objects.create(name="Invented Council", active=False)
    post(client, "agree", reviewed.reference, **FORM | {"agency": agency.pk, "organisation": ""})
    assert not Action.objects.exists()


def test_before_the_panel_nothing_is_offered_and_nothing_is_taken(client, case, coordinator):
    assert "Recommendations and actions" not in text(client.get(reverse("cases:case", args=[case.reference])))
    assert "once the panel has reviewed" in post(client, "agree", case.reference, **FORM)


def test_an_action_is_changed(client, action):
    assert FACTS["text"] in text(client.get(address("change", action.pk)))
    page = post(client, "change", action.pk, **FORM | {"text": "Every ward has a poster.", "level": "national"})
    assert "Saved." in page
    assert "Every ward has a poster." in page
    assert "National" in page


def test_an_action_of_an_agency_that_is_not_active_any_more_can_be_changed(client, reviewed, coordinator):
    agency = Agency.objects.create(name="Invented Council")
    action = agree(reviewed, coordinator, agency=agency, organisation="")
    Agency.objects.update(active=False)
    page = post(client, "change", action.pk, **FORM | {"agency": agency.pk, "organisation": "", "level": "national"})
    assert "Saved." in page
    assert now(action).agency == agency


def test_a_new_link_is_sent_with_one_press(client, action, coordinator, run):
    services.move(action, "tell", "staff", coordinator)
    assert "Send a new link" in text(client.get(action.get_absolute_url()))
    with run(execute=True):
        assert "Sent. Earlier links work no longer." in post(client, "ask_again", action.pk)
    services.move(now(action), "stop", "staff", coordinator, "Not needed.")
    assert "nobody to send a link to" in post(client, "ask_again", action.pk)
    assert client.get(address("ask_again", action.pk)).status_code == 405


def test_a_move_that_somebody_made_meanwhile_is_refused_in_words(client, action, coordinator):
    services.move(action, "stop", "staff", coordinator, "Not needed.")
    assert "It is now “Stopped”." in post(client, "move", action.pk, "tell")


def test_before_an_organisation_is_told_the_screen_says_at_which_address(client, action, coordinator):
    assert "An email with a link goes to trust@invented.example." in text(
        client.get(address("move", action.pk, "tell"))
    )
    services.change(action, coordinator, **FACTS)
    assert "nobody yet" in text(client.get(address("move", action.pk, "tell")))
    assert "Enter the e-mail address" in post(client, "move", action.pk, "tell")


def test_a_move_that_needs_words_asks_for_them(client, action):
    post(client, "move", action.pk, "stop", reason="")
    assert now(action).state == "agreed"
    assert "Not needed any more." in post(client, "move", action.pk, "stop", reason="Not needed any more.")


def test_nonsense_in_the_address_finds_nothing(client, action):
    for path in (address("move", action.pk, "explode"), "/admin/actions/999999/", address("agree", "2020-9999")):
        assert client.get(path).status_code == 404


SCREENS = {"action": READ, "change": KEEP, "tell": KEEP, "agree": KEEP}


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_opens_for_the_roles_that_need_it(client, action, person, screen):
    paths = {
        "action": action.get_absolute_url(),
        "change": address("change", action.pk),
        "tell": address("move", action.pk, "tell"),
        "agree": address("agree", action.case.reference),
    }
    opened = set()
    for role in ROLES:
        client.force_login(person(role))
        opened |= {role} if client.get(paths[screen]).status_code == 200 else set()
    assert opened == SCREENS[screen]


@pytest.mark.parametrize("role", sorted(set(ROLES) - KEEP))
def test_those_who_keep_no_actions_change_nothing_and_are_offered_nothing(client, action, person, role):
    client.force_login(person(role))
    for name, args in (
        ("move", (action.pk, "stop")),
        ("change", (action.pk,)),
        ("ask_again", (action.pk,)),
        ("agree", (action.case.reference,)),
    ):
        assert client.post(address(name, *args), FORM | {"reason": "x"}).status_code in (302, 403)
    assert (now(action).state, Action.objects.count(), action.changes.count()) == ("agreed", 1, 1)
    if role in READ:
        assert "What you can do" not in text(client.get(action.get_absolute_url()))


def test_the_chair_is_not_offered_to_close(client, action, coordinator, person):
    services.move(services.move(action, "tell", "staff", coordinator), "report_done", "owner", reason="Done.")
    assert address("move", action.pk, "close") in text(client.get(action.get_absolute_url()))
    client.force_login(person("Panel chair"))
    page = text(client.get(action.get_absolute_url()))
    assert address("move", action.pk, "close") not in page
    assert address("move", action.pk, "reopen") in page
    assert client.post(address("move", action.pk, "close")).status_code in (302, 403)
    assert now(action).state == "done"


def test_words_that_name_the_child_are_shown_to_those_who_may_know_it_alone(client, action, coordinator, person):
    services.move(action, "tell", "staff", coordinator)
    services.move(action, "progress", "owner", reason="We spoke of Test Invented.")
    for role in READ:
        client.force_login(person(role))
        page = text(client.get(action.get_absolute_url()))
        knows = role in ("Coordinator", "Designated doctor", "Administrator")
        assert ("We spoke of Test Invented." in page) == knows
        assert ("not for you to read" in page) != knows


def test_whoever_reads_words_that_name_the_child_is_on_record_and_nobody_else(client, action, coordinator, person):
    services.move(action, "tell", "staff", coordinator)
    client.get(action.get_absolute_url())
    assert not action.case.views.exists()
    services.move(action, "progress", "owner", reason="We spoke of Test Invented.")
    for role in READ:
        client.force_login(person(role))
        client.get(action.get_absolute_url())
    seen = {view.by for view in action.case.views.all()}
    assert seen == {person(role) for role in ("Coordinator", "Designated doctor", "Administrator")}


class TestRegister:
    @pytest.fixture
    def three(self, reviewed, coordinator):
        """Agreed, local and late; told, national; stopped, regional and past its day."""
        late = agree(reviewed, coordinator, due_on=days_ago(3))
        told = agree(reviewed, coordinator, text="Ponds are fenced.", level="national")
        services.move(told, "tell", "staff", coordinator)
        stopped = agree(reviewed, coordinator, text="Doors are locked.", level="regional", due_on=days_ago(3))
        services.move(stopped, "stop", "staff", coordinator, "Not needed.")
        return late, told, stopped

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", {0, 1, 2}),
            ("?late=yes", {0}),
            ("?state=told", {1}),
            ("?state=told&state=stopped", {1, 2}),
            ("?level=regional", {2}),
            ("?level=local&late=yes", {0}),
            ("?state=closed", set()),
            ("?q=ponds", {1}),
            ("?q=invented+trust", {0, 1, 2}),
            ("?q=nothing+of+it", set()),
        ],
    )
    def test_it_is_filtered_and_searched(self, client, three, query, found):
        page = text(client.get(address("list") + query))
        assert {number for number, one in enumerate(three) if f'href="{one.get_absolute_url()}"' in page} == found
        assert ("No action is like this" in page) == (not found)

    def test_an_empty_one_says_where_actions_come_from(self, client):
        assert "They are added on a case" in text(client.get(address("list")))

    def test_what_is_late_says_so(self, client, three):
        assert text(client.get(address("list"))).count(", late") == 1

    def test_a_long_one_is_cut(self, client, reviewed, coordinator):
        agree(reviewed, coordinator, text="Word " * 60 + "end.")
        page = text(client.get(address("list")))
        assert "Word Word" in page
        assert "end." not in page

    def test_it_names_no_child_and_no_case(self, client, three, reviewed):
        page = text(client.get(address("list")))
        for secret in (reviewed.reference, "Test Invented", "9990000018"):
            assert secret not in page

    def test_it_is_never_exported_past_the_exports_room(self, client, three):
        response = client.get(address("list") + "?export=csv")
        assert response.headers["Content-Type"].startswith("text/html")


def test_register_action_and_case_ask_as_often_for_many_as_for_few(client, coordinator, chair, reviewed, notification):
    agency, counts = Agency.objects.create(name="Invented Council"), []
    action = agree(reviewed, coordinator)
    services.move(action, "tell", "staff", coordinator)
    for more in (2, 6):
        for _ in range(more):
            answers = invented_answers(nhs_number="", nhs_number_missing_reason="not_currently_available")
            receive(notification, answers)
            other = review(Case.objects.order_by("-pk").first(), coordinator, chair, until="record_panel")
            agree(other, coordinator, agency=agency, organisation="")
            agree(reviewed, coordinator, agency=agency, organisation="")
            services.move(now(action), "progress", "owner", reason="We go on.")
        seen = []
        for page in (address("list"), action.get_absolute_url(), reverse("cases:case", args=[reviewed.reference])):
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            seen.append(len(queries))
        counts.append(seen)
    assert counts[0] == counts[1]
