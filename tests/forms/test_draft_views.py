"""An editor tries a draft out, sees its map and compares it, before anybody else meets it."""

import re

import pytest
from django.urls import reverse

from forms.models import Draft, Form, Submission
from forms.stream import stream_pages
from tests.forms.editing import Editor
from tests.forms.making import page as page_of

pytestmark = pytest.mark.django_db

SCREENS = ("walk", "map", "compare")


@pytest.fixture
def editor(client, person, notification_form):
    client.force_login(person("Form editor"))
    return Editor(client, notification_form)


def address(name, form):
    return reverse(f"forms_admin:{name}", args=[form.pk])


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("role", ["Form editor", "Coordinator", "Panel member", "Site editor"])
def test_only_those_who_may_change_the_form_look_at_its_draft(client, person, notification_form, role, screen):
    client.force_login(person(role))
    seen = client.get(address(screen, notification_form)).status_code == 200
    assert seen == (role in ("Form editor", "Coordinator"))


@pytest.mark.parametrize("screen", SCREENS)
def test_a_visitor_is_asked_to_log_in(client, notification_form, screen):
    assert "/admin/login/" in client.get(address(screen, notification_form)).headers["Location"]


def test_the_draft_is_walked_page_by_page_with_its_conditions_and_nothing_is_stored(editor, client):
    editor.question("sibling_concerns")["label"] = "Are other children safe?"
    editor.save()
    walk = address("walk", editor.form)
    page = client.get(walk).content.decode()
    assert "Are other children safe?" in page
    worried = client.post(walk, _answers(page, sibling_concerns="yes")).content.decode()
    assert hidden(worried, "page") == "act-now"
    calm = client.post(walk, _answers(page, sibling_concerns="no")).content.decode()
    assert hidden(calm, "page") == "you"
    assert not Draft.objects.exists()
    assert not Submission.objects.exists()


def _answers(page, **answers):
    return {"page": hidden(page, "page"), "answers": hidden(page, "answers")} | answers


def test_a_wrong_answer_is_refused_as_a_person_would_see_it(editor, client):
    walk = address("walk", editor.form)
    page = client.get(walk).content.decode()
    refused = client.post(walk, _answers(page)).content.decode()
    assert "Choose yes, no or not known" in refused
    assert hidden(refused, "page") == "safety"


def test_answers_that_were_tampered_with_start_again(editor, client):
    walk = address("walk", editor.form)
    for answers in ("", "x", '{"sibling_concerns": "yes"}', "a:b:c"):
        response = client.post(walk, {"page": "safety", "answers": answers, "sibling_concerns": "no"})
        assert response.status_code == 200
    assert client.post(walk, {"page": "no-such-page"}).status_code == 200


def test_a_whole_walk_ends_with_what_a_person_would_check(client, person, roles):
    client.force_login(person("Form editor"))
    twin = {"kind": "yes_no", "key": "twin", "label": "Was the child a twin?", "required": "mandatory"}
    reports = {"kind": "upload", "key": "reports", "label": "Reports"}
    pages = [page_of("first", twin), page_of("second", reports)]
    form = Form.objects.create(slug="small", title="Small", live=False, pages=stream_pages(pages))
    walk = address("walk", form)
    first = client.get(walk).content.decode()
    second = client.post(walk, _answers(first, twin="no")).content.decode()
    assert "Answered on a screen of its own, which this trial leaves out. Reports" in second
    last = client.post(walk, _answers(second)).content.decode()
    assert "Check your answers" in last
    assert "Was the child a twin?" in last
    assert "Nothing was stored" in last


def test_a_draft_that_cannot_be_published_says_why_instead(editor, client):
    editor.add("child", "short_text", label="Another", key="sex")
    editor.save()
    page = client.get(address("walk", editor.form)).content.decode()
    assert "Two questions have the key “sex”" in page


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
    assert page.context["form"]["slug"].value() == ""
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
