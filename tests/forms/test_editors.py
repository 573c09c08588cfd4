"""A form that names the roles that change it: theirs everywhere, and nobody else's."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.permissions import policy_registry

from forms.exchange.formats import FORMATS
from forms.models import Form
from tests.forms.editing import Editor
from tests.forms.making import page, publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ANY = {"kind": "yes_no", "key": "any", "label": "Anything to tell?"}
LISTING = "/admin/snippets/cdop_forms/form/"


@pytest.fixture
def theirs(roles):
    """The roles that the form is limited to."""
    return Group.objects.create(name="Those who keep this form")


@pytest.fixture
def form(theirs) -> Form:
    publish(page("one", ANY))
    form = Form.objects.get(slug="small")
    form.save_revision().publish()
    form.editors.set([theirs])
    return form


@pytest.fixture
def outsider(client, person):
    user = person("Form editor")
    client.force_login(user)
    return user


@pytest.fixture
def insider(client, person, theirs):
    user = person("Form editor", 2)
    user.groups.add(theirs)
    client.force_login(user)
    return user


def url(name, *args):
    return reverse(f"wagtailsnippets_cdop_forms_form:{name}", args=args)


def screens(form):
    """Every address about one form: Wagtail's for this kind of snippet, and our own."""
    revision = form.latest_revision_id
    about_one = (
        "edit", "history", "usage", "delete", "unpublish", "lock", "unlock", "preview_on_edit", "workflow_history",
        "history_results", "confirm_workflow_cancellation",
    )  # fmt: skip
    found = {name: url(name, form.pk) for name in about_one}
    for name in ("revisions_view", "revisions_revert", "revisions_unschedule"):
        found[name] = url(name, form.pk, revision)
    found["revisions_compare"] = url("revisions_compare", form.pk, "live", "latest")
    found |= {name: reverse(f"forms_admin:{name}", args=[form.pk]) for name in ("walk", "map", "compare")}
    return found | {"export": reverse("form_exchange:export", args=[form.pk])}


def refused(response):
    return response.status_code == 403 or response.headers.get("Location") == "/admin/"


def test_every_screen_about_the_form_is_closed_to_others(client, form, outsider):
    for name, address in screens(form).items():
        assert refused(client.get(address)), name
        assert refused(client.post(address)), name


def test_the_screens_open_for_those_it_names(client, form, insider):
    opened = {name for name, address in screens(form).items() if client.get(address).status_code == 200}
    assert {"edit", "history", "revisions_view", "revisions_revert", "walk", "map", "compare", "export"} <= opened


def test_every_screen_of_wagtail_about_one_form_is_in_the_list(form):
    patterns = {each.name: str(each.pattern) for each in Form.snippet_viewset.get_urlpatterns() if each.name}
    about_one = {name for name, pattern in patterns.items() if "pk>" in pattern}
    tasks = {
        "workflow_action",
        "collect_workflow_action_data",
        "workflow_preview",
        "workflow_history_detail",
    }
    assert about_one - tasks - {"copy"} <= set(screens(form)) | {"inspect"}


def test_others_find_no_way_to_change_it_in_the_list(client, form, outsider):
    shown = client.get(LISTING).content.decode()
    assert "An invented form" in shown
    for address in screens(form).values():
        assert f'"{address}"' not in shown
    assert url("copy", form.pk) in shown


def test_those_it_names_find_it_and_publish(client, form, insider):
    assert url("edit", form.pk) in client.get(LISTING).content.decode()
    editor = Editor(client, form)
    editor.question("any")["label"] = "Anything at all to tell?"
    assert editor.save("publish").status_code == 302
    assert form.newest_version().number == 2
    assert form.editors.count() == 1


def test_a_post_of_others_changes_nothing(client, form, outsider, theirs):
    form.editors.clear()
    editor = Editor(client, form)
    form.editors.set([theirs])
    editor.question("any")["label"] = "Slipped in"
    for action in ("", "publish", "submit"):
        assert refused(editor.save(action))
    form.refresh_from_db()
    assert form.newest_version().number == 1
    assert "Slipped in" not in str(form.latest_revision.content)
    client.post(url("lock", form.pk))
    client.post(url("unpublish", form.pk))
    form.refresh_from_db()
    assert (form.locked, form.live) == (False, True)


def test_a_file_is_not_brought_in_over_it_by_others(client, form, outsider, insider):
    data = FORMATS["json"].write(form.newest_version().definition, 1)
    for user, offered in ((outsider, False), (insider, True)):
        client.force_login(user)
        file = SimpleUploadedFile("form.json", data)
        shown = client.post(reverse("form_exchange:import"), {"file": file})
        assert ('value="draft"' in shown.content.decode()) == offered
        kept = re.search(r'name="kept" value="([^"]+)"', shown.content.decode())[1]
        revisions = form.revisions.count()
        client.post(reverse("form_exchange:import"), {"kept": kept, "keep_as": "draft"})
        assert form.revisions.count() - revisions == int(offered)


def test_a_draft_of_it_is_approved_by_nobody_whom_it_leaves_out(client, form, insider, person):
    Editor(client, form).save("submit")
    task = form.current_workflow_state.current_task_state
    address = url("workflow_action", form.pk, "approve", task.pk)
    for role, done in (("Coordinator", False), ("Administrator", True)):
        client.force_login(person(role))
        assert refused(client.post(address)) != done
        task.refresh_from_db()
        assert (task.status == "approved") == done


@pytest.mark.parametrize(("role", "opens"), [("Coordinator", False), ("Administrator", True)])
def test_administrators_always_may(client, form, person, role, opens):
    client.force_login(person(role))
    assert (client.get(url("edit", form.pk)).status_code == 200) == opens


def test_a_form_that_names_nobody_is_for_everybody_who_changes_forms(client, form, outsider):
    form.editors.clear()
    editor = Editor(client, form)
    editor.question("any")["label"] = "Anything at all to tell?"
    assert editor.save("publish").status_code == 302
    assert url("edit", form.pk) in client.get(LISTING).content.decode()


def test_forms_one_may_change_are_those_that_name_one_or_nobody(form, outsider, insider, person):
    publish(page("one", ANY), slug="open")
    policy = policy_registry.get_by_type(Form)
    for user, found in (
        (outsider, ["open"]),
        (insider, ["open", "small"]),
        (person("Administrator"), ["open", "small"]),
    ):
        forms = policy.instances_user_has_permission_for(user, "change")
        assert sorted(forms.values_list("slug", flat=True)) == found
    assert policy.instances_user_has_permission_for(outsider, "view").count() == 2


@pytest.mark.parametrize(("role", "chooses"), [("Form editor", False), ("Coordinator", True), ("Administrator", True)])
def test_coordinators_and_administrators_say_who_may(client, form, person, theirs, role, chooses):
    form.editors.clear()
    person(role).groups.add(theirs)
    client.force_login(person(role))
    editor = Editor(client, form)
    assert ('name="editors"' in editor.page) == chooses
    editor.save(editors=[str(theirs.pk)])
    assert (list(form.editors.all()) == [theirs]) == chooses


def test_nobody_shuts_themselves_out(client, form, person, theirs):
    form.editors.clear()
    client.force_login(person("Coordinator"))
    editor = Editor(client, form)
    page = editor.save(editors=[str(theirs.pk)])
    assert "Tick one of your own roles too: you could not change this form any more." in page.content.decode()
    assert form.editors.count() == 0
    own = Group.objects.get(name="Coordinator")
    assert editor.save(editors=[str(theirs.pk), str(own.pk)]).status_code == 302
    assert set(form.editors.all()) == {theirs, own}


def test_who_may_holds_before_the_draft_is_published_and_stays_when_a_version_comes_back(client, form, person, theirs):
    client.force_login(person("Administrator"))
    revision = form.latest_revision_id
    other = Group.objects.create(name="Others")
    Editor(client, form).save(editors=[str(other.pk)])
    assert list(form.editors.all()) == [other]
    assert form.newest_version().number == 1
    revert = client.get(url("revisions_revert", form.pk, revision))
    assert revert.context["form"]["editors"].value() == [other.pk]
    form.latest_revision.publish()
    assert list(form.editors.all()) == [other]


def test_a_new_form_is_limited_from_the_start(client, person, theirs):
    client.force_login(person("Administrator"))
    streams = {f"{name}-count": "0" for name in ("pages", "rules", "triggers")}
    asked = {"title": "New", "slug": "new", "unfinished": "finish", "confirmation": "null", "editors": [theirs.pk]}
    client.post(url("add"), asked | streams)
    assert list(Form.objects.get(slug="new").editors.all()) == [theirs]


def test_a_preview_changes_nobody(client, form, person, theirs):
    client.force_login(person("Administrator"))
    client.post(url("preview_on_edit", form.pk), Editor(client, form).posted())
    client.get(url("preview_on_edit", form.pk))
    assert list(form.editors.all()) == [theirs]


def test_the_list_costs_the_same_however_many_forms_name_somebody(client, form, outsider, theirs):
    counts = []
    for more in (1, 8):
        for number in range(more):
            other = Form.objects.create(title=f"Form {more} {number}", slug=f"form-{more}-{number}")
            other.editors.set([theirs])
        client.get(LISTING)
        with CaptureQueriesContext(connection) as queries:
            client.get(LISTING)
        counts.append(len(queries))
    assert counts[0] == counts[1]
