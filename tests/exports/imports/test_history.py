"""The history of another system: checked, brought in, brought up to date, undone."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from exports.datasets.cases import Cases
from exports.imports import services
from exports.imports.selectors import outcomes
from exports.models import HistoryEvent, HistoryRow, NcmdReturn
from forms.audit.services import link
from forms.models import AuditEntry
from forms.services import receive
from tests.exports.imports.bringing import HEADINGS, as_csv, as_xlsx, checked, made, problems, row, rows
from tests.notifying import invented_answers
from tests.workflow.reviewing import somebody
from workflow import services as workflow
from workflow.matching.selectors import alike
from workflow.models import Case, CaseIdentity, Clock, InformationRequest, MatchKey, OutboxMessage
from workflow.services import MoveRefused
from workflow.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def history_cases():
    return Case.objects.filter(source="history").order_by("pk")


def test_a_row_becomes_a_closed_case_whose_history_says_who_brought_it_in_and_when(coordinator):
    history = made(as_csv([row()]), coordinator)
    case = history_cases().get()
    assert (case.reference, case.state, case.died_on) == ("H2021-00001", State.CLOSED, dt.date(2021, 3, 1))
    assert (case.record["sex"], case.record["age_group"], case.facts["category"]) == ("female", "28_364_days", "5")
    told = [(each.transition, each.at.date().isoformat(), each.by) for each in case.state_changes.all()]
    assert told[:3] == [
        ("notify", "2021-03-01", None),
        ("record_panel", "2021-09-10", None),
        ("close", "2021-10-01", None),
    ]
    assert told[3] == ("bring_in", history.made_at.date().isoformat(), coordinator)
    assert case.state_changes.last().details == {"history": history.pk, "row": 2}
    assert case.timeline.get().text == "Brought in from another system."


def test_what_is_brought_in_starts_no_time_limit_asks_nobody_and_is_due_to_no_return(
    coordinator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        made(as_csv(rows(3)), coordinator)
    assert history_cases().count() == 3
    for model in (Clock, InformationRequest, NcmdReturn, OutboxMessage):
        assert not model.objects.exists()


def test_what_is_brought_in_asks_nothing_for_its_family_until_it_is_opened_again(coordinator, person, client):
    made(as_csv([row()]), coordinator)
    case = history_cases().get()
    client.force_login(coordinator)
    pages = [reverse(f"cases:{name}", args=[case.reference]) for name in ("case", "family")]
    assert not any("Name a key worker" in client.get(page).content.decode() for page in pages)
    workflow.move(case, "reopen", person("Panel chair"), "An inquest has concluded")
    assert all("Name a key worker" in client.get(page).content.decode() for page in pages)


def test_what_is_brought_in_is_in_the_dataset_of_cases(coordinator):
    made(as_csv([row()]), coordinator)
    found = Cases().all_rows().get()
    assert (found.source, found.category, found.record["sex"]) == ("history", "5", "female")


def test_who_the_child_is_is_sealed_and_found_again(coordinator, notification):
    answers = invented_answers()
    number = answers["nhs_number"]
    made(as_csv([row(NHS=number)]), coordinator)
    identity = CaseIdentity.objects.get()
    assert (identity.details["nhs_number"], identity.details["first_names"]) == (number, "Invented")
    assert number not in identity.sealed
    receive(notification, answers)
    assert [found.case.reference for found in alike(Case.objects.get(source="web"))] == ["H2021-00001"]


def test_ten_bad_rows_among_good_ones_are_named_by_cell_and_stop_everything(coordinator):
    bad = [
        row(Ref="B1", Died="31/02/2021"),
        row(Ref="B2", Died=""),
        row(Ref="", Died="01/03/2021"),
        row(Ref="B4", Sex="Femle"),
        row(Ref="B5", NHS="9990000019"),
        row(Ref="B6", Born="02/03/2021"),
        row(Ref="B7", Closed="01/01/2999"),
        row(Ref="B8", Born="01/01/1990"),
        row(Ref="B9", Died="44256"),
        row(Ref="OLD-2"),
    ]
    history = checked(as_csv([*rows(5), *bad]), coordinator)
    assert outcomes(history) == {"new": 5, "refused": 10}
    assert problems(history) == [
        (7, "Died", "31/02/2021 is no date. Write it as day/month/year."),
        (8, "Died", "It is empty, and a case needs it."),
        (9, "Ref", "It is empty, and a case needs it."),
        (10, "Sex", "“Femle” has no meaning here yet."),
        (11, "NHS", "9990000019 is no NHS number. Check the ten digits."),
        (12, "Died", "It is before the date of birth."),
        (13, "Closed", "It is in the future."),
        (14, "Born", "The child was 18 or older. Such deaths are not reviewed."),
        (15, "Died", "44256 is a number. Format the column as dates."),
        (16, "Ref", "Row 3 has the same reference."),
    ]
    with pytest.raises(MoveRefused, match="10 rows to be mended"):
        services.make(history, coordinator)
    assert not Case.objects.exists()
    services.make(history, coordinator, leave_out=True)
    services.work(history)
    assert history_cases().count() == 5


def test_two_rows_with_one_nhs_number_are_not_two_children(coordinator):
    number = invented_answers()["nhs_number"]
    history = checked(as_csv([row(Ref="A", NHS=number), row(Ref="B", NHS=number)]), coordinator)
    assert problems(history) == [(3, "NHS", "Row 2 has the same NHS number.")]


def test_a_child_who_was_notified_here_is_not_brought_in_again(case, coordinator):
    number = case.identity.details["nhs_number"]
    history = checked(as_csv([row(NHS=number)]), coordinator)
    assert problems(history) == [
        (2, "NHS", f"Case {case.reference} has the same NHS number: this child is here already.")
    ]


def test_a_meaning_given_to_a_value_is_kept_for_the_next_file_of_that_system(coordinator):
    history = checked(as_csv([row(Sex="F")]), coordinator)
    assert history.unknown == {"sex": {"F": 1}}
    services.give_meanings(history, {"sex": {"F": "female"}}, coordinator)
    assert outcomes(services.work(history)) == {"new": 1}
    again = checked(as_csv([row(Sex=" f ")]), coordinator)
    assert outcomes(again) == {"new": 1}


def test_the_same_file_again_leaves_everything_alone_and_another_says_what_differs(coordinator):
    made(as_csv(rows(3)), coordinator)
    again = checked(as_csv(rows(3)), coordinator)
    assert outcomes(again) == {"same": 3}
    with pytest.raises(MoveRefused, match="nothing to bring in"):
        services.make(again, coordinator)
    other = checked(as_csv([*rows(2), row(Ref="OLD-3", Category="8", Panel="")]), coordinator)
    assert outcomes(other) == {"same": 2, "changed": 1}
    assert other.rows.get(outcome="changed").told["difference"] == [
        ["Date of the panel", "10 September 2021", ""],
        ["Category of death", "5. Acute medical or surgical condition", "8. Perinatal or neonatal event"],
    ]


def test_bringing_up_to_date_changes_the_case_and_undoing_gives_it_back(coordinator):
    made(as_csv([row()]), coordinator)
    later = made(as_csv([row(Category="8", Sex="Male", Forename="Other")]), coordinator)
    case = history_cases().get()
    assert (case.record["sex"], case.facts["category"]) == ("male", "8")
    assert case.identity.details["first_names"] == "Other"
    services.undo(later, coordinator)
    services.work(later)
    case = history_cases().get()
    assert (case.state, case.record["sex"], case.facts["category"]) == (State.CLOSED, "female", "5")
    assert case.identity.details["first_names"] == "Invented"


def test_undoing_an_import_forgets_the_children_and_keeps_that_it_happened(coordinator):
    history = made(as_csv(rows(3)), coordinator)
    services.undo(history, coordinator)
    history = services.work(history)
    assert history.state == "undone"
    assert {case.state for case in history_cases()} == {State.TAKEN_BACK}
    assert not CaseIdentity.objects.exists()
    assert not MatchKey.objects.exists()
    assert not Cases().all_rows().exists()
    assert [case.record for case in history_cases()] == [{}, {}, {}]
    assert {one.told["values"] == {} for one in history.rows.all()} == {True}
    assert history_cases().first().state_changes.last().by == coordinator
    assert outcomes(checked(as_csv(rows(3)), coordinator)) == {"new": 3}


@pytest.mark.parametrize("touch", ["note", "reopen"])
def test_an_import_of_which_a_case_was_touched_is_not_undone_and_says_which(touch, coordinator):
    history = made(as_csv(rows(3)), coordinator)
    touched = history_cases()[1]
    if touch == "note":
        workflow.add_note(touched, coordinator, "Invented", at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    else:
        workflow.move(touched, "reopen", somebody("Panel chair"), "Invented: something new")
    with pytest.raises(MoveRefused, match=f"changed since. {touched.reference}\\.$"):
        services.undo(history, coordinator)
    assert history_cases().exclude(pk=touched.pk).filter(state=State.CLOSED).count() == 2


def test_a_case_that_was_changed_here_is_not_brought_up_to_date_over_it(coordinator):
    made(as_csv([row()]), coordinator)
    workflow.add_note(history_cases().get(), coordinator, "Invented")
    again = checked(as_csv([row(Category="8")]), coordinator)
    assert [sentence for *_, sentence in problems(again)] == [
        "Case H2021-00001 was changed here since it was brought in."
    ]


def test_a_child_notified_between_check_and_bringing_in_stops_all_of_it(coordinator, notification):
    answers = invented_answers()
    history = checked(as_csv([*rows(3), row(Ref="X", NHS=answers["nhs_number"])]), coordinator)
    receive(notification, answers)
    services.make(history, coordinator)
    history = services.work(history)
    assert history.state == "checked"
    assert "nothing was brought in" in history.problem
    assert not history_cases().exists()


def test_one_line_of_the_audit_log_tells_of_an_import_and_not_one_for_each_case(coordinator):
    made(as_csv(rows(20)), coordinator)
    link()
    told = AuditEntry.objects.filter(about_type__in=("history", "case")).values_list("what", flat=True)
    assert sorted(told) == ["history.begun", "history.made"]


def test_what_was_done_with_an_import_is_never_changed(coordinator):
    made(as_csv([row()]), coordinator)
    with pytest.raises(ValidationError):
        HistoryEvent.objects.first().delete()


@pytest.mark.parametrize("role", ["Analyst", "Designated doctor", "Panel chair", "Information governance"])
def test_who_may_not_bring_in_is_refused_by_every_service(role, person, coordinator):
    history, other = checked(as_csv([row()]), coordinator), person(role)
    for act in (
        lambda: services.begin("Invented", as_csv([row()]), other),
        lambda: services.name_columns(history, {}, other),
        lambda: services.give_meanings(history, {}, other),
        lambda: services.make(history, other),
        lambda: services.undo(history, other),
        lambda: services.discard(history, other),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert not Case.objects.exists()


def test_giving_up_deletes_the_file_and_what_was_read_of_it(coordinator, django_capture_on_commit_callbacks):
    history = checked(as_csv(rows(2)), coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        services.discard(history, coordinator)
    history.refresh_from_db()
    assert (history.state, history.stored_as, history.sealed_key) == ("discarded", "", "")
    assert not HistoryRow.objects.exists()
    with pytest.raises(MoveRefused, match="Given up"):
        services.make(history, coordinator)


def test_a_workbook_with_its_own_dates_and_numbers_is_read_as_a_person_sees_it(coordinator):
    line = ["OLD-1", dt.datetime(2021, 3, 1), dt.date(2021, 2, 1), "female", 5, 9990000018, "Invented", None, None]
    history = checked(as_xlsx([line]), coordinator)
    assert history.rows.get().told["values"]["date_of_birth"] == "2021-02-01"
    assert (outcomes(history), problems(history)) == ({"new": 1}, [])


def test_a_formula_in_a_workbook_is_refused_by_its_cell(coordinator):
    history = checked(as_xlsx([row(), row(Ref="OLD-2", Died="=TODAY()")]), coordinator)
    assert problems(history)[0] == (3, "Died", "This is a formula. Copy the column and paste its values.")
    assert len(HEADINGS) == len(row())
