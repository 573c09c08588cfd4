"""Factors, categories, actions and meetings: what panels found and asked for, as datasets."""

import datetime as dt
import json
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from exports.datasets import all_datasets
from exports.factors.reading import factors_of
from exports.models import FoundFactor
from forms.models import AuditEntry
from forms.schema import FormSchema
from forms.services import receive
from tests.exports.deciding import agreed, found, meeting, signed, version
from tests.exports.figures.counting import child
from tests.exports.test_datasets import exported
from tests.notifying import days_ago
from tests.workflow.analyses.writing import ANOTHER, FACTOR, SAYS
from workflow.models import Action, ActionChange, AgendaItem, Analysis, CaseFact, Interest
from workflow.states import COUNTED_ELSEWHERE

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(person):
    return person("Coordinator")


def only(name: str, **options) -> dict[str, str]:
    (row,) = exported(name, **options)
    return row


def columns(name: str) -> dict:
    return {column.name: column for column in all_datasets()[name].columns()}


def test_each_factor_of_a_signed_analysis_is_a_row_with_its_codes(case, coordinator):
    signed(case, coordinator, factors=[FACTOR, ANOTHER])
    first, second = exported("factors")
    assert (first["case"], first["line"], second["line"]) == (case.reference, "1", "2")
    assert (first["domain"], first["factor_code"], first["level"]) == ("A", "chronic_condition", "2")
    assert (second["domain"], second["modifiable_flag"]) == ("D", "yes")
    assert first["signed_month"] == f"{timezone.localdate():%Y-%m}"


def test_the_words_of_a_factor_leave_only_with_what_identifies_people(case, coordinator):
    signed(case, coordinator, factors=[FACTOR])
    assert "description" not in only("factors")
    assert only("factors", identity=True)["description"] == "Example asthma."
    assert columns("factors")["description"].sensitivity == "I"


def test_the_words_of_a_factor_are_kept_sealed(case, coordinator):
    signed(case, coordinator, factors=[FACTOR])
    kept = FoundFactor.objects.get()
    assert "asthma" not in json.dumps(kept.answers) + kept.sealed
    assert kept.all_answers()["description"] == "Example asthma."


def test_only_the_analysis_that_is_signed_now_counts(case, coordinator):
    signed(case, coordinator, factors=[FACTOR])
    signed(case, coordinator, factors=[ANOTHER])
    assert only("factors")["domain"] == "D"


def test_an_analysis_that_is_not_signed_has_no_factors_here(case, coordinator):
    analysis = signed(case, coordinator)
    Analysis.objects.filter(pk=analysis.pk).update(state="complete")
    assert exported("factors") == []


def test_an_analysis_without_factors_gives_no_row(case, coordinator):
    signed(case, coordinator, factors=[])
    assert exported("factors") == []


def test_keeping_factors_adds_no_line_to_the_audit_log_beyond_the_signing(case, coordinator):
    before = AuditEntry.objects.count()
    signed(case, coordinator, factors=[FACTOR, ANOTHER])
    assert [entry.what for entry in AuditEntry.objects.order_by("pk")[before:]] == ["analysis.sign"]


def test_factors_of_what_was_signed_before_are_kept_apart_by_the_migration(case, coordinator):
    earlier = signed(case, coordinator, factors=[FACTOR, ANOTHER])
    later = Analysis.objects.create(
        case=child(), stage="panel", number=1, state="signed", submission=receive(version(), SAYS),
        begun_by=coordinator, written_by=coordinator, signed_by=coordinator, signed_at=timezone.now(),
    )  # fmt: skip
    Analysis.objects.filter(pk=earlier.pk).update(state="replaced")
    import_module("exports.migrations.0017_found_factors").keep(apps, None)
    kept = FoundFactor.objects.get(analysis=later)
    assert (kept.line, kept.answers["level"], kept.all_answers()["description"]) == (1, "2", "Example asthma.")
    assert FoundFactor.objects.filter(analysis=earlier).count() == 2


def test_factors_are_read_by_the_form_that_was_answered():
    schema = FormSchema.model_validate(version().schema)
    ((plain, words),) = factors_of(schema, {"factors": [FACTOR | {"stray": "not asked"}]})
    assert set(plain) == {"domain", "factor_code", "level", "modifiable_flag"}
    assert set(words) == {"description"}
    assert list(factors_of(schema, {})) == []


@pytest.mark.parametrize("name", ["factors", "categories"])
def test_a_review_that_another_panel_counts_is_no_row(coordinator, name):
    case = child(state=sorted(COUNTED_ELSEWHERE)[0])
    signed(case, coordinator)
    found(case)
    assert exported(name) == []


def test_a_category_says_what_else_the_signed_analysis_found(case, coordinator):
    found(case, category="8")
    signed(case, coordinator, category_primary="8", category_sub="8a", category_secondary=["9", "6"])
    row = only("categories")
    assert (row["reference"], row["category"], row["category_sub"]) == (case.reference, "8", "8a")
    assert (row["category_secondary"], row["domain_a"], row["domain_b"]) == ("9; 6", "factors", "none_identified")
    assert (row["changed"], row["signed"]) == ("0", "1")


def test_a_category_without_an_analysis_is_a_row_too(case):
    version()
    found(case)
    row = only("categories")
    assert (row["category"], row["modifiability"], row["signed"]) == ("5", "identified", "0")
    assert (row["category_secondary"], row["domain_a"]) == ("", "")


def test_a_case_whose_panel_found_nothing_yet_has_no_category(case):
    assert exported("categories") == []


def test_the_newest_category_counts_and_it_is_said_that_there_was_another(case):
    found(case, category="10")
    CaseFact.objects.create(case=case, name="category", value="9", at=timezone.now() + dt.timedelta(hours=1))
    row = only("categories")
    assert (row["category"], row["changed"]) == ("9", "1")


def test_nothing_written_in_an_analysis_is_a_column_of_categories(case, coordinator):
    signed(case, coordinator)
    found(case)
    assert "Example" not in "".join(only("categories", identity=True).values())


def test_an_action_tells_whom_it_is_for_and_how_far_it_has_come(case, coordinator):
    agreed(case, coordinator)
    row = only("actions")
    assert (row["case"], row["kind"], row["organisation"]) == (case.reference, "recommendation", "Pretend Trust")
    assert (row["state"], row["late"], row["days_to_settle"]) == ("agreed", "0", "")
    assert not {"text", "owner_role", "due_on"} & set(row)
    assert only("actions", identity=True)["text"] == "Every ward gives the leaflet."


@pytest.mark.parametrize(
    ("state", "due", "late"),
    [("told", -1, "0"), ("told", 0, "0"), ("told", 1, "1"), ("done", 1, "0"), ("closed", 1, "0")],
)
def test_an_action_is_late_once_its_day_has_passed_and_nobody_says_that_it_is_done(case, coordinator, state, due, late):
    agreed(case, coordinator, state=state, due_on=days_ago(due))
    assert only("actions")["late"] == late


def test_an_action_says_how_long_it_took_until_it_was_settled(case, coordinator):
    action = agreed(case, coordinator, state="closed")
    Action.objects.update(made_at=timezone.now() - dt.timedelta(days=10))
    ActionChange.objects.create(action=action, transition="close", target="closed", maker="staff", text="Closed.")
    assert only("actions")["days_to_settle"] == "10.0"
    Action.objects.update(state="agreed")
    assert only("actions")["days_to_settle"] == ""


def test_the_address_of_an_organisation_is_no_column_of_actions():
    assert not [name for name in columns("actions") if "email" in name or "sealed" in name]


def test_a_meeting_counts_its_cases_and_who_came_each_once(case, coordinator):
    held = meeting(coordinator, case, came=(True, True, False, None), state="held", theme="neonatal")
    AgendaItem.objects.update(outcome="discussed")
    held.seats.filter(attended=False).update(answer="apologies")
    Interest.objects.create(item=held.items.get(), seat=held.seats.first(), kind="personal", declared_by=coordinator)
    row = only("meetings")
    assert (row["kind"], row["theme"], row["state"]) == ("panel", "neonatal", "held")
    assert [row[name] for name in ("cases", "discussed", "deferred")] == ["1", "1", "0"]
    assert [row[name] for name in ("invited", "came", "apologies", "interests")] == ["4", "2", "1", "1"]


def test_a_meeting_names_nobody_who_is_invited(case, coordinator):
    meeting(coordinator, case, came=(True,))
    assert "police@invented.example" not in "".join(only("meetings", identity=True).values())


def test_a_meeting_that_nobody_filled_in_counts_as_nought(coordinator):
    meeting(coordinator)
    row = only("meetings")
    assert [row[name] for name in ("cases", "invited", "came", "interests")] == ["0", "0", "0", "0"]


def test_a_column_names_the_item_of_the_data_dictionary_that_it_answers(case):
    assert columns("cases")["sex"].item == "sex"
    assert columns("cases")["category"].item == "category_primary"
    assert columns("cases")["state"].item == ""
    version()
    assert columns("categories")["category_secondary"].item == "category_secondary"
