"""An editor sees a draft’s map and compares it, before anybody else meets it."""

import pytest
from django.urls import reverse

from forms.models import Form
from tests.forms.editing import Editor

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SCREENS = ("walk", "map", "compare")


@pytest.fixture
def editor(client, person, notification_form):
    client.force_login(person("Form editor"))
    return Editor(client, notification_form)


def address(name, form):
    return reverse(f"forms_admin:{name}", args=[form.pk])


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("role", ["Form editor", "Coordinator", "Panel member", "Site editor"])
def test_only_those_who_may_change_the_form_look_at_its_draft(client, person, notification_form, role, screen):
    client.force_login(person(role))
    seen = client.get(address(screen, notification_form)).status_code == 200
    assert seen == (role in ("Form editor", "Coordinator"))


@pytest.mark.parametrize("screen", SCREENS)
def test_a_visitor_is_asked_to_log_in(client, notification_form, screen):
    assert "/admin/login/" in client.get(address(screen, notification_form)).headers["Location"]


def test_the_map_says_in_words_what_it_draws(editor, client):
    page = client.get(address("map", editor.form)).content.decode()
    assert "<svg" in page
    assert "shown if “Are you worried about the immediate safety of any other child?” is Yes" in page


def test_the_draft_is_compared_with_what_is_published(editor, client):
    compare = address("compare", editor.form)
    assert "Nothing is different." in client.get(compare).content.decode()
    editor.question("sex")["label"] = "Sex recorded at birth"
    editor.save()
    assert "“Sex” is now “Sex recorded at birth”" in client.get(compare).content.decode()
    Editor(client, editor.form).save("publish")
    assert "Nothing is different." in client.get(compare).content.decode()
    assert "“Sex” is now" in client.get(compare, {"from": "1", "to": "2"}).content.decode()
    assert client.get(compare, {"from": "99", "to": "x"}).status_code == 200


def test_a_form_never_published_has_nothing_to_compare_with(client, person):
    form = Form.objects.create(slug="new", title="New", live=False)
    client.force_login(person("Form editor"))
    assert "never been published" in client.get(address("compare", form)).content.decode()


def test_the_editors_page_leads_to_all_three(editor):
    for screen in SCREENS:
        assert address(screen, editor.form) in editor.page


def test_a_copy_of_a_form_has_a_name_of_its_own(editor, client):
    copy = reverse("wagtailsnippets_cdop_forms_form:copy", args=[editor.form.pk])
    page = client.get(copy)
    assert page.context["form"]["slug"].value() == "notification-2"
    assert client.post(copy, editor.posted()).status_code == 405
    add = reverse("wagtailsnippets_cdop_forms_form:add")
    taken = client.post(add, editor.posted())
    assert "already exists" in taken.content.decode()
    editor.texts |= {"slug": "notification-of-our-own", "title": "Our own"}
    assert client.post(add, editor.posted()).status_code == 302
    copied = Form.objects.get(slug="notification-of-our-own")
    assert copied.newest_version() is None
    assert len(copied.get_latest_revision_as_object().pages) == len(editor.form.pages)
    assert Form.objects.get(slug="notification").title == "Notify us of a child’s death"
