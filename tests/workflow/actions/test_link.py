"""The page of an organisation's link: what it shows, what it takes, and when it opens nothing."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.translating import mark, mark_area, unmarked
from tests.workflow.actions.agreeing import FACTS, agree, now, tell
from workflow.actions import services
from workflow.actions.views.link import REPORTS
from workflow.models import Action

pytestmark = pytest.mark.django_db
SAID = {"outcome": "progress", "reason": "Leaflets are printed.", "evidence": "Minutes of May"}


@pytest.fixture
def action(reviewed, coordinator):
    return agree(reviewed, coordinator)


@pytest.fixture
def link(action, coordinator, run):
    return tell(action, coordinator, run)


def text(response):
    return response.content.decode()


def test_it_shows_what_is_recommended_to_whom_and_until_when_and_nothing_of_the_review(action, link, reviewed):
    response = Client().get(link)
    page = text(response)
    assert response.status_code == 200
    for shown in (FACTS["text"], "Invented Trust", f"{FACTS['due_on'].day} {FACTS['due_on']:%B %Y}"):
        assert shown in page
    main = page[page.index("<main") : page.index("</main")]
    for secret in (reviewed.reference, "case", "Test", "9990000018", "ZZ99", "coordinator"):
        assert secret not in main
    assert "no-store" in response.headers["Cache-Control"]


def test_nothing_is_chosen_for_the_organisation(link):
    assert " checked" not in text(Client().get(link))


def test_looking_at_it_changes_nothing(action, link):
    Client().get(link)
    Client().head(link)
    assert now(action).state == "told"
    assert action.changes.first().transition == "tell"


@pytest.mark.parametrize(
    ("outcome", "state"), [("progress", "in_progress"), ("report_done", "done"), ("decline", "not_accepted")]
)
def test_what_the_organisation_says_is_kept_with_its_evidence(action, link, outcome, state):
    page = text(Client().post(link, SAID | {"outcome": outcome}))
    assert "Thank you" in page
    change = action.changes.first()
    assert (now(action).state, change.maker, change.by) == (state, "owner", None)
    assert (change.words, change.evidence) == ("Leaflets are printed.", "Minutes of May")


def test_it_can_be_used_again_and_again_until_it_is_done(action, link):
    for _ in range(2):
        Client().post(link, SAID)
    assert now(action).state == "in_progress"
    Client().post(link, SAID | {"outcome": "report_done"})
    page = text(Client().get(link))
    assert "You have told us that this is done" in page
    assert "<textarea" not in page
    kept = action.changes.count()
    assert Client().post(link, SAID).status_code == 200
    assert (now(action).state, action.changes.count()) == ("done", kept)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"outcome": ""}, "Choose how far it is"),
        ({"outcome": "close"}, "Choose how far it is"),
        ({"outcome": "reopen"}, "Choose how far it is"),
        ({"reason": "  "}, "Say what you have done, or why not"),
        ({"reason": "x" * 5001}, "must be 5,000 characters or less"),
        ({"evidence": "x" * 5001}, "must be 5,000 characters or less"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_kept(action, link, changes, error):
    response = Client().post(link, SAID | changes)
    page = text(response)
    assert page.count(error) == 2
    assert "<title>Error:" in page.replace("\n", "").replace("  ", "")
    assert (now(action).state, action.changes.count()) == ("told", 2)


def test_words_are_shown_as_words(action, link):
    page = text(Client().post(link, SAID | {"outcome": "", "reason": "<script>alert(1)</script>"}))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("token", ["unknown", "x" * 500, "%00", "’"])
def test_an_unknown_token_opens_nothing(action, link, token):
    assert Client().get(f"/actions/{token}/").status_code == 404


def test_an_action_that_was_never_told_has_no_link(action):
    assert action.token_hash == ""
    assert Client().get("/actions/ /").status_code == 404


def test_a_link_that_ran_out_opens_and_takes_nothing(action, link):
    Action.objects.update(link_expires_at=timezone.now() - timezone.timedelta(seconds=1))
    assert "This link does not work" in text(Client().get(link))
    assert Client().post(link, SAID).status_code == 404
    assert now(action).state == "told"


def test_a_link_works_as_long_as_the_setting_says(action, coordinator, run, settings):
    settings.ACTION_LINK_DAYS = 3
    tell(action, coordinator, run)
    left = now(action).link_expires_at - timezone.now()
    assert timezone.timedelta(days=2, hours=23) < left <= timezone.timedelta(days=3)


def test_the_link_of_an_action_that_was_stopped_opens_nothing(action, link, coordinator):
    services.move(action, "stop", "staff", coordinator, "Not needed.")
    assert Client().get(link).status_code == 404
    assert Client().post(link, SAID).status_code == 404


def test_the_link_from_before_it_was_opened_again_opens_nothing(action, link, coordinator, run):
    services.move(action, "report_done", "owner", reason="Done.")
    services.move(action, "reopen", "staff", coordinator, "Only half of it.")
    assert Client().get(link).status_code == 404
    assert Client().get(tell(now(action), coordinator, run)).status_code == 200


def test_reports_are_limited_for_each_address(link):
    cache.clear()
    answers = [Client().post(link, SAID | {"outcome": ""}).status_code for _ in range(REPORTS.most + 1)]
    assert answers == [200] * REPORTS.most + [429]


def test_a_form_of_another_site_is_refused(action, link):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link, SAID).status_code == 403
    assert now(action).state == "told"


class TestWords:
    """None of our words is left in English where the language is another."""

    @pytest.fixture
    def marked_link(self, reviewed, coordinator, run, marked):
        mark_area()
        action = agree(reviewed, coordinator, text=mark("A leaflet"), organisation=mark("A trust"))
        return tell(action, coordinator, run)

    def test_the_page_its_errors_and_its_thanks(self, marked_link):
        assert unmarked(Client().get(marked_link)) == []
        assert unmarked(Client().post(marked_link, {})) == []
        assert unmarked(Client().post(marked_link, {"reason": "x" * 5001, "evidence": "x" * 5001})) == []
        assert unmarked(Client().post(marked_link, SAID | {"outcome": "report_done"})) == []
        assert unmarked(Client().get(marked_link)) == []
