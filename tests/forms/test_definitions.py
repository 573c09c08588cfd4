"""The definition files that ship: whole, publishable, and honest about what is not confirmed."""

import re
from collections import Counter
from functools import cache
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from forms.checks import problems
from forms.definitions import code_list, code_lists, names, read, unconfirmed, unconfirmed_codes
from forms.models import Form, FormPage, FormVersion
from forms.schema import FormSchema
from forms.stream import stream_pages, stream_rules
from tests.forms.dictionary import DICTIONARY, LISTS, asked, to_confirm
from tests.forms.filling import questions_of

SHIPPED = names()


@cache
def definition(name: str) -> FormSchema:
    return FormSchema.model_validate(read(name))


def load_forms(*arguments: str, **options: bool) -> str:
    out = StringIO()
    call_command("load_forms", *arguments, stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_form_could_be_published_as_it_is(name):
    assert problems(definition(name)) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_form_opens_in_the_editor_and_is_accepted_unchanged(name):
    data = read(name)
    form = Form(slug=name, title=data["title"], pages=stream_pages(data["pages"]), rules=stream_rules(data["rules"]))
    for field in ("pages", "rules"):
        value = getattr(form, field)
        Form._meta.get_field(field).stream_block.clean(value)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_slug_of_a_form_is_the_name_of_its_file(name):
    assert read(name)["slug"] == name


@pytest.mark.parametrize("name", SHIPPED)
def test_every_code_is_plain_and_every_label_starts_like_a_sentence(name):
    for where, question in questions_of(definition(name)):
        for choice in question.choices:
            assert re.fullmatch(r"[a-z0-9_]+|[A-D]|1\*", choice.code), (where, choice.code)
            assert choice.label[0] == choice.label[0].upper(), (where, choice.label)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_mandatory_question_to_fill_in_says_what_to_do_when_it_is_blank(name):
    choosing = ("radios", "select", "checkboxes", "yes_no", "address")
    for where, question in questions_of(definition(name)):
        assert question.error or question.required != "mandatory" or question.kind in choosing, where


@pytest.mark.parametrize("name", SHIPPED)
def test_every_question_of_a_form_is_told_apart_by_its_words_alone(name):
    """Reminders, codebooks and the case record show a question without its page."""
    labels = Counter(question.label for question in definition(name).questions() if question.label)
    assert [label for label, times in labels.items() if times > 1] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_a_receipt_goes_to_a_question_that_asks_for_an_email_address(name):
    schema = definition(name)
    kinds = {question.key: question.kind for question in schema.questions()}
    assert not schema.acknowledge or kinds[schema.acknowledge] == "email"


@pytest.mark.parametrize("name", SHIPPED)
def test_the_field_dictionary_is_asked(name):
    assert asked(name) - set(dict(questions_of(definition(name)))) == set()


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_remembered_or_filled_in_is_marked_to_confirm(name):
    assert to_confirm(name) - set(unconfirmed(name)) == set()


def test_the_field_dictionary_covers_every_shipped_form():
    assert sorted(DICTIONARY) == SHIPPED


def test_questions_to_confirm_are_listed_with_their_form_and_group():
    lines = load_forms(unconfirmed=True).splitlines()
    assert "reporting: parent.occupation" in lines
    assert "notification: sex" in lines
    assert "notification: nhs_number" not in lines


def test_the_day_before_which_the_older_grades_are_asked_about_is_to_confirm():
    lines = load_forms("analysis", unconfirmed=True).splitlines()
    assert "analysis: grades, shown when meeting_date before 2020-01-01" in lines
    (page,) = [page for page in read("analysis")["pages"] if page["key"] == "grades"]
    assert page["show_if"]["tests"] == [{"question": "meeting_date", "comparison": "before", "value": "2020-01-01"}]


@pytest.mark.parametrize("entry", LISTS.split())
def test_an_entry_of_a_code_list_is_listed_exactly_when_it_is_not_confirmed(entry):
    assert (entry.rstrip("?") in unconfirmed_codes()) == entry.endswith("?")
    name, _, code = entry.rstrip("?").partition(".")
    assert not code or code in code_list(name)


def test_code_lists_to_confirm_are_listed_unless_only_some_forms_are_asked_for():
    assert {"code list: sex", "code list: place_type.theatre"} < set(load_forms(unconfirmed=True).splitlines())
    assert "code list" not in load_forms("analysis", unconfirmed=True)


def test_the_mark_to_confirm_is_no_answer_and_no_part_of_one():
    for name, codes in code_lists().items():
        assert all(set(code) <= {"code", "label", "hint"} and code["code"] != "confirm" for code in codes), name


@pytest.mark.django_db
def test_loading_publishes_every_form_once():
    load_forms()
    assert sorted(Form.objects.filter(live=True).values_list("slug", flat=True)) == SHIPPED
    assert all(line.endswith(": kept") for line in load_forms().splitlines())
    assert FormVersion.objects.count() == len(SHIPPED)


@pytest.mark.django_db
def test_what_is_published_is_what_the_file_says():
    load_forms("reporting")
    frozen = Form.objects.get(slug="reporting").newest_version().definition
    says, published = (re.sub(r">\s+<", "><", each.model_dump_json()) for each in (definition("reporting"), frozen))
    assert published == says


@pytest.mark.django_db
def test_loading_again_costs_a_query_or_two_per_form(django_assert_max_num_queries):
    load_forms()
    with django_assert_max_num_queries(5 * len(SHIPPED)):
        load_forms()


@pytest.mark.django_db
def test_only_the_notification_has_a_public_start_page():
    load_forms()
    assert [page.form.slug for page in FormPage.objects.all()] == ["notification"]


@pytest.mark.django_db
def test_an_editors_change_survives_loading_and_gives_way_to_replace():
    load_forms("reporting")
    form = Form.objects.get(slug="reporting")
    form.title = "Ours"
    form.save_revision().publish()
    load_forms("reporting")
    assert Form.objects.get(slug="reporting").title == "Ours"
    assert "replaced" in load_forms("reporting", replace=True)
    assert Form.objects.get(slug="reporting").title == definition("reporting").title
    assert form.newest_version().number == 3


def test_a_form_that_does_not_ship_is_refused_by_name():
    with pytest.raises(CommandError, match="No such form: nothing"):
        load_forms("nothing")
