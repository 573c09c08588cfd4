"""An editor takes a form out, and brings one in: sees first, then keeps."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from forms.exchange import own, xlsform
from forms.exchange.formats import FORMATS
from forms.models import Form
from forms.schema import Condition, FormSchema, Page, Question, Test

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
IMPORT = "/admin/form-exchange/import/"


@pytest.fixture
def editor(client, person, notification_form):
    client.force_login(person("Form editor"))
    return client


def small(**changes) -> FormSchema:
    question = Question(kind="short_text", key="name", label="The name")
    page = Page(key="one", title="One", questions=[question])
    return FormSchema(**{"slug": "small", "title": "Small form", "pages": [page]} | changes)


def upload(client, data: bytes, name: str = "form.json"):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, data)})


def kept_in(response) -> str:
    return re.search(r'name="kept" value="([^"]+)"', response.content.decode())[1]


def test_the_screens_are_found_from_the_forms(editor, notification_form):
    listing = editor.get(reverse("wagtailsnippets_cdop_forms_form:list")).content.decode()
    export = reverse("form_exchange:export", args=[notification_form.pk])
    assert IMPORT in listing
    assert export in listing
    assert (
        export
        in editor.get(reverse("wagtailsnippets_cdop_forms_form:edit", args=[notification_form.pk])).content.decode()
    )


@pytest.mark.parametrize("role", ["Panel member", "Analyst", "Designated doctor"])
def test_who_edits_no_forms_sees_none_of_it(client, person, notification_form, role):
    client.force_login(person(role))
    export = reverse("form_exchange:export", args=[notification_form.pk])
    for address in (IMPORT, export, f"{export}?version=1&format=json"):
        response = client.get(address)
        assert response.status_code == 302
        assert "Disposition" not in response.headers


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_version_is_downloaded_in_every_format(editor, notification_form, name):
    export = reverse("form_exchange:export", args=[notification_form.pk])
    response = editor.get(export, {"version": "1", "format": name})
    assert response.headers["Content-Type"] == FORMATS[name].media_type
    assert f"notification-v1{FORMATS[name].suffix}" in response.headers["Content-Disposition"]
    assert FORMATS[name].read(response.content).schema.title == notification_form.title


def test_the_export_screen_says_what_this_form_loses(editor, notification_form):
    page = editor.get(reverse("form_exchange:export", args=[notification_form.pk])).content.decode()
    assert "Names, e-mail, phone, postcode, NHS number" in page
    assert "Version 1, published" in page
    assert "Export" in page.split("</title>")[0]
    assert reverse("wagtailsnippets_cdop_forms_form:list") in page.split("<form")[0]
    assert "The draft as it stands" not in page


def test_a_draft_can_be_taken_out_too(editor, notification_form):
    draft = notification_form.get_latest_revision_as_object()
    draft.title = "Draft words"
    draft.save_revision()
    export = reverse("form_exchange:export", args=[notification_form.pk])
    response = editor.get(export, {"version": "draft", "format": "json"})
    assert own.read(response.content).schema.title == "Draft words"


def test_nothing_is_kept_before_it_is_confirmed(editor):
    response = upload(editor, own.write(small()))
    page = response.content.decode()
    assert "1 page, 1 question" in page
    assert "Everything in the file was understood" in page
    assert "The name" in page
    assert not Form.objects.filter(slug="small").exists()


def test_what_is_understood_of_a_group_is_told_as_of_a_page(editor):
    name = Question(kind="short_text", key="name", label="Their name", required="mandatory")
    named = Condition(tests=[Test(question="name", comparison="answered")])
    role = Question(kind="short_text", key="role", label="Their role", show_if=named)
    group = Question(kind="repeat", key="people", label="People", item_title="Person", questions=[name, role])
    schema = small(pages=[Page(key="people", title="People", questions=[group])])
    told = " ".join(upload(editor, own.write(schema)).content.decode().split())
    assert 'Their name <code>name</code> <span class="w-text-text-meta">Short text, must be answered</span>' in told
    assert 'Their role <code>role</code> <span class="w-text-text-meta">Short text, on a condition</span>' in told


def test_what_is_confirmed_is_a_new_draft(editor):
    kept = kept_in(upload(editor, own.write(small())))
    response = editor.post(IMPORT, {"kept": kept, "keep_as": "new", "slug": "small"})
    form = Form.objects.get(slug="small")
    assert response.headers["Location"] == reverse("wagtailsnippets_cdop_forms_form:edit", args=[form.pk])
    assert (form.live, form.newest_version()) == (False, None)


def test_a_key_in_use_is_never_written_over(editor, notification_form):
    response = upload(editor, own.write(small(slug="notification")))
    assert 'value="notification-2"' in response.content.decode()
    again = editor.post(IMPORT, {"kept": kept_in(response), "keep_as": "new", "slug": "notification"})
    assert "Another form has this key" in again.content.decode()
    notification_form.refresh_from_db()
    assert notification_form.title != "Small form"


def test_a_draft_of_the_form_with_the_same_key_is_kept_when_asked(editor, notification_form):
    kept = kept_in(upload(editor, own.write(small(slug="notification"))))
    editor.post(IMPORT, {"kept": kept, "keep_as": "draft", "slug": ""})
    notification_form.refresh_from_db()
    assert notification_form.title != "Small form"
    assert notification_form.get_latest_revision_as_object().title == "Small form"
    assert Form.objects.filter(slug="notification").count() == 1


def test_what_was_not_understood_is_shown(editor):
    from tests.forms.exchange.books import book

    rows = [["type", "name", "label"], ["text", "a", "A"], ["geopoint", "b", "B"]]
    page = upload(editor, book(survey=rows), "form.xlsx").content.decode()
    assert "survey row 3: Questions of the type “geopoint” have no counterpart here." in page


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"format": }', "line 1, column 12"),
        (b"just words", "not JSON"),
        (b"PK broken", "not an .xlsx workbook"),
        (b'{"resourceType": "Patient"}', "not a FHIR Questionnaire"),
    ],
)
def test_a_bad_file_is_told_with_its_place_and_nothing_is_kept(editor, data, message):
    before = Form.objects.count()
    page = upload(editor, data).content.decode()
    assert "Nothing is kept" in page
    assert message in page
    assert Form.objects.count() == before


def test_no_file_and_an_empty_file_are_told(editor):
    assert "Choose a file" in editor.post(IMPORT, {}).content.decode()
    assert "The file is empty" in upload(editor, b"").content.decode()


def test_what_was_changed_on_the_way_is_not_kept(editor, client, person):
    kept = kept_in(upload(editor, own.write(small())))
    page = editor.post(IMPORT, {"kept": kept[:-3] + "abc", "keep_as": "new", "slug": "small"}).content.decode()
    assert "Choose the file again" in page
    client.force_login(person("Form editor", 2))
    client.post(IMPORT, {"kept": kept, "keep_as": "new", "slug": "small"})
    assert not Form.objects.filter(slug="small").exists()


def test_markup_in_a_file_is_words_on_the_screen(editor):
    page = upload(editor, own.write(small(title="<script>alert(1)</script>"))).content.decode()
    assert "<script>alert(1)" not in page


def test_a_workbook_is_told_from_json_by_what_it_is(editor):
    page = upload(editor, xlsform.write(small()), "wrongly-named.json").content.decode()
    assert "Read as XLSForm" in page
