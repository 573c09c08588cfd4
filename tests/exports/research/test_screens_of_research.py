"""The screens on which research is asked for, decided on, made and ended."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exports.models import ExportLog, ResearchProject
from exports.research import services
from tests.exports.research.researching import WISH, approved, asked, children, rows
from tests.workflow.reviewing import somebody

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LIST = "/admin/exports/research/"


@pytest.fixture(autouse=True)
def _people(roles, notification):
    pass


@pytest.fixture
def as_(client):
    """`as_("Analyst")` logs in the first person of that role."""

    def log_in(role):
        user = somebody(role)
        client.force_login(user)
        return user

    return log_in


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def at(project, *more):
    return "/".join([f"{LIST}{project.pk}", *more, ""])


def told(response):
    return [str(message) for message in response.context["messages"]]


def soon(days):
    return timezone.localdate() + dt.timedelta(days=days)


def test_an_analyst_asks_and_sees_who_has_to_approve(client, as_):
    as_("Analyst")
    response = client.post(f"{LIST}ask/", WISH | {"expires_on": soon(60).isoformat()}, follow=True)
    project = ResearchProject.objects.get()
    text = response.content.decode()
    assert response.redirect_chain == [(at(project), 302)]
    assert project.number in text
    assert "University of Nowhere" in text
    assert "one from each of these: Panel chair; " in text
    assert "Information governance" in text


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"purpose": ""}, "This field is required."),
        ({"columns": []}, "Choose at least one column."),
        ({"columns": ["family_name"]}, "Select a valid choice."),
        ({"k": "2"}, "greater than or equal to 5"),
        ({"expires_on": "2020-01-01"}, "The last day must be in the future."),
    ],
)
def test_what_is_wrong_with_a_wish_is_said_and_nothing_is_asked(client, as_, changes, problem):
    as_("Analyst")
    response = client.post(f"{LIST}ask/", WISH | {"expires_on": soon(60).isoformat()} | changes)
    assert problem in response.content.decode()
    assert not ResearchProject.objects.exists()


def test_only_columns_that_name_nobody_can_be_chosen(client, as_):
    as_("Analyst")
    text = page(client, f"{LIST}ask/")
    assert 'value="age_group"' in text
    for name in ("family_name", "nhs_number", "postcode", "reference", "died_on"):
        assert f'value="{name}"' not in text


def test_from_request_to_proof_of_deletion_on_the_screens(client, as_, notification):
    children(notification, 6)
    project = asked()
    for role in ("Panel chair", "Information governance"):
        as_(role)
        seen = project.changes.last().pk
        assert told(
            client.post(at(project, "approve" if role == "Panel chair" else "approve_too"), {"seen": seen}, follow=True)
        ) == ["Recorded."]
    as_("Analyst")
    response = client.post(at(project, "extract"))
    assert response["Content-Disposition"].startswith(f'attachment; filename="research-{project.number}-')
    assert len(rows(b"".join(response))) == 6
    text = page(client, at(project))
    assert ExportLog.objects.get().end.checksum in text
    client.post(at(project, "end"), {"words": "The study is over."})
    assert "must prove that they deleted" in page(client, at(project))
    client.post(at(project, "prove"), {"words": "Certificate INV-1"})
    text = page(client, at(project))
    assert "Certificate INV-1" in text
    assert "Deletion proven" in text


def test_a_page_that_somebody_else_was_faster_on_says_so(client, as_):
    project = asked()
    seen = project.changes.last().pk
    services.approve(project, somebody("Information governance"))
    as_("Panel chair")
    text = client.post(at(project, "approve_too"), {"seen": seen}).content.decode()
    assert "It is now “Approved by one”. Look at it again." in text
    assert ResearchProject.objects.get().state == "approved_once"


def test_approving_ones_own_is_not_offered_and_is_refused(client, as_):
    project = asked(somebody("Administrator"))
    as_("Administrator")
    assert at(project, "approve") not in page(client, at(project))
    assert "You asked for this." in client.post(at(project, "approve"), {}).content.decode()


def waits(client) -> bool:
    return "Research to decide" in page(client, "/admin/")


def test_those_who_decide_find_what_waits_on_their_first_screen_until_they_have_decided(client, as_):
    project = asked()
    as_("Panel chair")
    assert project.number in page(client, "/admin/")
    assert waits(client)
    client.post(at(project, "approve"))
    assert not waits(client)
    as_("Information governance")
    assert waits(client)
    client.post(at(project, "approve_too"))
    assert not waits(client)


@pytest.mark.parametrize("role", ["Analyst", "Coordinator"])
def test_nobody_else_is_asked_to_decide_on_their_first_screen(client, as_, role):
    asked()
    as_(role)
    assert not waits(client)


def test_who_has_approved_is_not_asked_to_approve_again(client, as_):
    project = asked()
    services.approve(project, as_("Panel chair"))
    text = page(client, at(project))
    assert at(project, "approve_too") not in text
    assert at(project, "refuse") in text


@pytest.mark.parametrize("move", ["approve", "approve_too", "refuse"])
def test_deciding_is_closed_to_those_who_ask(client, as_, move):
    project = asked(somebody("Coordinator"))
    as_("Analyst")
    assert client.get(at(project, move)).status_code == 302
    assert client.post(at(project, move), {"words": "Invented"}).status_code == 302
    assert ResearchProject.objects.get().state == "requested"


@pytest.mark.parametrize("move", ["extract", "expire", "nonsense"])
def test_there_is_no_screen_for_what_no_person_decides_there(client, as_, move):
    as_("Panel chair")
    project = asked()
    assert client.get(at(project, move)).status_code in (302, 404)
    assert ResearchProject.objects.get().state == "requested"


@pytest.mark.parametrize("role", ["Panel chair", "Information governance"])
def test_those_who_approve_take_nothing_out(client, as_, notification, role):
    children(notification, 5)
    project = approved()
    as_(role)
    assert at(project, "extract") not in page(client, at(project))
    assert client.post(at(project, "extract")).status_code == 302
    assert not ExportLog.objects.exists()


def test_an_extract_that_cannot_be_made_says_why_on_the_page(client, as_, notification):
    children(notification, 2)
    project = approved()
    as_("Analyst")
    assert at(project, "extract") not in page(client, at(project))
    response = client.post(at(project, "extract"), follow=True)
    assert told(response) == ["There are fewer than 5 children: nothing can leave."]


def test_a_project_says_what_an_extract_would_promise_before_it_is_approved(client, as_, notification):
    children(notification, 7)
    as_("Panel chair")
    text = page(client, at(asked()))
    assert "An extract made now" in text
    assert "<dd>7; asked for: 5</dd>" in text


@pytest.mark.parametrize(("columns", "warned"), [(["sex", "category"], True), (["sex"], False)])
def test_a_sensitive_value_that_all_have_in_common_is_warned_of(client, as_, notification, columns, warned):
    children(notification, 6)
    as_("Panel chair")
    assert ("learns the value" in page(client, at(asked(columns=columns)))) == warned


@pytest.mark.parametrize(("days", "warned"), [(1, True), (30, True), (31, False)])
def test_the_list_and_the_page_warn_of_a_project_that_ends_soon(client, as_, days, warned):
    project = approved(expires_on=soon(days))
    as_("Analyst")
    assert ("Ends soon" in page(client, f"{LIST}?show=open")) == warned
    assert ("It ends soon" in page(client, at(project))) == warned


@pytest.mark.parametrize(
    ("moves", "group"),
    [([], "to_decide"), (["refuse"], "over"), (["end"], "not_proven"), (["end", "prove"], "over")],
)
def test_a_project_is_in_the_group_of_its_state(client, as_, moves, group):
    project = asked() if moves in ([], ["refuse"]) else approved()
    for name in moves:
        services.move(project, name, somebody("Panel chair"), "Invented")
    as_("Analyst")
    for name in ("to_decide", "open", "not_proven", "over"):
        assert (project.number in page(client, f"{LIST}?show={name}")) == (name == group)


@pytest.mark.parametrize("show", ["to_decide", "open", "not_proven", "over", "nonsense"])
def test_an_empty_list_says_so(client, as_, show):
    as_("Analyst")
    words = {"open": "No project is running.", "not_proven": "No proof of deletion", "over": "No project is over yet."}
    assert words.get(show, "Nothing waits for a decision.") in page(client, f"{LIST}?show={show}")


def test_the_list_takes_as_many_queries_for_many_projects_as_for_one(client, as_):
    as_("Analyst")

    def queries():
        page(client, LIST)
        with CaptureQueriesContext(connection) as captured:
            page(client, LIST)
        return len(captured)

    asked()
    one = queries()
    for _ in range(4):
        asked()
    assert queries() == one


def test_a_project_takes_as_many_queries_with_many_extracts_and_children_as_with_few(client, as_, notification):
    children(notification, 5)
    project = approved()
    as_("Analyst")

    def queries():
        b"".join(client.post(at(project, "extract")))
        page(client, at(project))
        with CaptureQueriesContext(connection) as captured:
            page(client, at(project))
        return len(captured)

    one = queries()
    children(notification, 4, lambda at: {"sex": "male"})
    assert queries() == one


@pytest.mark.parametrize("role", ["Designated doctor", "Panel member", "Site editor", "Form editor"])
def test_research_is_closed_to_other_roles(client, as_, role):
    project = asked()
    as_(role)
    for address in (LIST, at(project), f"{LIST}ask/", at(project, "approve")):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    ("role", "seen", "not_seen"),
    [
        ("Panel chair", ["Research"], ["Datasets", "Export log", "NCMD returns"]),
        ("Information governance", ["Research", "Datasets", "Export log"], ["NCMD returns"]),
        ("Analyst", ["Research", "Datasets", "Export log", "NCMD returns"], []),
    ],
)
def test_the_menu_shows_each_role_what_it_may_open(client, as_, role, seen, not_seen):
    as_(role)
    text = page(client, "/admin/")
    assert all(f'"{label}"' in text for label in seen)
    assert not any(f'"{label}"' in text for label in not_seen)
