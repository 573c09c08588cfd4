"""Code lists that several forms share: reworded, added to and retired, but never taken from what was answered."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from forms.codes import offered
from forms.definitions import code_lists, read
from forms.models import Code, CodeList, Form, Submission
from forms.schema import FormSchema
from forms.selectors import answer_sections
from forms.services import follow_code_lists
from tests.forms.editing import Editor
from tests.notifying import notify

pytestmark = pytest.mark.django_db

FORM_EDITORS = ("Form editor", "Coordinator", "Administrator")


@pytest.fixture
def sex(notification_form) -> CodeList:
    return CodeList.objects.get(name="sex")


def address(name, *args):
    return reverse(f"wagtailsnippets_cdop_forms_codelist:{name}", args=args)


def posted(code_list, **changes):
    """The edit page of a list as a browser posts it. `changes` are by code: new values, or None to remove it."""
    codes = list(code_list.codes.all())
    added = [changes.pop(name) for name in list(changes) if name.startswith("new")]
    data = {
        "title": code_list.title,
        "name": code_list.name,
        "notes": code_list.notes,
        "codes-INITIAL_FORMS": len(codes),
    }
    data |= {"codes-TOTAL_FORMS": len(codes) + len(added), "codes-MIN_NUM_FORMS": 0, "codes-MAX_NUM_FORMS": 1000}
    for index, code in enumerate(codes):
        values = {name: getattr(code, name) or "" for name in ("code", "label", "hint", "active_from", "active_to")}
        change = changes.get(code.code, {})
        values |= {"DELETE": "on"} if change is None else change
        data |= {f"codes-{index}-{name}": value for name, value in (values | {"id": code.pk, "ORDER": index}).items()}
    for index, values in enumerate(added, start=len(codes)):
        data |= {f"codes-{index}-{name}": value for name, value in ({"id": "", "ORDER": index} | values).items()}
    return data


def choices(form, key):
    question = next(each for each in form.newest_version().definition.questions() if each.key == key)
    return {choice.code: choice.label for choice in question.choices}


@pytest.fixture
def change(client, person, sex):
    client.force_login(person("Form editor"))

    def post(**changes):
        return client.post(address("edit", sex.pk), posted(sex, **changes))

    return post


def test_the_lists_of_the_statutory_forms_are_loaded_once_and_an_editors_words_are_kept(notification_form, sex):
    assert set(CodeList.objects.values_list("name", flat=True)) == set(code_lists())
    sex.codes.filter(code="male").update(label="Boy")
    call_command("load_forms", verbosity=0)
    assert Code.objects.get(code_list=sex, code="male").label == "Boy"
    assert Code.objects.filter(code_list=sex).count() == len(code_lists()["sex"])


def test_a_version_has_the_codes_of_its_lists_copied_in(notification_form):
    written_out = FormSchema.model_validate(read("notification"))
    frozen = notification_form.newest_version().definition
    for ours, theirs in zip(frozen.questions(), written_out.questions(), strict=True):
        assert ours.choices == theirs.choices, ours.key


@pytest.mark.parametrize("role", ["Form editor", "Coordinator", "Analyst", "Panel member", "Site editor"])
def test_only_those_who_edit_forms_edit_lists(client, person, sex, role):
    client.force_login(person(role))
    assert (client.get(address("edit", sex.pk)).status_code == 200) == (role in FORM_EDITORS)
    assert (address("list") in client.get("/admin/").content.decode()) == (role in FORM_EDITORS)


def test_a_reworded_label_reaches_the_published_form_and_not_what_was_answered(change, client, notification_form):
    notify(client)
    before = notification_form.newest_version()
    assert change(female={"label": "Girl"}).status_code == 302
    assert choices(notification_form, "sex")["female"] == "Girl"
    assert notification_form.newest_version().number == before.number + 1
    submission = Submission.objects.get()
    assert submission.answers["sex"] == "female"
    rows = [row for section in answer_sections(submission, identity=False) for row in section.rows]
    assert "Female" in [row.text for row in rows if row.key == "sex"]


class TestSeveralAtOnce:
    @pytest.fixture
    def organisations(self, notification_form):
        return CodeList.objects.get(name="organisation")

    @pytest.fixture
    def paste(self, client, person, organisations):
        client.force_login(person("Form editor"))
        where = address("edit", organisations.pk)
        return lambda text: client.post(where, posted(organisations) | {"several": text})

    def test_lines_become_answers_before_those_that_stand_last(self, paste, organisations):
        assert paste("Invented Hospital Trust\n\n Madeup  School \nInvented Hospital Trust\n").status_code == 302
        assert list(organisations.codes.order_by("sort_order").values_list("code", "label")) == [
            ("invented_hospital_trust", "Invented Hospital Trust"),
            ("madeup_school", "Madeup School"),
            ("other", "Another organisation"),
            ("not_known", "Not known"),
        ]

    def test_what_is_in_the_list_already_is_left_out(self, paste, organisations):
        paste("Madeup School")
        paste("madeup school\nMadeup-School\nnot known")
        assert list(organisations.codes.order_by("sort_order").values_list("code", flat=True)) == [
            "madeup_school",
            "madeup_school_2",
            "other",
            "not_known",
        ]

    @pytest.mark.parametrize(("line", "message"), [("x" * 301, "longer than 300"), ("???", "No code can be made")])
    def test_a_line_that_cannot_be_an_answer_is_refused_by_name(self, paste, organisations, line, message):
        assert message in paste(f"Fine\n{line}").content.decode()
        assert organisations.codes.count() == 2

    def test_they_reach_the_published_forms_at_once(self, client, person, sex, notification_form):
        client.force_login(person("Form editor"))
        client.post(address("edit", sex.pk), posted(sex) | {"several": "Invented"})
        assert "invented" in choices(notification_form, "sex")


def test_the_councils_that_answer_for_childrens_services_ship_once_each(notification_form):
    shipped = CodeList.objects.get(name="local_authority")
    councils = set(shipped.codes.exclude(code__in=["outside_england", "not_known"]).values_list("label", flat=True))
    assert len(councils) == 153
    assert {"Cambridgeshire", "Peterborough", "Isles of Scilly", "City of London"} < councils
    assert "April 2023" in shipped.notes


def test_a_list_saved_without_a_change_makes_no_new_version(change, notification_form):
    before = notification_form.newest_version()
    change()
    assert notification_form.newest_version() == before


def test_a_code_stays_and_is_retired_instead_of_removed(change, sex, notification_form):
    response = change(female={"code": "f"})
    assert "keep the code" in response.content.decode()
    response = change(female=None)
    assert "Give it a last day instead" in response.content.decode()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    assert change(female={"active_to": yesterday.isoformat()}).status_code == 302
    assert Code.objects.filter(code_list=sex, code="female").exists()
    assert "female" not in choices(notification_form, "sex")


def test_a_code_is_offered_from_its_first_to_its_last_day(sex):
    first, last = dt.date(2026, 4, 1), dt.date(2027, 3, 31)
    Code.objects.create(code_list=sex, code="new", label="New", active_from=first, active_to=last)
    for day, there in ((-1, False), (0, True), (364, True), (365, False)):
        codes = [each["code"] for each in offered({"sex"}, first + dt.timedelta(days=day))["sex"]]
        assert ("new" in codes) == there, day


def test_an_answer_is_added_and_the_name_of_a_list_stays(change, sex, client, notification_form):
    values = {"code": "not_stated", "label": "Not stated", "hint": "", "active_from": "", "active_to": ""}
    assert change(new=values).status_code == 302
    assert list(choices(notification_form, "sex"))[-1] == "not_stated"
    response = client.post(address("edit", sex.pk), posted(sex) | {"name": "gender"})
    assert "keep it" in response.content.decode()


def test_nobody_deletes_a_list(client, admin_client, sex):
    assert admin_client.post(address("delete", sex.pk)).status_code == 302
    assert CodeList.objects.filter(pk=sex.pk).exists()


def test_a_question_takes_its_answers_from_a_list_the_editor_chose(client, person, notification_form):
    client.force_login(person("Form editor"))
    editor = Editor(client, notification_form)
    editor.add("child", "radios", label="Sex on the birth certificate", list=["sex"])
    assert editor.save("publish").status_code == 302
    assert choices(notification_form, "sex_on_the_birth_certificate") == choices(notification_form, "sex")


def test_a_list_with_nothing_to_offer_is_refused_at_publishing(client, person, notification_form):
    CodeList.objects.create(title="Empty", name="empty")
    client.force_login(person("Form editor"))
    editor = Editor(client, notification_form)
    editor.add("child", "radios", label="Which?", list=["empty"])
    assert "“Which?” offers nothing to choose from" in editor.refusals()


def test_codes_are_read_in_one_query_however_many_lists_a_form_uses(notification_form, django_assert_num_queries):
    form = Form.objects.get(pk=notification_form.pk)
    assert len(form.pages) > 10
    with django_assert_num_queries(1):
        form.schema_data()


def test_an_answer_comes_and_goes_on_its_day_by_itself(sex, notification_form, monkeypatch):
    today = timezone.localdate()
    Code.objects.create(code_list=sex, code="new", label="A new answer", active_from=today + dt.timedelta(days=3))
    sex.codes.filter(code="indeterminate").update(active_to=today + dt.timedelta(days=3))
    assert follow_code_lists() == 0
    assert "new" not in choices(notification_form, "sex")

    monkeypatch.setattr(timezone, "localdate", lambda *args: today + dt.timedelta(days=3))
    assert follow_code_lists() == 1
    assert {"new", "indeterminate"} <= choices(notification_form, "sex").keys()

    monkeypatch.setattr(timezone, "localdate", lambda *args: today + dt.timedelta(days=6))
    assert follow_code_lists() == 1
    assert "indeterminate" not in choices(notification_form, "sex")
    assert follow_code_lists() == 0
