"""What the editor keeps of a form beside what is asked travels in our own JSON, as far as it fits where it arrives."""

import json

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from forms.codes import list_choices
from forms.exchange import own
from forms.exchange.editing import editing_of, with_lists
from forms.exchange.findings import Editing
from forms.exchange.formats import FORMATS
from forms.exchange.services import free_slug, keep_draft, keep_new
from forms.exchange.sources import read
from forms.models import Code, CodeList, Form
from forms.schema import FormSchema
from forms.shipping import load, load_lists
from forms.stream import plain_pages
from tests.forms.exchange.test_admin import IMPORT, kept_in, upload
from tests.forms.making import page
from tests.forms.schemas import keys, quick, schemas

COLOURS = [{"code": code, "label": code.title()} for code in ("red", "blue")]
COLOUR = {"kind": "radios", "key": "colour", "label": "Colour", "choices": COLOURS}
CARS = {"kind": "repeat", "key": "cars", "label": "Cars", "item_title": "Car", "questions": [COLOUR]}
LINKS = {"paint": ["colour", "cars.colour"]}


def schema(*questions) -> FormSchema:
    pages = [page(f"page-{number}", question) for number, question in enumerate(questions or (COLOUR, CARS))]
    return FormSchema.model_validate({"slug": "small", "title": "Small", "pages": pages})


def paint(codes=("red", "blue"), labels=None) -> CodeList:
    """A shared list of these codes, as it is here."""
    made = CodeList.objects.create(name="paint", title="Paint")
    for number, code in enumerate(codes):
        Code.objects.create(code_list=made, code=code, label=(labels or {}).get(code, code.title()), sort_order=number)
    return made


def links_in(form: Form) -> dict[str, str]:
    """The list of each question of a draft that has one."""
    found = {}
    for each in plain_pages(form.get_latest_revision_as_object().pages):
        for question in each["questions"]:
            parts = {f"{question['key']}.{part['key']}": part for part in question.get("questions", [])}
            asked = {question["key"]: question} | parts
            found |= {name: part["list"] for name, part in asked.items() if part.get("list")}
    return found


def arrive(asked: FormSchema | None = None, editing: Editing | None = None):
    return read("json", own.write(asked or schema(), 1, {}, editing or Editing(LINKS)))


@quick
@given(schemas(), st.dictionaries(keys, st.lists(keys, min_size=1)), st.sampled_from(["", "finish", "carry"]))
def test_it_comes_back_from_a_file_as_it_left(asked, lists, unfinished):
    editing = Editing(lists, unfinished)
    assert own.read(own.write(asked, 1, {}, editing)).editing == editing


def test_a_file_says_nothing_of_what_there_is_not():
    assert set(json.loads(own.write(schema()))) == {"format", "format_version", "form"}


@pytest.mark.parametrize("fields", [{"unfinished": "delete"}, {"lists": ["paint"]}, {"lists": {"paint": "colour"}}])
def test_a_file_that_says_something_else_is_turned_away(fields):
    data = json.loads(own.write(schema())) | fields
    with pytest.raises(own.Unreadable):
        own.read(json.dumps(data).encode())


@pytest.mark.django_db
class TestArriving:
    def test_questions_take_their_answers_from_the_list_with_the_same_codes(self):
        paint()
        understood = arrive()
        assert (understood.editing.lists, understood.findings) == (LINKS, [])
        form = keep_new(understood.schema, None, {}, understood.editing)
        assert links_in(form) == {"colour": "paint", "cars.colour": "paint"}
        assert FormSchema.model_validate(form.schema_data()) == understood.schema

    @pytest.mark.parametrize("codes", [("red",), ("red", "blue", "green"), ("red", "mauve")])
    def test_a_list_of_the_name_with_other_codes_is_told_and_the_answers_are_kept(self, codes):
        paint(codes)
        understood = arrive()
        assert understood.editing.lists == {}
        assert [str(each) for each in understood.findings] == [
            f"lists.paint: {name}: The list of this name has other codes here; its answers are kept with the question."
            for name in LINKS["paint"]
        ]
        form = keep_new(understood.schema, None, {}, understood.editing)
        assert links_in(form) == {}
        assert FormSchema.model_validate(form.schema_data()) == understood.schema

    def test_a_list_that_is_not_here_is_told_and_the_answers_are_kept(self):
        understood = arrive()
        assert "There is no such list here" in understood.findings[0].message
        assert understood.editing.lists == {}

    @pytest.mark.parametrize("here", [{"labels": {"red": "Crimson"}}, {"codes": ("blue", "red")}])
    def test_words_and_order_of_the_list_here_hold_and_this_is_told(self, here):
        paint(**here)
        understood = arrive(schema(COLOUR), Editing({"paint": ["colour"]}))
        assert [each.message for each in understood.findings] == [
            "colour: The list here has other words or another order, which hold from now on."
        ]
        assert links_in(keep_new(understood.schema, None, {}, understood.editing)) == {"colour": "paint"}

    def test_a_link_of_a_question_that_is_not_asked_is_told(self):
        paint()
        understood = arrive(editing=Editing({"paint": ["colour", "gone"]}))
        assert understood.editing.lists == {"paint": ["colour"]}
        assert [str(each) for each in understood.findings] == ["lists.paint: gone: It is not asked in this form."]

    def test_an_answer_offered_only_sometimes_stays_with_its_question(self):
        paint()
        sometimes = COLOURS[1] | {"show_if": {"tests": [{"question": "known", "value": "yes"}]}}
        known = {"kind": "yes_no", "key": "known", "label": "Known?"}
        asked = schema(known, COLOUR | {"choices": [COLOURS[0], sometimes]})
        assert arrive(asked, Editing({"paint": ["colour"]})).editing.lists == {}

    @pytest.mark.parametrize(("said", "kept"), [("carry", "carry"), ("finish", "finish"), ("", "carry")])
    def test_what_becomes_of_unfinished_answers_is_taken_where_the_file_says_it(self, said, kept):
        form = keep_new(schema(), None, {}, Editing(unfinished="carry"))
        keep_draft(form, schema(), None, {}, Editing(unfinished=said))
        assert Form.objects.get().get_latest_revision_as_object().unfinished == kept

    def test_a_file_without_links_asks_the_database_nothing(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert with_lists(own.read(own.write(schema()))).findings == []


@pytest.mark.django_db
class TestLeaving:
    @pytest.fixture
    def form(self):
        paint()
        return keep_new(schema(), None, {}, Editing(LINKS, "carry"))

    def test_links_leave_while_the_list_has_the_codes_of_the_version(self, form):
        draft = form.get_latest_revision_as_object()
        assert editing_of(draft, schema()) == Editing(LINKS, "carry")
        older = schema(COLOUR | {"choices": COLOURS[:1]}, CARS)
        assert editing_of(draft, older).lists == {"paint": ["cars.colour"]}
        Code.objects.filter(code="blue").delete()
        assert editing_of(draft, schema()).lists == {}

    def test_the_other_formats_say_that_they_leave_it_out(self, form):
        editing = editing_of(form.get_latest_revision_as_object(), schema())
        for way in FORMATS.values():
            said = {str(each) for each in way.losses(schema(), {}, editing)}
            left_out = {
                "paint: Links to shared lists: the answers are written out.",
                "That unfinished answers move to a new version: left out.",
            }
            assert said & left_out == (set() if way.own else left_out)

    @pytest.mark.parametrize("name", ["notification", "analysis"])
    def test_a_shipped_form_arrives_with_every_link(self, name, tmp_path):
        load_lists()
        there, _ = load(name)
        path = tmp_path / "form.json"
        call_command("form_export", name, "--output", str(path))
        slug = free_slug(name)
        call_command("form_import", str(path), "--format", "json", "--slug", slug)
        here = Form.objects.get(slug=slug)
        assert links_in(here) == links_in(there)
        assert set(links_in(here).values()) <= {each for each, _ in list_choices()}
        assert len(links_in(here)) > 5

    def test_a_form_goes_out_and_comes_in_over_the_screens_with_its_links(self, client, person, notification_form):
        client.force_login(person("Form editor"))
        Form.objects.filter(pk=notification_form.pk).update(unfinished="carry")
        exported = client.get(
            f"/admin/form-exchange/{notification_form.pk}/export/", {"version": "1", "format": "json"}
        )
        kept = kept_in(upload(client, exported.content))
        client.post(IMPORT, {"kept": kept, "keep_as": "new", "slug": "another"})
        another = Form.objects.get(slug="another")
        assert links_in(another) == links_in(notification_form) != {}
        assert another.unfinished == "carry"
