"""What is said about a death proposes the supplementary forms it calls for, and no others."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from forms.checks import problems
from forms.definitions import names, read
from forms.models import Form
from forms.schema import Condition, FormSchema, Test
from forms.selectors import proposed_forms
from forms.triggers import triggered
from tests.forms.filling import codes, questions_of

TODAY = dt.date(2026, 6, 15)
SCHEMAS = {name: FormSchema.model_validate(read(name)) for name in names()}
TRIGGERS = {name: schema.triggers for name, schema in SCHEMAS.items()}
SUPPLEMENTARY = set(SCHEMAS) - {"notification", "reporting", "analysis"}
READ = dict(questions_of(SCHEMAS["notification"])) | dict(questions_of(SCHEMAS["reporting"]))
NEWBORN = {"date_of_birth": "2026-03-01", "date_of_death": "2026-03-20"}
OLDER = {"date_of_birth": "2026-02-01", "date_of_death": "2026-03-20"}


def proposed(**answers: object) -> list[str]:
    return triggered(TRIGGERS, answers, TODAY)


@pytest.mark.parametrize(
    ("answers", "forms"),
    [
        ({}, []),
        ({"events": ["none"], "suspected_cause": ["not_known"], "expected": "unexpected"}, []),
        ({"suspected_cause": ["drowning"]}, ["drowning"]),
        ({"suspected_cause": ["vehicle", "suspected_suicide"]}, ["suicide", "vehicle"]),
        ({"suspected_cause": ["fire"]}, ["fire_burns"]),
        ({"suspected_cause": ["poisoning"]}, ["poisoning"]),
        ({"suspected_cause": ["fall"]}, ["trauma_fall"]),
        ({"suspected_cause": ["violence"]}, ["violence"]),
        ({"suspected_cause": ["sudi_c"]}, ["sud"]),
        ({"suspected_cause": ["medical", "perinatal", "other"]}, []),
        ({"jar_criteria": ["sudden_no_cause"]}, ["sud"]),
        ({"jar_criteria": ["external_causes"]}, []),
        ({"jar_required": "yes", "suspected_cause": ["not_known"]}, ["sud"]),
        ({"jar_required": "yes", "suspected_cause": ["drowning"]}, ["drowning"]),
        ({"expected": "expected"}, ["life_limiting"]),
        ({"mode_of_death": "planned_palliative"}, ["life_limiting"]),
        ({"place_of_death_type": "neonatal_unit"}, ["neonatal"]),
        ({"place_of_death_type": "delivery_suite"}, ["neonatal"]),
        ({"place_of_death_type": "intensive_care"} | NEWBORN, ["care_pathway", "neonatal"]),
        ({"place_of_death_type": "intensive_care"} | OLDER, ["care_pathway"]),
        ({"place_of_death_type": "home"} | NEWBORN, []),
        ({"place_of_death_type": "hospice"}, []),
    ],
)
def test_what_is_said_proposes_what_it_calls_for(answers, forms):
    assert proposed(**answers) == forms


@pytest.mark.parametrize("form", sorted(SUPPLEMENTARY))
def test_every_supplementary_form_can_be_asked_for_by_its_own_event(form):
    assert proposed(events=[form]) == [form]


def test_forms_that_are_not_supplementary_are_never_proposed():
    assert {name for name, triggers in TRIGGERS.items() if triggers} == SUPPLEMENTARY


@pytest.mark.parametrize("form", sorted(SUPPLEMENTARY))
def test_a_trigger_reads_questions_and_codes_that_are_asked(form):
    for test in (test for trigger in TRIGGERS[form] for test in trigger.tests):
        assert test.question in READ
        assert not test.other or test.other in READ
        if test.comparison in ("is", "any_of"):
            assert set(test.values) <= set(codes(READ[test.question]))


def test_a_condition_without_tests_calls_for_nothing():
    assert triggered({"empty": [Condition()]}, {}, TODAY) == []


def test_a_version_frozen_before_there_were_triggers_is_still_read():
    schema = FormSchema.model_validate({"slug": "old", "title": "Old", "pages": [], "rules": []})
    assert schema.triggers == []


@pytest.mark.django_db
class TestLive:
    @pytest.fixture(autouse=True)
    def _loaded(self):
        call_command("load_forms", "drowning", "vehicle", verbosity=0)

    def test_live_forms_are_proposed_with_one_query(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert proposed_forms({"suspected_cause": ["drowning", "fire"]}, TODAY) == ["drowning"]

    def test_an_editor_changes_when_a_form_is_proposed(self):
        form = Form.objects.get(slug="vehicle")
        test = {"question": "events", "comparison": "is", "value": "trauma_fall"}
        form.triggers = [{"type": "trigger", "value": {"join": "all", "tests": [test]}}]
        form.save_revision().publish()
        assert proposed_forms({"events": ["trauma_fall"]}, TODAY) == ["vehicle"]
        assert proposed_forms({"events": ["vehicle"]}, TODAY) == []
        frozen = form.newest_version().definition
        assert frozen.triggers == [Condition(tests=[Test(**test)])]
        assert problems(frozen) == []

    def test_a_form_taken_down_is_proposed_no_more(self):
        Form.objects.get(slug="drowning").unpublish()
        assert proposed_forms({"events": ["drowning"]}, TODAY) == []


@pytest.mark.django_db
class TestChoosing:
    """The editor chooses from lists what a trigger reads."""

    def questions(self, client) -> list[dict]:
        return client.get(reverse("forms_admin:questions")).json()["questions"]

    def test_the_questions_of_forms_asked_about_every_child_are_listed_with_their_answers(
        self, client, person, notification_form
    ):
        client.force_login(person("Form editor"))
        listed = {each["key"]: each for each in self.questions(client)}
        assert listed["expected"]["page"] == f"{notification_form.title}: What happened"
        assert listed["expected"]["choices"][0] == ["expected", "Expected"]
        assert listed["sex"]["list"] == "sex"
        assert not {"information", "repeat"} & {each["kind"] for each in listed.values()}

    def test_a_form_that_is_only_proposed_sometimes_is_not_read(self, client, person, notification_form):
        call_command("load_forms", "drowning", stdout=StringIO())
        client.force_login(person("Form editor"))
        assert not any("drowning" in each["page"] for each in self.questions(client))

    @pytest.mark.parametrize(("role", "status"), [("Coordinator", 200), ("Site editor", 302), ("Panel member", 302)])
    def test_only_those_who_edit_forms_see_them(self, client, person, role, status):
        client.force_login(person(role))
        assert client.get(reverse("forms_admin:questions")).status_code == status
