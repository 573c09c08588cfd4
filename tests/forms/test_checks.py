"""The check before publishing: what stops a form, and what an editor should look at."""

import pytest
from django.urls import reverse
from pydantic import ValidationError

from forms.checking import shown
from forms.checks import findings, malformed, problems
from forms.definitions import names, read
from forms.dictionary import items
from forms.models import Form
from forms.schema import NO_PAGE_KEYS, FormSchema
from forms.stream import stream_pages
from forms.urls import urlpatterns

YES_NO = {"kind": "yes_no", "key": "known", "label": "Known?"}
COLOUR = {
    "kind": "radios",
    "key": "colour",
    "label": "Colour",
    "choices": [{"code": "red", "label": "Red"}, {"code": "blue", "label": "Blue"}],
}
BORN = {"kind": "date", "key": "born", "label": "Born"}


def form(*questions, slug="small", **pages):
    first = {"key": "first", "title": "First", "questions": list(questions)}
    more = [{"key": key, "title": key, "questions": value[1:], "show_if": value[0]} for key, value in pages.items()]
    return FormSchema.model_validate({"slug": slug, "title": "Small", "pages": [first, *more]})


def when(*tests, join="all"):
    parts = [dict(zip(("question", "comparison", "value"), test, strict=False)) for test in tests]
    return {"join": join, "tests": parts}


def warnings(schema, before=None):
    return [each.message for each in findings(schema, [before] if before else ()) if not each.blocks]


def asked(text, condition):
    return {"kind": "short_text", "key": "detail", "label": text, "show_if": condition}


@pytest.mark.parametrize("name", names())
def test_a_shipped_form_has_nothing_to_mend_and_nothing_to_look_at(name):
    assert findings(FormSchema.model_validate(read(name))) == []


def test_a_code_that_is_not_offered_is_pointed_out():
    schema = form(COLOUR, asked("Why?", when(("colour", "is", "green"))))
    assert warnings(schema) == ["“Why?” depends on “green”, which “Colour” does not offer."]
    assert warnings(form(COLOUR, asked("Why?", when(("colour", "any_of", "red, blue"))))) == []
    assert warnings(form(YES_NO, asked("Why?", when(("known", "is", "perhaps"))))) != []
    assert warnings(form(YES_NO, asked("Why?", when(("known", "is", "not_known"))))) == []


def test_a_comparison_that_answers_do_not_allow_is_pointed_out():
    message = "“Why?”: answers to “Colour” cannot be compared in that way."
    assert warnings(form(COLOUR, asked("Why?", when(("colour", "before", "2026-04-01"))))) == [message]
    assert warnings(form(BORN, asked("Why?", when(("born", "before", "2026-04-01"))))) == []


def test_a_question_cannot_depend_on_itself_nor_two_on_each_other():
    itself = form(asked("Why?", when(("detail", "answered"))))
    assert problems(itself) == ["“Why?” depends on “detail”, which comes later."]
    first = {"kind": "short_text", "key": "one", "label": "One", "show_if": when(("two", "answered"))}
    second = {"kind": "short_text", "key": "two", "label": "Two", "show_if": when(("one", "answered"))}
    assert len(problems(form(first, second))) == 1


def test_statutory_items_that_no_question_feeds_are_counted_and_the_first_named():
    slug = "analysis"
    (first, second, third, *more) = [item for item in items().values() if slug in item.stages]
    names = [f"“{item.label}” ({item.name})" for item in (first, second, third)]
    text = {"kind": "short_text", "label": "Words"}
    (message,) = (each for each in warnings(form(COLOUR, slug=slug)) if "feeds" in each)
    assert message == (
        f"No question feeds {len(more) + 3} statutory data items: {', '.join(names)} and {len(more)} more."
    )
    others = [text | {"key": item.name} for item in (second, third, *more)]
    assert f"No question feeds 1 statutory data item: {names[0]}." in warnings(form(*others, slug=slug))
    assert warnings(form(COLOUR)) == []


def test_a_form_that_asks_nothing_is_not_told_which_items_it_leaves_out():
    assert warnings(form(slug="notification")) == []


def test_two_questions_that_feed_one_item_are_named():
    schema = form(BORN | {"item": "date_of_birth"}, BORN | {"key": "date_of_birth", "label": "Birthday"})
    assert warnings(schema) == ["“Born” and “Birthday” both feed the data item “date_of_birth”."]


def test_a_kind_or_a_code_that_does_not_fit_the_item_is_named():
    assert (
        "is of another kind than the data item “date_of_birth” (date)"
        in warnings(form({"kind": "short_text", "key": "date_of_birth", "label": "Born"}))[0]
    )
    assert warnings(form(COLOUR | {"item": "sex"})) == [
        "“Colour” offers “blue”, which the data item “sex” does not have."
    ]
    assert warnings(form(COLOUR | {"item": "no_such_item"})) == [
        "“Colour” feeds “no_such_item”, which is not in the data dictionary."
    ]


def test_a_question_that_is_no_longer_asked_is_named():
    (message,) = warnings(form(COLOUR), before=form(COLOUR, BORN))
    assert message.startswith("“Born” (born) was asked in the published version and no longer is.")


def test_what_is_malformed_is_said_in_words():
    with pytest.raises(ValidationError) as raised:
        form({"kind": "short_text", "key": "", "label": "Words"}, COLOUR | {"choices": [{"code": "", "label": "Red"}]})
    assert [each.message for each in malformed(raised.value)] == [
        "Page 1, question 1: the key must be made of lower-case letters and numbers, starting with a letter.",
        "Page 1, question 2, answer 1: the code is missing.",
    ]


def test_the_dictionary_has_every_item_with_what_is_known_of_it():
    sex = items()["sex"]
    assert sex.stages[0] == "notification" or "notification" in sex.stages
    assert {"male", "female"} <= sex.codes
    assert not sex.confirmed
    assert items()["date_of_birth"].confirmed


@pytest.mark.django_db
def test_each_finding_leads_to_its_block(notification_form):
    form = Form.objects.get(pk=notification_form.pk)
    page, question = form.pages[3], form.pages[3].value["questions"][0]
    question.value["key"] = "sex"
    found = next(each for each in shown(form) if each.message.startswith("Two questions have the key"))
    last = [each.id for page in form.pages for each in page.value["questions"] if each.value["key"] == "sex"][-1]
    assert found.open[-1] == last
    assert len(found.open) == 2
    assert page.id


@pytest.mark.django_db
def test_the_editor_lists_what_was_found_in_the_draft(client, person, notification_form):
    data = stream_pages([{"key": "first", "title": "First", "questions": [COLOUR | {"choices": []}, BORN]}])
    draft = Form.objects.create(slug="small", title="Small", live=False, pages=data)
    client.force_login(person("Form editor"))
    page = client.get(reverse("wagtailsnippets_cdop_forms_form:edit", args=[draft.pk])).content.decode()
    assert "1 to mend before publishing" in page
    assert "“Colour” offers nothing to choose from." in page
    assert "data-cdop-open" in page


def test_a_page_may_not_be_called_what_an_address_already_means():
    assert problems(form(COLOUR, check=({}, BORN))) == ["Page “check” cannot have the key “check”. Give it another."]


def test_those_keys_are_the_ones_that_addresses_take():
    names = {pattern.pattern._route.removeprefix("answer/<uuid:draft_id>/") for pattern in urlpatterns}
    assert {name.strip("/") for name in names if name.count("/") == 1 and "<" not in name} == NO_PAGE_KEYS
