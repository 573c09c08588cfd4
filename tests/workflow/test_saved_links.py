"""Links to unfinished forms: staff see that there are some, and can stop one."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forms.models import AuditEntry, Draft, ReturnPass
from forms.returning import NoWayBack, open_with, save_for_later
from forms.services import begin, send
from tests.forms.making import page, publish
from workflow.roles import ROLES

pytestmark = pytest.mark.django_db
LINKS = "/admin/answers/links/"
VIEW = {"kind": "long_text", "key": "view", "label": "What do you want to tell us?"}
ADDRESS = "nurse.madeup@invented.example"


@pytest.fixture
def form(db):
    return publish(page("you", VIEW), slug="your-views", title="Your views")


@pytest.fixture
def saved(form) -> Draft:
    draft = begin(form)
    draft.answers = {"view": "Everybody was kind."}
    draft.save()
    save_for_later(draft, ADDRESS)
    return draft


@pytest.fixture
def staff(client, person) -> Client:
    client.force_login(person("Coordinator"))
    return client


def listed(staff, query="") -> str:
    return staff.get(f"{LINKS}{query}").content.decode()


def stop_of(draft: Draft) -> str:
    return f"{LINKS}{draft.pk}/stop/"


def test_who_reads_answers_finds_the_links(staff, saved):
    assert f'href="{LINKS}"' in staff.get("/admin/answers/").content.decode()
    assert "Your views" in listed(staff)


def test_what_was_answered_and_the_whole_address_are_not_shown(staff, saved):
    for shown in (listed(staff), staff.get(stop_of(saved)).content.decode()):
        assert "n…@invented.example" in shown
        assert ADDRESS not in shown
        assert "Everybody was kind." not in shown


def test_a_stopped_link_opens_nothing_and_the_answers_stay(staff, saved):
    draft = begin(saved.version)
    code, token = save_for_later(draft, ADDRESS), ReturnPass.objects.get(draft=draft).details["token"]
    assert "The link opens nothing any more." in staff.post(stop_of(draft), follow=True).content.decode()
    with pytest.raises(NoWayBack, match="gone"):
        open_with(token, code)
    assert Draft.objects.filter(pk=draft.pk).exists()
    assert ReturnPass.objects.get().draft == saved


def test_looking_stops_nothing(staff, saved):
    assert staff.get(stop_of(saved)).status_code == 200
    assert ReturnPass.objects.filter(draft=saved).exists()


def test_the_audit_log_says_who_stopped_it(staff, saved):
    staff.post(stop_of(saved))
    entry = AuditEntry.objects.get(what="return_link.stop")
    assert (entry.about, entry.by.groups.get().name) == (str(saved.pk), "Coordinator")


def test_the_same_link_is_stopped_once(staff, saved):
    staff.post(stop_of(saved))
    assert staff.post(stop_of(saved)).status_code == 404
    assert AuditEntry.objects.filter(what="return_link.stop").count() == 1


def test_it_can_be_saved_again_with_a_new_link(staff, saved):
    staff.post(stop_of(saved))
    save_for_later(saved, ADDRESS)
    assert "Your views" in listed(staff)


def test_what_was_sent_or_is_over_has_no_link_any_more(staff, saved, form):
    send(saved, timezone.localdate())
    old = begin(form)
    save_for_later(old, ADDRESS)
    Draft.objects.filter(pk=old.pk).update(changed_at=timezone.now() - dt.timedelta(days=400))
    assert "Nobody has a link to an unfinished form." in listed(staff)
    assert [staff.get(stop_of(each)).status_code for each in (saved, old)] == [404, 404]


def test_links_are_filtered_by_form(staff, saved):
    other = begin(publish(page("one", VIEW), slug="other", title="Another form"))
    save_for_later(other, ADDRESS)
    shown = listed(staff, f"?form={other.version.form_id}")
    assert stop_of(other) in shown
    assert stop_of(saved) not in shown


def test_the_list_costs_the_same_however_many_links(staff, saved, form):
    listed(staff)
    with CaptureQueriesContext(connection) as few:
        listed(staff)
    for _ in range(10):
        save_for_later(begin(form), ADDRESS)
    with CaptureQueriesContext(connection) as many:
        listed(staff)
    assert len(many) == len(few)


@pytest.mark.parametrize("role", ROLES)
def test_only_those_who_work_on_cases_stop_links(client, person, saved, role):
    client.force_login(person(role))
    client.post(stop_of(saved))
    stopped = not ReturnPass.objects.exists()
    assert stopped == (role in ("Coordinator", "Designated doctor", "Administrator"))
