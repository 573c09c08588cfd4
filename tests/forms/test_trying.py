"""An editor walks through a draft as a person would, before anybody else meets it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from forms.models import Draft, Form, Submission, Upload
from forms.stream import stream_pages
from tests.forms.editing import Editor
from tests.forms.making import page as page_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PDF = b"%PDF-1.7\n%invented\n%%EOF\n"
TWIN = {"kind": "yes_no", "key": "twin", "label": "Was the child a twin?", "required": "mandatory"}
REPORTS = {
    "kind": "upload",
    "key": "reports",
    "label": "Reports",
    "required": "mandatory",
    "file_types": ["pdf"],
    "max_files": 1,
}
NAME = {"kind": "short_text", "key": "name", "label": "Name", "required": "mandatory"}
ROLE = {"kind": "short_text", "key": "role", "label": "Role"}
PEOPLE = {
    "kind": "repeat",
    "key": "people",
    "label": "People who helped",
    "item_title": "Person",
    "min_items": 1,
    "max_items": 2,
    "questions": [NAME, ROLE],
}


class Trial:
    """The draft of a form, open in an editor's browser."""

    def __init__(self, client, form):
        self.client, self.address = client, reverse("forms_admin:walk", args=[form.pk])
        self.page = client.get(self.address).content.decode()

    def post(self, **answers):
        names = ("page", "answers", "item", "token")
        kept = {name: self.hidden(name) for name in names if f'name="{name}"' in self.page}
        self.page = self.client.post(self.address, kept | answers).content.decode()
        return self.page

    def hidden(self, name):
        return re.search(rf'name="{name}" value="([^"]*)"', self.page)[1]

    @property
    def items(self):
        return re.findall(r'name="remove_item" value="([^"]*)"', self.page)


@pytest.fixture
def editor(client, person, notification_form):
    client.force_login(person("Form editor"))
    return Editor(client, notification_form)


@pytest.fixture
def trial(client, person):
    """A trial of a form of these pages."""

    def begin(*pages):
        client.force_login(person("Form editor"))
        form = Form.objects.create(slug="small", title="Small", live=False, pages=stream_pages(list(pages)))
        return Trial(client, form)

    return begin


def test_the_draft_is_walked_page_by_page_with_its_conditions_and_nothing_is_stored(editor, client):
    editor.question("sibling_concerns")["label"] = "Are other children safe?"
    editor.save()
    trial = Trial(client, editor.form)
    assert "Are other children safe?" in trial.page
    trial.post(sibling_concerns="yes")
    assert trial.hidden("page") == "act-now"
    trial.post(to="safety")
    trial.post(sibling_concerns="no")
    assert trial.hidden("page") == "you"
    assert not Draft.objects.exists()
    assert not Submission.objects.exists()


def test_a_wrong_answer_is_refused_as_a_person_would_see_it(editor, client):
    trial = Trial(client, editor.form)
    assert "Choose yes, no or not known" in trial.post()
    assert trial.hidden("page") == "safety"


def test_answers_that_were_tampered_with_start_again(editor, client):
    walk = reverse("forms_admin:walk", args=[editor.form.pk])
    for answers in ("", "x", '{"sibling_concerns": "yes"}', "a:b:c"):
        response = client.post(walk, {"page": "safety", "answers": answers, "sibling_concerns": "no"})
        assert response.status_code == 200
    assert client.post(walk, {"page": "no-such-page"}).status_code == 200


def test_a_draft_that_cannot_be_published_says_why_instead(editor, client):
    editor.add("child", "short_text", label="Another", key="sex")
    editor.save()
    assert "Two questions have the key “sex”" in Trial(client, editor.form).page


def test_a_whole_walk_ends_with_what_a_person_would_check(trial):
    walked = trial(page_of("first", TWIN), page_of("second", ROLE))
    walked.post(twin="no")
    last = walked.post()
    assert "Check your answers" in last
    assert "Was the child a twin?" in last
    assert "Not answered" in last
    assert "Nothing was stored" in last


def test_an_answer_is_changed_from_the_check_page_and_from_the_next_page(trial):
    walked = trial(page_of("first", TWIN), page_of("second", ROLE))
    walked.post(twin="no")
    assert walked.hidden("to") == "first"
    back = walked.post(to="first")
    assert re.search(r'value="no"[^>]*checked', back)
    walked.post(twin="yes")
    walked.post(role="Invented role")
    assert 'value="Invented role"' in walked.post(to="second")


def test_items_of_a_repeat_group_are_added_changed_and_removed(trial):
    walked = trial(page_of("people", PEOPLE), page_of("last", TWIN))
    walked.post(open_item="new")
    assert "Enter an answer to “Name”" in walked.post(role="Invented role")
    walked.post(name="Invented Person", role="Invented role")
    assert "Invented Person" in walked.page
    [person] = walked.items
    assert 'value="Invented Person"' in walked.post(open_item=person)
    walked.post(name="Invented Nurse")
    assert "Invented Person" not in walked.page
    walked.post(remove_item=person)
    assert "You have not added any yet" in walked.page
    assert not Draft.objects.exists()


def test_a_group_with_too_few_items_stops_a_trial_as_it_stops_a_person(trial):
    walked = trial(page_of("people", PEOPLE), page_of("last", TWIN))
    assert "Add at least 1 to “People who helped”" in walked.post()
    walked.post(open_item="new")
    walked.post(name="Invented Person")
    walked.post()
    assert walked.hidden("page") == "last"
    last = walked.post(twin="no")
    assert "A person could not send this yet" not in last
    assert "Name: <bdi>Invented Person</bdi>" in last


def test_a_group_that_is_full_takes_no_more(trial):
    walked = trial(page_of("people", PEOPLE))
    for name in ("One", "Two"):
        walked.post(open_item="new")
        walked.post(name=f"Invented {name}")
    assert "You have added 2, the most this form takes" in walked.page
    assert "the most this form takes. Remove one first" in walked.post(item="new", token="abcd12", name="Three")


def test_saving_an_item_twice_adds_it_once(trial):
    walked = trial(page_of("people", PEOPLE))
    walked.post(open_item="new")
    kept = {name: walked.hidden(name) for name in ("item", "token")}
    walked.post(name="Invented Person")
    walked.post(name="Invented Person", **kept)
    assert len(walked.items) == 1


def test_a_file_is_noted_and_not_kept(trial):
    walked = trial(page_of("files", REPORTS), page_of("last", TWIN))
    assert "Choose a file for “Reports”" in walked.post()
    walked.post(reports=SimpleUploadedFile("invented.pdf", PDF), add_file="reports")
    assert "invented.pdf" in walked.page
    walked.post()
    assert walked.hidden("page") == "last"
    assert "invented.pdf (PDF" in walked.post(twin="no")
    assert not Upload.objects.exists()


def test_a_file_of_another_type_is_refused_and_one_that_was_added_can_be_removed(trial):
    walked = trial(page_of("files", REPORTS), page_of("last", TWIN))
    assert "“words.txt” must be a PDF" in walked.post(reports=SimpleUploadedFile("words.txt", b"Words."))
    walked.post(reports=SimpleUploadedFile("invented.pdf", PDF), add_file="reports")
    removing = re.search(r'name="remove_file" value="([^"]*)"', walked.page)[1]
    assert "invented.pdf" not in walked.post(remove_file=removing)


def test_more_files_than_the_question_takes_are_refused(trial):
    walked = trial(page_of("files", REPORTS), page_of("last", TWIN))
    walked.post(reports=SimpleUploadedFile("one.pdf", PDF), add_file="reports")
    assert "You can add only 1 file" in walked.post(reports=SimpleUploadedFile("two.pdf", PDF), add_file="reports")
    assert "two.pdf" not in walked.page


def test_what_is_worked_out_is_shown_and_not_asked(trial):
    count = {"kind": "whole_number", "key": "brothers", "label": "Brothers"}
    total = {
        "kind": "calculated",
        "key": "all",
        "label": "All children",
        "calculation": {"operation": "sum", "of": ["brothers"]},
    }
    walked = trial(page_of("first", count), page_of("second", total))
    walked.post(brothers="3")
    assert "All children" in walked.page
    assert ">3<" in re.sub(r"\s", "", walked.page)
    assert 'name="all"' not in walked.page
