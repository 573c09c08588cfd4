"""Role by screen: what each role can open and what its menu offers, Wagtail's own screens included."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from wagtail.admin.menu import admin_menu
from wagtail.log_actions import log
from wagtail.models import GroupPagePermission

from forms.services import receive
from tests.notifying import invented_answers
from tests.workflow.packs.preparing import finished, prepared
from tests.workflow.reviewing import review
from workflow.models import Case, ClockRule, MatchSettings
from workflow.packs.services import withdraw
from workflow.roles import ROLES, load_clock_rules, load_roles

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

EVERYBODY = set(ROLES)
SITE = {"Site editor", "Coordinator", "Administrator"}
FORMS = {"Form editor", "Coordinator", "Administrator"}
SETTINGS = {"Coordinator", "Administrator"}
WORK = {"Coordinator", "Designated doctor", "Administrator"}
READ = WORK | {"Panel chair", "Information governance"}
WATCH = {"Information governance", "Administrator"}
OPENED_BY = {
    "/admin/": EVERYBODY,
    "/admin/cases/": READ | {"Panel member"},
    "/admin/cases/find/": WORK,
    "/admin/cases/new/": WORK,
    "/admin/cases/new/transfer/": WORK,
    "/admin/cases/filters/": READ,
    "/admin/cases/filters/save/": READ,
    "/admin/answers/": WORK,
    "/admin/answers/links/": WORK,
    "/admin/cases/messages/": WORK,
    "/admin/cases/messages/results/": WORK,
    "/admin/meetings/": READ | {"Panel member"},
    "/admin/meetings/new/": WORK | {"Panel chair"},
    "/admin/actions/": READ,
    "/admin/learning/": READ,
    "/admin/work/": WORK,
    "/admin/work/everybody/": WORK,
    "/admin/work/board/": READ,
    "/admin/work/calendar/": WORK,
    "/admin/work/people/": WORK,
    "/admin/exports/ncmd/": SETTINGS | {"Analyst"},
    "/admin/exports/research/": SETTINGS | {"Analyst", "Panel chair"} | WATCH,
    "/admin/exports/research/ask/": SETTINGS | {"Analyst"},
    "/admin/exports/ncmd/agencies/": SETTINGS | {"Analyst"},
    "/admin/exports/ncmd/indicators/": SETTINGS | {"Analyst"},
    "/admin/exports/ncmd/sending/": SETTINGS,
    "/admin/exports/prepared/": SETTINGS | WATCH | {"Analyst"},
    "/admin/exports/figures/": READ | {"Panel member", "Analyst"},
    "/admin/exports/figures/all/": READ | {"Panel member", "Analyst"},
    "/admin/exports/figures/3/": READ | {"Panel member", "Analyst"},
    "/admin/exports/reports/": WORK - {"Designated doctor"},
    "/admin/exports/imports/": SETTINGS,
    "/admin/exports/imports/new/": SETTINGS,
    "/admin/exports/imports/lists/": SETTINGS,
    "/admin/exports/imports/lists/new/": SETTINGS,
    "/admin/reports/opened-cases/": WATCH,
    "/admin/reports/audit-log/": WATCH,
    "/admin/reports/aging-pages/": SITE,
    "/admin/pages/": SITE,
    "/admin/images/": SITE,
    "/admin/documents/": SITE,
    "/admin/forms/": SITE,
    "/admin/snippets/cdop_forms/form/": FORMS,
    "/admin/snippets/cdop_workflow/clockrule/": SETTINGS,
    "/admin/snippets/cdop_workflow/lettertemplate/": SETTINGS,
    "/admin/snippets/cdop_workflow/lettertemplate/add/": set(),
    "/admin/snippets/cdop_workflow/referralrecipient/": SETTINGS,
    "/admin/snippets/cdop_workflow/referralrecipient/add/": SETTINGS,
    "/admin/snippets/cdop_forms/apiclient/": {"Administrator"},
    "/admin/snippets/cdop_forms/apiclient/add/": {"Administrator"},
    "/admin/users/": {"Administrator"},
    "/admin/groups/": {"Administrator"},
    "/admin/redirects/": {"Administrator"},
    "/admin/sites/": {"Administrator"},
    "/admin/workflows/list/": set(),
    "/admin/snippets/": set(),
}
MENUS = {
    "Site editor": {"Pages", "Images", "Documents"},
    "Form editor": {"Forms", "Code lists"},
    "Coordinator": {
        "My work", "Cases", "Meetings", "Actions", "Learning", "Answers", "Outbox", "Agencies", "Exports", "Forms",
        "Code lists", "Pages", "Images", "Documents", "Settings",
    },
    "Designated doctor": {"My work", "Cases", "Meetings", "Actions", "Learning", "Answers", "Outbox", "Exports"},
    "Panel chair": {"Cases", "Meetings", "Actions", "Learning", "Exports"},
    "Panel member": {"Cases", "Meetings", "Exports"},
    "Analyst": {"Exports"},
    "Information governance": {"Cases", "Meetings", "Actions", "Learning", "Exports", "Reports"},
    "Administrator": {
        "My work", "Cases", "Meetings", "Actions", "Learning", "Answers", "Outbox", "Agencies", "Exports", "Forms",
        "Code lists", "Pages", "Images", "Documents", "Settings", "Reports",
    },
}  # fmt: skip


def opens(client, address):
    return client.get(address).status_code == 200


@pytest.mark.parametrize("address", OPENED_BY)
def test_a_screen_opens_for_the_roles_that_need_it_and_for_nobody_else(client, person, case, address):
    opened = set()
    for role in ROLES:
        client.force_login(person(role))
        opened |= {role} if opens(client, address) else set()
    assert opened == OPENED_BY[address]


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_offers_what_the_role_can_open(client, person, role):
    client.force_login(person(role))
    request = client.get("/admin/").wsgi_request
    assert {str(item.label) for item in admin_menu.menu_items_for_request(request)} - {"Help"} == MENUS[role]


# A case before the panel; by screen of that case.
CASE_SCREENS = {
    "case": READ | {"Panel member"},
    "record": READ,
    "family": WORK,
    "family_key_worker": WORK,
    "family_told": WORK,
    "family_wishes": WORK,
    "family_said": WORK,
    "family_brought": WORK,
    "family_feedback": WORK,
    "safeguarding": WORK | {"Panel chair"},
    "suspect": WORK | {"Panel chair"},
    "scope": WORK,
    "jar": WORK,
    "milestone": WORK,
    "nhs_number": WORK,
    "urgency": WORK,
    "hold": WORK,
    "note": WORK,
    "timeline": READ,
    "coordinator": WORK,
    "task": WORK,
    "confirm_scope": WORK,
    "pack_prepare": WORK,
    "pack_finish": WORK,
    "pack_withdraw": WORK,
    "analyses_compare": READ,
    "analyses_take_over": {"Coordinator", "Panel chair", "Administrator"},
}


@pytest.mark.parametrize("name", CASE_SCREENS)
def test_a_screen_of_a_case_opens_for_the_roles_that_need_it(client, person, case, name):
    review(case, person("Coordinator"), person("Panel chair"), until="schedule_panel")
    opened = set()
    for role in ROLES:
        client.force_login(person(role))
        opened |= {role} if opens(client, reverse(f"cases:{name}", args=[case.reference])) else set()
    assert opened == CASE_SCREENS[name]


def test_an_item_is_settled_by_those_who_work_on_the_case_and_know_the_child(client, person, case):
    opened = set()
    for role in ROLES:
        client.force_login(person(role))
        opened |= {role} if opens(client, reverse("cases:agree", args=[case.reference, "sex"])) else set()
    assert opened == WORK


def test_a_finished_pack_is_read_by_all_who_may_see_the_case_and_an_unfinished_one_by_nobody(client, person, case):
    review(case, person("Coordinator"), person("Panel chair"), until="schedule_panel")
    address = reverse("cases:pack", args=[case.reference])

    def readers():
        opened = set()
        for role in ROLES:
            client.force_login(person(role))
            opened |= {role} if opens(client, address) else set()
        return opened

    withdraw(case, person("Coordinator"), "Invented: somebody was named in it")
    pack = prepared(case, person("Coordinator"))
    assert readers() == set()
    finished(pack, person("Coordinator"))
    assert readers() == READ | {"Panel member"}


def test_two_cases_are_compared_by_those_who_work_on_them(client, person, case, notification):
    other = Case.objects.get(submissions__submission=receive(notification, invented_answers()))
    opened = set()
    for role in ROLES:
        client.force_login(person(role))
        opened |= {role} if opens(client, reverse("cases:compare", args=[case.reference, other.reference])) else set()
    assert opened == WORK


def test_how_sure_a_match_must_be_is_set_by_those_who_keep_the_settings(client, person):
    address = f"/admin/settings/cdop_workflow/matchsettings/{MatchSettings.load().pk}/"
    opened = set()
    for role in ROLES:
        client.force_login(person(role))
        opened |= {role} if opens(client, address) else set()
    assert opened == SETTINGS


@pytest.mark.parametrize("role", sorted(EVERYBODY - READ))
def test_no_screen_of_wagtail_shows_a_case_to_those_who_may_not_read_it(client, person, case, role):
    """The site history, searches and the home page know nothing of cases."""
    client.force_login(person(role))
    for address in (
        "/admin/",
        "/admin/reports/site-history/",
        f"/admin/pages/search/?q={case.reference}",
        f"/admin/images/?q={case.reference}",
        f"/admin/cases/?q={case.reference}",
    ):
        assert f"/admin/cases/{case.reference}/" not in client.get(address).content.decode()


def test_a_member_of_staff_without_a_role_opens_nothing(client, case):
    client.force_login(User.objects.create_user("nobody"))
    for address in OPENED_BY:
        assert not opens(client, address), address


def test_a_list_is_never_exported_past_the_exports_room(client, person, case):
    client.force_login(person("Coordinator"))
    response = client.get("/admin/cases/?export=csv")
    assert response.headers["Content-Type"].startswith("text/html")


def test_loading_roles_again_changes_nothing(roles):
    def everything():
        return (
            sorted(Group.objects.values_list("name", "permissions__codename")),
            GroupPagePermission.objects.count(),
            ClockRule.objects.count(),
        )

    before = everything()
    assert load_roles() == []
    assert load_clock_rules() == 0
    assert everything() == before


def test_loading_roles_again_gives_back_what_is_missing_and_leaves_what_was_added(roles):
    member, extra = Group.objects.get(name="Panel member"), Permission.objects.get(codename="view_redirect")
    member.permissions.set([extra])
    load_roles()
    assert {"read_panel_case", "access_admin", "view_redirect"} == set(
        member.permissions.values_list("codename", flat=True)
    )


def test_only_the_doctor_and_the_chair_hold_the_rights_that_must_stay_apart():
    """A coordinator never confirms clinical quality nor signs off; an administrator neither."""
    for right, role in (("oversee_case", "Designated doctor"), ("sign_off_case", "Panel chair")):
        assert [name for name, rights in ROLES.items() if right in rights] == [role]


def test_those_who_read_for_the_panel_or_analyse_never_see_identity():
    for role in ("Site editor", "Form editor", "Panel chair", "Panel member", "Analyst", "Information governance"):
        assert not {"view_identity", "export_identity"} & set(ROLES[role])


# Which roles may see such a thing at all, and so what was done to it.
KEPT_BY = {"cdop_forms.form": FORMS, "cdop_workflow.clockrule": SETTINGS, "auth.user": {"Administrator"}}


@pytest.mark.parametrize("label", KEPT_BY)
def test_the_history_of_the_site_tells_nobody_what_was_done_to_things_they_may_not_see(
    client, person, notification_form, label
):
    doer = person("Administrator")
    log(instance=apps.get_model(label).objects.first(), action="wagtail.edit", user=doer, title="Invented change")
    told = set()
    for role in ROLES:
        client.force_login(person(role))
        page = client.get("/admin/reports/site-history/")
        told |= {role} if "Invented change" in page.content.decode() else set()
    assert told == KEPT_BY[label]
