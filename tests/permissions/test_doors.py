"""Screens that Wagtail shows to everybody who may log in to the admin are only open to who needs them."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from forms.models import ApiClient, AuditEntry
from workflow.roles import ROLES

pytestmark = pytest.mark.django_db
CLIENTS = "wagtailsnippetchoosers_cdop_forms_apiclient:choose"
FORMS = "wagtailsnippetchoosers_cdop_forms_form:choose"


@pytest.fixture
def opens(client):
    def can(user, name, query="", **kwargs):
        client.force_login(user)
        return client.get(reverse(name, kwargs=kwargs) + query).status_code == 200

    return can


def test_only_who_keeps_them_learns_which_systems_have_a_token(client, person, opens):
    ApiClient.objects.create(name="Invented hospital system")
    assert {role for role in ROLES if opens(person(role), CLIENTS)} == {"Administrator"}


def test_who_makes_pages_still_chooses_a_form_for_one(person, opens, notification):
    assert opens(person("Site editor"), FORMS)
    assert not opens(person("Analyst"), FORMS)


def test_who_makes_forms_still_chooses_a_page_for_a_link(person, opens):
    assert opens(person("Form editor"), "wagtailadmin_choose_page")
    assert not opens(person("Panel member"), "wagtailadmin_choose_page")


def test_a_screen_about_many_accounts_names_none_to_who_may_not_see_them(person, opens):
    other = User.objects.create_user("invented")
    bulk = {"app_label": "auth", "model_name": "user", "action": "assign_role"}
    assert {role for role in ROLES if opens(person(role), "wagtail_bulk_action", f"?id={other.pk}", **bulk)} == {
        "Administrator"
    }


def test_what_counts_is_the_right_and_not_the_name_of_the_role(opens):
    user = User.objects.create_user("invented")
    group = Group.objects.create(name="A role of this panel")
    group.permissions.add(*Permission.objects.filter(codename__in=("access_admin", "view_apiclient")))
    user.groups.add(group)
    assert opens(user, CLIENTS)


def test_a_superuser_opens_everything(opens):
    user = User.objects.create_superuser("invented")
    assert opens(user, CLIENTS)
    assert opens(user, "wagtailadmin_workflows:task_index")


def test_nobody_makes_the_product_fail_on_purpose(client, person):
    client.force_login(person("Coordinator"))
    assert client.get("/admin/failwhale/").headers["Location"] == "/admin/"


def test_who_cannot_come_in_is_asked_to_log_in(client):
    assert client.get(reverse(CLIENTS)).headers["Location"].startswith("/admin/login/")
    client.force_login(User.objects.create_user("invented"))
    assert client.get(reverse(CLIENTS)).headers["Location"].startswith("/admin/login/")


def test_a_script_is_told_no_and_is_not_sent_home(client, person):
    client.force_login(person("Analyst"))
    assert client.get(reverse(CLIENTS), headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403


def test_a_closed_door_is_a_line_of_the_audit_log(client, person):
    client.force_login(person("Analyst"))
    client.get(reverse(CLIENTS))
    [line] = AuditEntry.objects.filter(outcome="refused")
    assert (line.what, line.role) == (f"GET {CLIENTS}", "Analyst")
