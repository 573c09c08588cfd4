"""A form in other languages: the same questions and codes in other words."""

import re
from io import BytesIO

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from openpyxl import Workbook, load_workbook
from wagtail.models import Site

from content.models import AreaSettings
from forms.exchange.findings import Unreadable
from forms.models import Draft, Form, FormPage, Submission, Translation
from forms.selectors import answer_sections
from forms.services import freeze
from forms.translations import services, workbook
from forms.translations.start_page import start_places
from forms.translations.texts import TEXTS, places, translated
from tests.forms.making import page, publish
from tests.forms.schemas import schemas

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

NAME = {
    "kind": "short_text",
    "key": "name",
    "label": "Your name",
    "required": "mandatory",
    "error": "Enter your name",
}
EYES = {
    "kind": "radios",
    "key": "eyes",
    "label": "Colour of your eyes",
    "choices": [{"code": "g", "label": "Green"}, {"code": "b", "label": "Blue"}],
}
MAIL = {"kind": "email", "key": "mail", "label": "Your email address"}
# Invented words, in no language.
WORDS = {
    "Your name": "Ojro nejm",
    "Enter your name": "Ente ojro nejm",
    "Colour of your eyes": "Kolo ov ajz",
    "Green": "Grin",
    "Blue": "Blu",
    "About you": "Abaut ju",
    "An invented form": "En inventid form",
}


@pytest.fixture
def version(db):
    return publish(page("about-you", NAME, EYES), page("mail", MAIL))


@pytest.fixture
def polish(version) -> Translation:
    return Translation.objects.create(form=version.form, language="pl", words=WORDS, offered=True)


@pytest.fixture
def editor(client, person):
    client.force_login(person("Form editor"))
    return client


def begin(client, **chosen) -> str:
    """The address of the first page, begun from the start page."""
    return client.post("/small/", chosen).headers["Location"]


def address(name, form, *args) -> str:
    return reverse(f"forms_admin:{name}", args=[form.pk, *args])


def answer_all(client, first) -> str:
    """Answer and send; the receipt as HTML."""
    client.post(first, {"name": "Invented", "eyes": "b"})
    client.post(first.replace("about-you", "mail"), {"mail": "person@invented.example"})
    check = first.replace("about-you", "check")
    return client.post(check, follow=True).content.decode()


class TestTexts:
    def test_each_text_is_listed_once_on_the_page_where_it_is_met_first(self, version):
        again = page("again", NAME | {"key": "other_name", "label": "Another name"})
        schema = publish(page("about-you", NAME, EYES), again).definition
        listed = [(place.key, [text.english for text in place.texts]) for place in places(schema)]
        assert listed == [
            ("about-you", ["About you", "Your name", "Enter your name", "Colour of your eyes", "Green", "Blue"]),
            ("again", ["Again", "Another name"]),
            ("", ["An invented form"]),
        ]

    def test_rich_text_is_told_from_plain(self):
        schema = publish(page("one", NAME, intro="<p>Read <b>this</b>.</p>")).definition
        assert {text.english: text.rich for text in places(schema)[0].texts}["<p>Read <b>this</b>.</p>"]

    @given(schemas())
    def test_words_change_texts_and_nothing_else(self, schema):
        words = {text.english: f"<p>{number}</p>" for number, text in enumerate(_texts(schema))}
        assert _bare(translated(schema, words).model_dump()) == _bare(schema.model_dump())
        assert {text.english for text in _texts(translated(schema, words))} == set(words.values())

    @given(schemas())
    def test_without_words_a_form_stays_as_it_is(self, schema):
        assert translated(schema, {}) == schema == translated(schema, {text.english: "" for text in _texts(schema)})


def _texts(schema):
    return [text for place in places(schema) for text in place.texts]


def _bare(data):
    """The data without its texts."""
    if isinstance(data, dict):
        return {name: bool(value) if name in TEXTS else _bare(value) for name, value in data.items()}
    return [_bare(item) for item in data] if isinstance(data, list) else data


class TestAnswering:
    def test_the_start_page_offers_the_languages_there_are(self, client, polish):
        Translation.objects.create(form=polish.form, language="ur", words={})
        page = client.get("/small/").content.decode()
        assert '?language=pl" lang="pl" hreflang="pl" dir="ltr">Polski – En inventid form</a>' in page
        assert "language=ur" not in page

    @pytest.mark.parametrize("title", ["An invented form", "It's $.a[0] a__b%", "Été {x}"])
    def test_a_language_is_offered_with_the_title_of_the_form_once_that_is_translated(self, client, polish, title):
        Form.objects.update(title=title)
        Translation.objects.update(words={"Your name": "Ojro nejm"})
        assert 'dir="ltr">Polski</a>' in client.get("/small/").content.decode()
        Translation.objects.update(words={title: "En inventid form"})
        assert 'dir="ltr">Polski – En inventid form</a>' in client.get("/small/").content.decode()

    def test_a_form_in_english_only_offers_none(self, client, version):
        assert "cdop-languages" not in client.get("/small/").content.decode()

    def test_who_chose_a_language_reads_the_form_in_it(self, client, polish):
        page = client.get(begin(client, language="pl")).content.decode()
        assert "Ojro nejm" in page
        assert "Your name" not in page
        assert '<html lang="pl"' in page

    def test_errors_and_the_check_page_are_in_it_too(self, client, polish):
        first = begin(client, language="pl")
        assert "Ente ojro nejm" in client.post(first, {"eyes": "g"}).content.decode()
        check = first.replace("about-you", "check")
        assert "Ente ojro nejm" in client.post(check).content.decode()
        client.post(first, {"name": "Invented", "eyes": "g"})
        page = client.get(check).content.decode()
        assert "Kolo ov ajz" in page
        assert "Grin" in page

    def test_what_is_not_translated_stands_in_english(self, client, polish):
        first = begin(client, language="pl")
        client.post(first, {"name": "Invented"})
        assert "Your email address" in client.get(first.replace("about-you", "mail")).content.decode()

    def test_others_read_english_meanwhile(self, client, polish):
        client.get(begin(client, language="pl"))
        page = client.get(begin(client)).content.decode()
        assert "Your name" in page
        assert '<html lang="en-gb"' in page

    @pytest.mark.parametrize("language", ["ur", "xx", "pl\0", "x" * 5000, "../pl"])
    def test_a_language_that_is_not_offered_gives_english(self, client, polish, language):
        Translation.objects.create(form=polish.form, language="ur", words={"Your name": "Nam"})
        assert "Your name" in client.get(begin(client, language=language)).content.decode()

    def test_the_same_codes_are_stored_and_the_staff_read_english(self, client, polish):
        receipt = answer_all(client, begin(client, language="pl"))
        submission = Submission.objects.get()
        assert submission.reference in receipt
        assert submission.all_answers() == {"name": "Invented", "eyes": "b", "mail": "person@invented.example"}
        assert (submission.language, submission.get_language_display()) == ("pl", "Polish")
        read = {row.label: row.text for section in answer_sections(submission, True) for row in section.rows}
        assert read["Colour of your eyes"] == "Blue"

    def test_answers_in_english_have_no_language(self, client, version):
        answer_all(client, begin(client))
        assert Submission.objects.get().get_language_display() == ""

    def test_a_word_changed_in_english_stands_in_english_until_it_is_translated_again(self, client, polish):
        publish(page("about-you", NAME | {"label": "Your whole name"}, EYES))
        page_now = client.get(begin(client, language="pl")).content.decode()
        assert "Your whole name" in page_now
        assert "Kolo ov ajz" in page_now

    def test_a_translation_changed_in_the_middle_is_read_at_once(self, client, polish, person):
        first = begin(client, language="pl")
        client.get(first)
        all_places = places(polish.form.newest_version().definition)
        services.translate(polish, all_places, {"Your name": "Nejm"}, person("Form editor"))
        assert "Nejm" in client.get(first).content.decode()

    def test_who_has_begun_goes_on_when_the_language_is_offered_no_longer(self, client, polish, person):
        first = begin(client, language="pl")
        services.offer(polish, False, person("Form editor"))
        assert "Ojro nejm" in client.get(first).content.decode()
        services.remove(polish, person("Form editor"))
        assert "Your name" in client.get(first).content.decode()

    def test_the_receipt_by_email_names_the_form_in_it(self, client, polish, django_capture_on_commit_callbacks):
        form = polish.form
        form.acknowledge = "mail"
        form.save()
        freeze(Form.objects.get(pk=form.pk))
        with django_capture_on_commit_callbacks(execute=True):
            answer_all(client, begin(client, language="pl"))
        assert "En inventid form" in mail.outbox[-1].body

    def test_who_saved_it_for_later_comes_back_to_the_same_language(
        self, client, polish, django_capture_on_commit_callbacks
    ):
        first = begin(client, language="pl")
        with django_capture_on_commit_callbacks(execute=True):
            saved = client.post(
                first.replace("about-you", "later"), {"email": "person@invented.example"}, follow=True
            ).content.decode()
        code = re.search(r"<strong[^>]*>([A-Z0-9]{6})</strong>|>([A-Z0-9]{6})<", saved)
        assert '<html lang="pl"' in saved
        assert "En inventid form" in mail.outbox[-1].body
        [back] = re.findall(r"https?://\S+(/answer/return/\S+/)", mail.outbox[-1].body)
        other = Client()
        assert '<html lang="pl"' in other.get(back).content.decode()
        page_again = other.post(back, {"code": code[1] or code[2]}, follow=True).content.decode()
        assert "Ojro nejm" in page_again

    def test_reading_in_another_language_asks_the_database_once_more(self, client, polish, django_assert_num_queries):
        english, other = begin(client), begin(client, language="pl")
        for first in (english, other):
            client.post(first, {"name": "Invented"})
            client.get(first)
        with CaptureQueriesContext(connection) as usual:
            client.get(english)
        with django_assert_num_queries(len(usual) + 1):
            client.get(other)


BODY = [
    ("text", "<p>Use this form if you are [area].</p>"),
    ("warning", {"title": "Danger", "text": "<p>Call <b>999</b></p>"}),
    ("do", {"title": "Do", "items": ["tell us", "wait"]}),
    ("care", {"level": "urgent", "title": "Who to call", "text": "<p>Them</p>"}),
]
START_WORDS = {
    "Begin here": "Zacznij tu",
    "For professionals.": "Dla kazdego.",
    "<p>Use this form if you are [area].</p>": "<p>Uzyj, gdy jestes [area].</p>",
    "Danger": "Niebezp",
    "<p>Call <b>999</b></p>": "<p>Dzwon <b>999</b></p>",
    "tell us": "powiedz",
    "Elsewhere": "Gdzie indziej",
    "Start now": "Zacznij",
}


def area() -> AreaSettings:
    return AreaSettings.for_site(Site.objects.get(is_default_site=True))


class TestStartPage:
    @pytest.fixture
    def start(self, polish) -> FormPage:
        page = FormPage.objects.get(form=polish.form)
        page.title, page.summary, page.body = "Begin here", "For professionals.", BODY
        page.below = [("inset", {"text": "<p>After all</p>"}), ("contact", {"title": "Elsewhere", "text": ""})]
        page.save_revision().publish()
        Translation.objects.update(words=WORDS | START_WORDS)
        return page

    def test_it_speaks_the_language_that_was_chosen(self, client, start):
        page = client.get("/small/?language=pl").content.decode()
        assert '<html lang="pl" dir="ltr"' in page
        for english, word in START_WORDS.items():
            assert word.replace("[area]", area().area_name) in page
            assert english.replace("[area]", area().area_name) not in page.split("<main")[1]

    def test_what_has_no_words_stands_in_english_and_codes_stay(self, client, start):
        page = client.get("/small/?language=pl").content.decode()
        assert "<p>After all</p>" in page
        assert "nhsuk-card--care--urgent" in page

    def test_its_button_starts_in_that_language_and_the_english_page_in_english(self, client, start):
        page = client.get("/small/?language=pl").content.decode()
        assert '<input type="hidden" name="language" value="pl">' in page
        assert '<span aria-current="true">Polski</span>' in page
        assert 'name="language"' not in client.get("/small/").content.decode()

    def test_it_is_written_from_the_right_where_the_language_is(self, client, start):
        Translation.objects.update(language="ur")
        assert '<html lang="ur" dir="rtl"' in client.get("/small/?language=ur").content.decode()

    @pytest.mark.parametrize("asked", ["ur", "xx", "", "%00"])
    def test_a_language_that_is_not_offered_gives_the_english_page(self, client, start, asked):
        page = client.get(f"/small/?language={asked}").content.decode()
        assert '<html lang="en-gb"' in page
        assert "For professionals." in page

    def test_one_reader_changes_nothing_for_the_next(self, client, start):
        client.get("/small/?language=pl")
        page = client.get("/small/").content.decode()
        assert "Zacznij tu" not in page
        assert "Begin here" in page

    def test_its_texts_are_translated_beside_those_of_the_form(self, editor, start):
        here = address("translate_page", start.form, "pl", "_start")
        boxes = _boxes(editor, here, {"Elsewhere": "Pozniej", "<p>After all</p>": "<p>Po wszystkim</p>"})
        assert editor.post(here, boxes).status_code == 302
        page = Client().get("/small/?language=pl").content.decode()
        assert "Pozniej" in page
        assert "<p>Po wszystkim</p>" in page
        assert "urgent" not in [text.english for text in start_places(start.form, [])[0].texts]

    def test_they_travel_in_the_workbook(self, editor, start):
        book = load_workbook(BytesIO(editor.get(address("translation_file", start.form, "pl")).content))
        rows = {row[1]: (row[0], row[2]) for row in book.active.iter_rows(values_only=True)}
        assert rows["Danger"] == ("Start page", "Niebezp")

    def test_a_chosen_language_costs_one_more_query(self, client, start):
        for _ in range(2):
            with CaptureQueriesContext(connection) as english:
                client.get("/small/?language=")
            with CaptureQueriesContext(connection) as other:
                client.get("/small/?language=pl")
        assert len(other) == len(english) + 1


SCREENS = [
    ("translations",),
    ("translation", "pl"),
    ("translation_file", "pl"),
    ("translate_page", "pl", "about-you"),
    ("translate_whole", "pl"),
]


class TestTranslating:
    @pytest.mark.parametrize("role", ["Form editor", "Coordinator", "Site editor", "Panel member"])
    @pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen[0])
    def test_only_those_who_may_change_the_form_translate_it(self, client, person, polish, role, screen):
        client.force_login(person(role))
        seen = client.get(address(screen[0], polish.form, *screen[1:])).status_code == 200
        assert seen == (role in ("Form editor", "Coordinator"))

    def test_a_language_is_added_and_translated_page_by_page(self, editor, version):
        made = editor.post(address("translations", version.form), {"language": "ur"})
        translation = Translation.objects.get(language="ur")
        assert made.headers["Location"] == address("translation", version.form, "ur")
        assert not translation.offered
        first = address("translate_page", version.form, "ur", "about-you")
        following = editor.post(first, _boxes(editor, first, {"Your name": "Nam"}) | {"next": ""})
        assert following.headers["Location"] == address("translate_page", version.form, "ur", "mail")
        translation.refresh_from_db()
        assert translation.words == {"Your name": "Nam"}
        assert "1 of 6" in editor.get(address("translation", version.form, "ur")).content.decode()

    def test_a_language_can_be_added_once(self, editor, polish):
        page = editor.post(address("translations", polish.form), {"language": "pl"})
        assert "Select a valid choice" in page.content.decode()
        assert Translation.objects.count() == 1

    @pytest.mark.parametrize("screen", [("translation", "ur"), ("translate_page", "pl", "nowhere")])
    def test_what_is_not_there_is_not_found(self, editor, polish, screen):
        assert editor.get(address(screen[0], polish.form, *screen[1:])).status_code == 404

    def test_emptied_words_put_the_english_back(self, editor, polish):
        here = address("translate_page", polish.form, "pl", "about-you")
        editor.post(here, _boxes(editor, here, {"Green": ""}))
        polish.refresh_from_db()
        assert "Green" not in polish.words
        assert polish.words["Blue"] == "Blu"

    def test_rich_text_keeps_what_the_editor_can_make_and_nothing_that_runs(self, person, polish):
        form = publish(page("one", NAME, intro="<p>Read this.</p>"), slug="rich").form
        translation = services.add(form, "pl", person("Form editor"))
        evil = '<p onclick="x()">Czytaj <b>to</b><script>alert(1)</script></p>'
        services.translate(
            translation, places(form.newest_version().definition), {"<p>Read this.</p>": evil}, person("Form editor")
        )
        translation.refresh_from_db()
        kept = translation.words["<p>Read this.</p>"]
        assert kept.startswith("<p>Czytaj <b>to</b>")
        assert "script" not in kept
        assert "onclick" not in kept

    def test_two_people_translating_at_once_keep_both_their_words(self, version, person):
        one = services.add(version.form, "pl", person("Form editor"))
        other = services.add(version.form, "pl", person("Coordinator"))
        here = places(version.definition)
        services.translate(one, here, {"Green": "Grin"}, person("Form editor"))
        services.translate(other, here, {"Blue": "Blu"}, person("Coordinator"))
        assert Translation.objects.get().words == {"Green": "Grin", "Blue": "Blu"}

    def test_it_is_offered_withdrawn_and_what_was_done_is_in_the_history(self, editor, polish):
        here = address("translation", polish.form, "pl")
        editor.post(here)
        polish.refresh_from_db()
        assert not polish.offered
        editor.post(here, {"offer": ""})
        polish.refresh_from_db()
        assert polish.offered
        history = editor.get(reverse("wagtailsnippets_cdop_forms_form:history", args=[polish.form.pk]))
        assert "Polish: offered to people" in history.content.decode()

    def test_words_are_never_thrown_away_by_one_click(self, editor, polish):
        editor.post(address("translation", polish.form, "pl"), {"remove": ""})
        assert Translation.objects.exists()
        Translation.objects.update(words={})
        editor.post(address("translation", polish.form, "pl"), {"remove": ""})
        assert not Translation.objects.exists()

    def test_the_draft_is_tried_out_in_the_language_and_nothing_is_stored(self, editor, polish):
        page = editor.get(address("walk", polish.form) + "?language=pl").content.decode()
        assert "Ojro nejm" in page
        assert not Draft.objects.exists()
        assert "Your name" in editor.get(address("walk", polish.form) + "?language=ur").content.decode()


def _boxes(editor, here, words) -> dict[str, str]:
    """What the browser would post from a page of boxes, with these words put in."""
    boxes = editor.get(here).context["boxes"]
    given = [(text, box, words.get(text.english, box.initial)) for text, box in boxes.boxes()]
    return {box.html_name: box.field.widget.format_value(word) if text.rich else word for text, box, word in given}


class TestWorkbook:
    def rows(self, data) -> list[tuple]:
        return [tuple(cell.value for cell in row) for row in load_workbook(BytesIO(data))["texts"]]

    def test_it_has_every_text_and_comes_back_as_it_was(self, editor, polish):
        data = editor.get(address("translation_file", polish.form, "pl")).content
        rows = self.rows(data)
        assert rows[:4] == [
            ("Page", "English", "Translation"),
            ("Start page", "Start now", None),
            ("About you", "About you", "Abaut ju"),
            ("About you", "Your name", "Ojro nejm"),
        ]
        assert workbook.read(data) == WORDS

    def test_no_text_becomes_a_formula(self, polish):
        schema = publish(page("one", NAME | {"label": "=1+1"})).definition
        sheet = load_workbook(BytesIO(workbook.write(polish, places(schema))))["texts"]
        assert "f" not in {cell.data_type for row in sheet for cell in row}
        assert "=1+1" in [row[1].value for row in sheet]

    def test_what_a_translator_filled_in_is_taken_and_strangers_are_told(self, editor, polish):
        book = Workbook()
        book.active.title = "texts"
        for row in [("Page", "English", "Translation"), ("", "Green", "Zielone"), ("", "Never asked", "Nigdy")]:
            book.active.append(row)
        told = self.bring_in(editor, polish, book)
        polish.refresh_from_db()
        assert polish.words == WORDS | {"Green": "Zielone"}
        assert "1 text changed." in told
        assert "1 of the English texts in the file are not in this form." in told

    def bring_in(self, editor, polish, book) -> str:
        file = BytesIO()
        book.save(file)
        here = address("translation_file", polish.form, "pl")
        sent = SimpleUploadedFile("pl.xlsx", file.getvalue())
        return editor.post(here, {"file": sent}, follow=True).content.decode()

    def test_another_workbook_changes_nothing_and_says_what_is_needed(self, editor, polish):
        told = self.bring_in(editor, polish, Workbook())
        assert "Nothing is changed" in told
        assert "the columns English and Translation" in told
        polish.refresh_from_db()
        assert polish.words == WORDS

    @pytest.mark.parametrize("data", [b"", b"words", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
    def test_what_is_no_workbook_is_refused(self, data):
        with pytest.raises(Unreadable):
            workbook.read(data)
