"""Answers to forms that are about no case."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forms.services import receive
from tests.forms.making import page, publish
from workflow.roles import ROLES

pytestmark = pytest.mark.django_db

NAME = {"kind": "full_name", "key": "name", "label": "Your name", "sensitivity": "I"}
VIEW = {"kind": "long_text", "key": "view", "label": "What do you want to tell us?", "sensitivity": "S"}


@pytest.fixture
def views(db):
    return publish(page("you", NAME, VIEW), slug="your-views", title="Your views")


@pytest.fixture
def sent(views):
    return receive(views, {"name": "Invented Parent", "view": "Everybody was kind."})


@pytest.fixture
def staff(client, person):
    client.force_login(person("Coordinator"))
    return client


def listed(client, query=""):
    return client.get(f"/admin/answers/{query}").content.decode()


def test_what_was_sent_on_a_form_of_ones_own_is_found_and_read(staff, sent):
    assert f'href="/admin/answers/{sent.reference}/"' in listed(staff)
    answer = staff.get(f"/admin/answers/{sent.reference}/").content.decode()
    for words in ("Your views", "Invented Parent", "What do you want to tell us?", "Everybody was kind."):
        assert words in answer


def test_it_still_reads_as_it_was_answered_when_the_form_has_changed(staff, sent):
    publish(page("you", NAME, VIEW | {"label": "Tell us more"}), slug="your-views", title="Your views")
    answer = staff.get(f"/admin/answers/{sent.reference}/").content.decode()
    assert "What do you want to tell us?" in answer
    assert "Tell us more" not in answer
    assert "on version 1 of the form" in answer


def test_what_is_about_a_case_is_read_there_and_not_here(staff, case, sent):
    reference = case.submissions.get().submission.reference
    assert reference not in listed(staff)
    assert staff.get(f"/admin/answers/{reference}/").status_code == 404


def test_answers_are_filtered_by_form_and_searched_by_reference(staff, sent, case):
    other = receive(publish(page("one", VIEW), slug="other", title="Another form"), {"view": "Invented"})
    form = other.version.form_id
    assert sent.reference not in listed(staff, f"?form={form}")
    assert other.reference in listed(staff, f"?form={form}")
    assert "Notify us" not in listed(staff)
    assert sent.reference in listed(staff, f"?q={sent.reference}")
    assert other.reference not in listed(staff, f"?q={sent.reference}")


def test_an_empty_list_says_what_comes_here(staff):
    assert "what is sent on any other form comes here" in listed(staff)


def test_the_list_costs_the_same_however_many_answers(staff, views, sent):
    listed(staff)
    with CaptureQueriesContext(connection) as few:
        listed(staff)
    for number in range(10):
        receive(views, {"view": f"Invented {number}"})
    with CaptureQueriesContext(connection) as many:
        listed(staff)
    assert len(many) == len(few)
    assert not any("sealed" in query["sql"] and "cdop_forms_submission" in query["sql"] for query in many)


@pytest.mark.parametrize("role", ROLES)
def test_only_those_who_work_on_cases_read_them(client, person, sent, role):
    client.force_login(person(role))
    allowed = role in ("Coordinator", "Designated doctor", "Administrator")
    answer = client.get(f"/admin/answers/{sent.reference}/")
    assert (answer.status_code == 200) == allowed
    assert ("Everybody was kind." in answer.content.decode()) == allowed
