"""A form that speaks other languages travels with them."""

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from forms.exchange.formats import FORMATS
from forms.models import Form, Translation
from forms.translations import services
from forms.translations.selectors import words_of
from forms.translations.texts import places
from tests.forms.exchange.test_admin import IMPORT, kept_in
from tests.forms.making import page, publish

pytestmark = pytest.mark.django_db
WELSH = {"What happened?": "Beth ddigwyddodd?", "<p>Read this.</p>": "<p>Darllenwch hwn.</p>"}


@pytest.fixture
def form(person) -> Form:
    """Published, with its words in Welsh, which people may choose, and in Polish, of which there are none yet."""
    asked = {"kind": "long_text", "key": "what", "label": "What happened?"}
    version = publish(page("one", asked, intro="<p>Read this.</p>"), slug="small")
    editor = person("Form editor")
    welsh = services.add(version.form, "cy", editor)
    services.translate(welsh, places(version.definition), WELSH | {"Not of this form": "Arall"}, editor)
    services.offer(welsh, True, editor)
    services.add(version.form, "pl", editor)
    return version.form


@pytest.fixture
def editor(client, person):
    client.force_login(person("Form editor"))
    return client


def bring(editor, data: bytes, **chosen):
    """Choose the file, see what was understood, keep it."""
    seen = editor.post(IMPORT, {"file": SimpleUploadedFile("form.json", data)})
    kept = editor.post(IMPORT, {"kept": kept_in(seen), **chosen})
    assert kept.status_code == 302
    return seen.content.decode()


def taken_out(editor, form: Form, name: str = "json") -> bytes:
    address = reverse("form_exchange:export", args=[form.pk])
    return editor.get(address, {"version": "1", "format": name}).content


def test_a_form_arrives_in_its_languages_which_are_not_offered_yet(editor, form):
    seen = bring(editor, taken_out(editor, form), keep_as="new", slug="arrived")
    assert "In other languages: Welsh (2 texts)." in seen
    arrived = Form.objects.get(slug="arrived")
    [welsh] = Translation.objects.filter(form=arrived)
    assert (welsh.language, welsh.words, welsh.offered) == ("cy", WELSH, False)


def test_a_language_that_people_may_be_answering_in_stays_as_it_is(editor, form):
    data = taken_out(editor, form)
    welsh = form.translations.get(language="cy")
    services.translate(welsh, places(form.newest_version().definition), {"What happened?": "Beth?"}, None)
    bring(editor, data, keep_as="draft", slug="")
    welsh.refresh_from_db()
    assert (welsh.words["What happened?"], welsh.offered) == ("Beth?", True)
    assert set(form.translations.values_list("language", flat=True)) == {"cy", "pl"}


def test_words_that_came_in_are_as_safe_as_what_an_editor_can_write(editor, form):
    data = taken_out(editor, form).replace(b"<p>Darllenwch hwn.</p>", b"<p>Hwn</p><script>alert(1)</script>")
    bring(editor, data, keep_as="new", slug="arrived")
    assert "<script" not in Form.objects.get(slug="arrived").translations.get().words["<p>Read this.</p>"]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_each_format_carries_the_translations_or_says_that_they_are_left_out(form, name, tmp_path):
    schema = form.newest_version().definition
    way, path, said = FORMATS[name], tmp_path / "form", StringIO()
    call_command("form_export", "small", "--format", name, "--output", str(path), stdout=said)
    carried = way.read(path.read_bytes()).translations
    assert carried == (words_of(form, schema) if name == "json" else {})
    assert ("Left out: cy: Translations" in said.getvalue()) == (name != "json")


def test_the_export_screen_says_who_leaves_them_out(editor, form):
    page = editor.get(reverse("form_exchange:export", args=[form.pk])).content.decode()
    assert page.count("Translations: left out.") == len(FORMATS) - 1


def test_the_shell_brings_them_in_and_says_so(editor, form, tmp_path):
    path, said = tmp_path / "form.json", StringIO()
    path.write_bytes(taken_out(editor, form))
    call_command("form_import", str(path), "--format", "json", "--slug", "arrived", stdout=said)
    assert "In another language: cy, 2 texts" in said.getvalue()
    assert Form.objects.get(slug="arrived").translations.get().words == WELSH
