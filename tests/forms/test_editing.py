"""An editor changes a form in the Wagtail admin, without code and without superuser rights."""

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from forms.dictionary import items
from forms.models import Code, CodeList, Form, FormVersion, Submission
from forms.selectors import answer_sections
from tests.forms.editing import Editor
from tests.notifying import START, notify, pages

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

EDITORS = ["Form editor", "Coordinator", "Administrator"]


@pytest.fixture
def editor(client, person, notification_form):
    client.force_login(person("Form editor"))
    return Editor(client, notification_form)


def url(name, *args):
    return reverse(f"wagtailsnippets_cdop_forms_form:{name}", args=args)


def published(form: Form) -> FormVersion:
    return form.newest_version()


@pytest.mark.parametrize("role", EDITORS)
def test_an_editing_role_finds_the_form_in_the_menu_and_opens_it(client, person, notification_form, role):
    client.force_login(person(role))
    assert url("list") in client.get("/admin/").content.decode()
    assert "Notify us of a child’s death" in client.get(url("list")).content.decode()
    assert client.get(url("edit", notification_form.pk)).status_code == 200


@pytest.mark.parametrize("role", ["Site editor", "Designated doctor", "Panel member", "Analyst"])
def test_other_roles_neither_see_nor_open_forms(client, person, notification_form, role):
    client.force_login(person(role))
    assert url("list") not in client.get("/admin/").content.decode()
    assert client.get(url("edit", notification_form.pk)).status_code == 302


def test_opening_and_publishing_without_a_change_makes_no_new_version(editor):
    before = published(editor.form)
    assert editor.save("publish").status_code == 302
    assert published(editor.form) == before


def test_a_saved_draft_is_not_asked_until_it_is_published(editor, client):
    editor.question("sex")["label"] = "Sex recorded at birth"
    editor.save()
    assert published(editor.form).number == 1
    assert editor.form.live_revision != Form.objects.get().latest_revision
    Editor(client, editor.form).save("publish")
    assert published(editor.form).number == 2


def test_an_editor_adds_a_question_and_it_is_asked(editor, client):
    editor.add("child", "yes_no", label="Did the child have a twin?", required=["mandatory"], sensitivity=["N"])
    assert editor.save("publish").status_code == 302
    question = next(each for each in published(editor.form).definition.questions() if "twin" in each.label)
    assert question.key == "did_the_child_have_a_twin"
    posted = pages()
    posted["child"]["did_the_child_have_a_twin"] = "no"
    notify(client, posted)
    assert Submission.objects.get().answers["did_the_child_have_a_twin"] == "no"


def test_an_old_submission_still_reads_as_it_was_answered(editor, client):
    notify(client)
    editor.question("sex")["label"] = "Sex recorded at birth"
    own = [_answer("Girl") | {"id": "a"}, _answer("Boy") | {"id": "b"}]
    for each, code in zip(own, ("female", "male"), strict=True):
        each["value"]["code"] = code
    editor.question("sex").update(list="", choices=own)
    editor.remove("time_of_death")
    editor.save("publish")
    notify(client)
    new, old = (_rows(submission) for submission in Submission.objects.order_by("-pk"))
    assert old["Sex"] == "Female"
    assert "Time of death" in old
    assert new["Sex recorded at birth"] == "Girl"
    assert "Time of death" not in new


def _rows(submission):
    return {row.label: row.text for section in answer_sections(submission, identity=True) for row in section.rows}


def test_a_question_may_be_moved_to_another_page_without_losing_its_key(editor):
    question = editor.page_of_form("dates")["questions"].pop(0)
    editor.page_of_form("child")["questions"].append(question)
    editor.save("publish")
    page = published(editor.form).definition.page("child")
    assert page.questions[-1].key == "date_of_birth"


def test_a_draft_may_be_unfinished(editor, client):
    editor.add("child", "radios", label="", required=["optional"])
    assert editor.save().status_code == 302
    assert "published" not in editor.refusals()
    assert published(editor.form).number == 1


def _duplicate_key(editor):
    editor.add("child", "short_text", label="Another", key="sex")
    return "Two questions have the key “sex”"


def _forward_condition(editor):
    test = {"question": "post_mortem", "comparison": ["is"], "value": "yes", "other": "", "unit": [""]}
    editor.question("sex")["show_if"] = {"join": ["all"], "tests": [{"value": test, "id": ""}]}
    return "“Sex” depends on “post_mortem”, which comes later"


def _condition_on_something_removed(editor):
    editor.remove("nhs_number")
    return "depends on “nhs_number”, which is not in this form"


def _kind_changed_for_a_stored_key(editor):
    for page in editor.pages:
        for block in page["value"]["questions"]:
            if block["value"]["key"] == "time_of_death":
                block["type"] = "short_text"
    return "was of another kind when it was published"


def _nothing_to_choose(editor):
    editor.add("child", "radios", label="Which?", choices=[])
    return "“Which?” offers nothing to choose from"


@pytest.mark.parametrize(
    "spoil",
    [
        _duplicate_key,
        _forward_condition,
        _condition_on_something_removed,
        _kind_changed_for_a_stored_key,
        _nothing_to_choose,
    ],
    ids=lambda spoil: spoil.__name__.strip("_"),
)
@pytest.mark.parametrize("action", ["publish", "submit"])
def test_a_form_that_would_not_work_is_refused_in_plain_words(editor, spoil, action):
    message = spoil(editor)
    assert message in editor.refusals(action)
    assert published(editor.form).number == 1


def test_what_was_refused_may_still_be_kept_as_a_draft(editor, client):
    _duplicate_key(editor)
    assert editor.save().status_code == 302
    assert "Another" in Editor(client, editor.form).page


def test_keys_and_codes_left_blank_are_made_from_the_words_and_differ(editor):
    for _ in range(2):
        editor.add(
            "child", "radios", label="How was it?", choices=[_answer("Good"), _answer("2nd best"), _answer("Good")]
        )
    editor.save("publish")
    first, second = published(editor.form).definition.page("child").questions[-2:]
    assert (first.key, second.key) == ("how_was_it", "how_was_it_2")
    assert [choice.code for choice in first.choices] == ["good", "a_2nd_best", "good_2"]


def test_a_page_without_a_key_gets_one_that_no_address_takes(editor):
    page = editor.pages[-1]["value"]
    page["title"], page["key"] = "Check", ""
    editor.save("publish")
    assert published(editor.form).definition.pages[-1].key == "check-2"


def _answer(label):
    return {"value": {"label": label, "code": "", "hint": ""}, "id": ""}


def test_the_name_of_a_published_form_stays(editor):
    editor.texts["slug"] = "renamed"
    response = editor.save()
    assert "keep it" in str(response.context["form"].errors["slug"])
    assert Form.objects.get().slug == "notification"


def test_a_preview_shows_the_unsaved_draft_on_any_width_and_stores_nothing(editor, client):
    editor.add("child", "short_text", label="Asked only in this preview")
    address = url("preview_on_edit", editor.form.pk)
    assert client.post(address, editor.posted()).json()["is_valid"]
    page = client.get(address, {"mode": ""}).content.decode()
    assert "Asked only in this preview" in page
    assert 'name="viewport"' in page
    assert Form.objects.get().latest_revision.pk == editor.form.latest_revision_id


def test_an_earlier_revision_can_be_compared_and_restored(editor, client):
    first = editor.form.latest_revision_id
    editor.question("sex")["label"] = "Sex recorded at birth"
    editor.save("publish")
    latest = Form.objects.get().latest_revision_id
    assert client.get(url("history", editor.form.pk)).status_code == 200
    comparison = client.get(url("revisions_compare", editor.form.pk, first, latest))
    assert comparison.status_code == 200
    restored = client.get(url("revisions_revert", editor.form.pk, first))
    assert "Sex recorded at birth" not in restored.content.decode()


def test_a_locked_form_cannot_be_changed_by_someone_else(editor, client, person):
    client.post(url("lock", editor.form.pk))
    assert Form.objects.get().locked_by == person("Form editor")
    client.force_login(person("Coordinator"))
    editor.question("sex")["label"] = "Changed by somebody else"
    editor.save("publish")
    assert published(editor.form).number == 1
    client.post(url("unlock", editor.form.pk))
    assert not Form.objects.get().locked


def test_a_second_person_approves_what_was_submitted(editor, client, person):
    editor.question("sex")["label"] = "Sex recorded at birth"
    assert editor.save("submit").status_code == 302
    assert published(editor.form).number == 1
    client.force_login(person("Coordinator"))
    approving = Editor(client, editor.form)
    assert "Approve" in approving.page
    approving.save("workflow-action", **{"workflow-action-name": "approve"})
    assert published(editor.form).number == 2
    assert not any("Sex recorded" in message.body for message in mail.outbox)


@pytest.mark.parametrize("by_script", [True, False])
def test_what_was_broken_while_it_waited_is_not_approved_from_the_list_either(editor, client, person, by_script):
    editor.question("sex")["label"] = "Sex recorded at birth"
    editor.save("submit")
    client.force_login(person("Coordinator"))
    breaking = Editor(client, editor.form)
    breaking.question("ethnicity")["key"] = "sex"
    breaking.save()
    waiting = Form.objects.get().current_workflow_task_state
    address = url("workflow_action", editor.form.pk, "approve", waiting.pk)
    client.post(address, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"} if by_script else {})
    told = client.get(url("edit", editor.form.pk)).content.decode()
    assert "cannot be published yet. Two questions have the key “sex”" in told
    assert published(editor.form).number == 1
    mended = Editor(client, editor.form)
    mended.pages = editor.pages
    mended.save()
    waiting = Form.objects.get().current_workflow_task_state
    client.post(url("workflow_action", editor.form.pk, "approve", waiting.pk), {"comment": ""})
    assert published(editor.form).number == 2


def test_a_form_goes_live_on_the_day_that_was_set(editor, monkeypatch):
    editor.question("sex")["label"] = "Sex recorded at birth"
    editor.texts["go_live_at"] = (timezone.localtime() + timezone.timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    assert editor.save("publish").status_code == 302
    assert published(editor.form).number == 1
    tomorrow = timezone.now() + timezone.timedelta(days=1, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    call_command("publish_scheduled")
    assert published(editor.form).number == 2


def test_a_form_that_broke_before_its_day_is_held_back_and_whoever_set_the_day_is_told(editor, monkeypatch):
    answers = CodeList.objects.create(name="invented", title="Invented")
    for code in ("one", "two"):
        Code.objects.create(code_list=answers, code=code, label=code.title())
    editor.add("child", "radios", label="Which?", list=["invented"])
    editor.texts["go_live_at"] = (timezone.localtime() + timezone.timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    assert editor.save("publish").status_code == 302
    User.objects.update(email="editor@invented.example")
    answers.codes.update(active_to=timezone.localdate() - timezone.timedelta(days=1))
    tomorrow = timezone.now() + timezone.timedelta(days=1, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    for _ in range(2):
        call_command("publish_scheduled")
    assert published(editor.form).number == 1
    (told,) = [message for message in mail.outbox if message.subject.startswith("Not published")]
    assert told.to == ["editor@invented.example"]
    assert url("edit", editor.form.pk) in told.body
    monkeypatch.undo()  # nobody stays logged in for a day
    history = editor.client.get(url("history", editor.form.pk)).content.decode()
    assert history.count("Not published on its day. “Which?” offers nothing to choose from.") == 1


def test_the_edit_page_stays_light(editor):
    """A hundred questions once weighed 600 kB and 3,128 inputs; Django refuses a POST of more than 5,000."""
    assert len(editor.page) < 400_000
    assert len(list(editor.pages)) > 15


def test_a_folded_block_that_was_tampered_with_is_refused(editor, client):
    for text in ("{", "[]", '"text"', "null"):
        response = client.post(
            editor.address,
            editor.texts
            | {
                "pages-count": "1",
                "pages-0-deleted": "",
                "pages-0-order": "0",
                "pages-0-type": "page",
                "pages-0-id": "",
                "pages-0-value": text,
                "rules-count": "0",
            },
        )
        assert response.status_code == 400


def test_unpublishing_closes_the_form_to_new_journeys(editor, client):
    client.post(url("unpublish", editor.form.pk))
    assert "Start now" not in client.get(START).content.decode()


def test_a_data_item_is_chosen_by_its_name_or_its_words(editor, client):
    listed = reverse("forms_admin:items")
    assert f"data-items={listed}" in editor.page.replace("\\", "").replace('"', "").replace("&quot;", "")
    found = client.get(listed).json()["items"]
    assert ["birth_weight_g", items()["birth_weight_g"].label] in found
    assert len(found) == len(items())


def test_only_those_who_change_forms_read_the_data_dictionary(client, person):
    client.force_login(person("Panel member"))
    assert client.get(reverse("forms_admin:items")).status_code in (302, 403)
