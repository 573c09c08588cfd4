"""No way of publishing goes round the checklist of a report."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision, TaskState

from exports.models import AnnualReportPage
from exports.report.approval import load_approval
from exports.report.guard import NotReady
from exports.report.services import freeze_figures
from tests.exports.report.writing import TEXT, newest, part, report

pytestmark = pytest.mark.django_db
MISSING = "The figures have not been frozen."
XHR = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


@pytest.fixture
def chair(client, person):
    user = person("Panel chair")
    load_approval()
    client.force_login(user)
    return user


@pytest.fixture
def superuser(django_user_model):
    return django_user_model.objects.create_superuser("invented")


def is_live(page: AnnualReportPage) -> bool:
    return AnnualReportPage.objects.get(pk=page.pk).live


def incomplete() -> AnnualReportPage:
    return report(part("trends", TEXT))


def due(page: AnnualReportPage) -> None:
    """As if a day had been set for it, and that day had come."""
    newest_one = AnnualReportPage.objects.get(pk=page.pk).latest_revision_id
    Revision.objects.filter(pk=newest_one).update(approved_go_live_at=timezone.now() - dt.timedelta(hours=1))


def test_publishing_the_newest_version_is_refused_in_sentences():
    page = incomplete()
    with pytest.raises(NotReady) as refusal:
        page.get_latest_revision().publish()
    assert refusal.value.messages[0] == "“Annual report 2024–25” cannot be published yet."
    assert MISSING in " ".join(refusal.value.messages)
    assert not is_live(page)


def test_saving_the_page_as_a_live_one_is_refused():
    page = AnnualReportPage.objects.get(pk=incomplete().pk)
    page.live = True
    with pytest.raises(NotReady):
        page.save()


def test_publishing_many_pages_at_once_is_refused_and_says_why(client, superuser):
    page = incomplete()
    client.force_login(superuser)
    address = f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/"
    response = client.post(address, {"include_descendants": ""}, follow=True)
    assert MISSING in response.content.decode()
    assert not is_live(page)


def waiting(page: AnnualReportPage, by) -> TaskState:
    return page.get_workflow().start(page, by).current_task_state


def test_approval_elsewhere_is_refused_says_why_and_leaves_the_task_open(client, chair, person):
    page = incomplete()
    task = waiting(page, person("Coordinator"))
    address = f"/admin/pages/workflow/action/{page.pk}/approve/{task.pk}/"
    answer = client.post(address, {"comment": ""}, **XHR).json()
    assert MISSING in client.get(answer["redirect"]).content.decode()
    task.refresh_from_db()
    assert task.status == "in_progress"
    assert not is_live(page)


def test_the_chair_finds_reads_and_approves_a_report_that_waits_for_them(client, chair, person):
    page = report()
    freeze_figures(page, person("Coordinator"))
    task = waiting(page, person("Coordinator"))
    home = client.get("/admin/").content.decode()
    assert page.title in home
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    answer = client.post(f"/admin/pages/workflow/action/{page.pk}/approve/{task.pk}/", {"comment": ""}, follow=True)
    assert answer.status_code == 200
    assert is_live(page)
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 302


@pytest.mark.parametrize("role", ["Analyst", "Panel member", "Designated doctor"])
def test_nobody_else_without_pages_gets_to_a_report_that_waits(client, chair, person, role):
    page = incomplete()
    waiting(page, person("Coordinator"))
    client.force_login(person(role))
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 302


def test_the_admin_api_is_refused_and_answers_why(client, superuser):
    page = incomplete()
    client.force_login(superuser)
    response = client.post(f"/admin/api/main/pages/{page.pk}/action/publish/")
    assert response.status_code == 400
    assert MISSING in response.content.decode()
    assert not is_live(page)


def test_no_day_is_set_for_a_report_that_is_not_ready():
    page = incomplete()
    draft = newest(page)
    draft.go_live_at = timezone.now() + dt.timedelta(days=1)
    revision = draft.save_revision()
    with pytest.raises(NotReady):
        revision.publish()
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None


def test_a_report_that_is_due_but_not_ready_stays_a_draft_and_holds_up_no_other(person):
    page, ready = incomplete(), report(slug="ready")
    freeze_figures(ready, person("Coordinator"))
    due(page)
    due(ready)
    call_command("publish_scheduled", verbosity=0)
    assert (is_live(page), is_live(ready)) == (False, True)
    assert page.get_latest_revision().approved_go_live_at is None
