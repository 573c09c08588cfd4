"""What leaves for researchers: nothing that names anybody, and nobody alone."""

import datetime as dt
import hashlib
import re
from collections import Counter

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from exports.datasets.cases import Cases
from exports.models import ExportLog
from exports.research import services
from exports.research.offered import Chosen, offered
from exports.research.rare import OTHER
from exports.research.rules import rules
from tests.exports.research.researching import approved, children, description, rows, taken, unpacked
from tests.workflow.reviewing import somebody
from workflow import services as workflow
from workflow.models import Case, CaseIdentity

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
EVERY = ["shifted", "quarter", "year"]


@pytest.fixture(autouse=True)
def _people(roles, notification):
    pass


def different(at):
    """Children who differ in everything, the first with an NHS number."""
    found = {
        "sex": ("male", "female")[at % 2],
        "ethnicity": ("white_british", "white_irish", "asian_indian", "not_known")[at % 4],
        "place_of_death_type": ("home", "intensive_care", "theatre")[at % 3],
        "notifier_name": f"Invented Doctor {at}",
        "notifier_email": f"doctor{at}@invented.example",
        "circumstances": f"Invented events number {at}",
        "postcode": f"ZZ99 {at % 10}WZ",
    }
    return found | ({"nhs_number": "9990000018", "nhs_number_missing_reason": ""} if at == 0 else {})


@pytest.fixture
def many(notification):
    return children(notification, 12, different)


def all_names():
    return [column.name for column in offered()]


def spellings(day):
    return {day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d %B %Y}", f"{day:%Y%m%d}"}


def identities():
    """Everything the database knows of anybody, in every spelling that somebody might find it in."""
    found = set()
    for identity in CaseIdentity.objects.select_related("case"):
        known = identity.details
        found |= {known[name] for name in ("first_names", "family_name", "nhs_number", "postcode") if known.get(name)}
        found |= spellings(dt.date.fromisoformat(known["date_of_birth"])) | spellings(identity.case.died_on)
        found |= {identity.case.reference, str(identity.case.opened_at), identity.nhs_number_hash}
        for link in identity.case.submissions.select_related("submission"):
            found |= {link.submission.reference, *said_of_people(link.submission.all_answers())}
    spaceless = {value.replace(" ", "") for value in found}
    return {value for value in found | spaceless if len(value) > 3}


def said_of_people(answers):
    asked = ("notifier_name", "notifier_agency", "notifier_email", "circumstances", "place_of_death_name")
    yield from (answers[name] for name in asked)
    yield from answers["address"].values()
    yield from (each["org"] for each in answers["professionals"])
    yield from (answers[name] for name in ("coroner_area", "time_of_death"))


@pytest.mark.parametrize("dates", EVERY)
def test_no_extract_has_anything_that_identifies_anybody(many, dates):
    package = taken(approved(columns=all_names(), dates=dates))
    sought = identities()
    assert {"Testchild0", "9990000018", "ZZ99 3WZ", "ZZ993WZ", "1960-06-15", many[0].reference} <= sought
    assert len(rows(package)) == 12
    for name, text in unpacked(package).items():
        assert not [value for value in sought if value.casefold() in text.casefold()], name


def test_the_search_for_identities_finds_what_the_dataset_with_identity_has(many):
    from exports.extract import Extract
    from exports.formats import FORMATS
    from exports.services import export

    text = b"".join(export(Extract(Cases(), FORMATS["csv"], identity=True), "Test", somebody("Coordinator"))).decode()
    assert len([value for value in identities() if value in text]) > 40


@pytest.mark.parametrize("dates", EVERY)
def test_nobody_stands_out_by_what_an_outsider_may_know(many, dates):
    project = approved(columns=all_names(), dates=dates)
    package = taken(project)
    known = project.extracts.get().report["known"]
    assert {"sex", "ethnicity", "age_group"} <= set(known)
    assert min(Counter(tuple(row[name] for name in known) for row in rows(package)).values()) >= 5


def test_the_report_in_the_package_says_what_holds(many):
    project = approved(columns=["sex", "legal_status", "place_of_death_type"])
    package = taken(project)
    classes = Counter((row["sex"], row["place_of_death_type"]) for row in rows(package))
    report = project.extracts.get().report
    assert (report["rows"], report["left_out"], report["k"]) == (12, 0, min(classes.values()))
    assert report["l"] == {"legal_status": 1}
    text = unpacked(package)["k-anonymity.txt"]
    assert f"look alike, at least (k): {report['k']}; asked for: 5" in text
    assert "legal_status: different values among children who look alike, at least (l): 1" in text


def test_a_child_has_one_pseudonym_in_a_project_and_another_in_the_next(many):
    one, other = approved(), approved()
    first, again, elsewhere = ({row["pseudonym"] for row in rows(taken(each))} for each in (one, one, other))
    assert first == again
    assert len(first) == 12
    assert not first & elsewhere


def test_the_order_of_the_rows_does_not_tell_when_the_children_came(many):
    names = [row["pseudonym"] for row in rows(taken(approved()))]
    assert names == sorted(names)


def test_the_days_between_the_dates_of_a_child_are_kept(many):
    for number, case in enumerate(many):
        opened = dt.datetime.combine(case.died_on + dt.timedelta(days=100 + number), dt.time(12), dt.UTC)
        Case.objects.filter(pk=case.pk).update(opened_at=opened)
    package = taken(approved(columns=["died_month", "opened_month"], dates="shifted"))
    days = [[dt.date.fromisoformat(row[name]) for name in ("died_shifted", "opened_shifted")] for row in rows(package)]
    assert sorted((opened - died).days for died, opened in days) == list(range(100, 112))


def test_no_date_lies_ahead_for_that_would_tell_how_far_it_was_shifted(many):
    project = approved(columns=["opened_month"], dates="shifted")
    given = [row["opened_shifted"] for row in rows(taken(project))]
    today = timezone.localdate().isoformat()
    assert all(day < today for day in given)
    assert project.extracts.get().report["blanked"].get("opened_shifted", 0) == given.count("")


def test_no_date_is_what_it_was(many):
    package = taken(approved(columns=["died_month"], dates="shifted"))
    assert not {row["died_shifted"] for row in rows(package)} & {case.died_on.isoformat() for case in many}


@pytest.mark.parametrize(("dates", "shape"), [("quarter", r"(\d{4}(-Q[1-4])?)?"), ("year", r"(\d{4})?")])
def test_banded_dates_say_no_month(many, dates, shape):
    for row in rows(taken(approved(columns=["died_month", "opened_month"], dates=dates))):
        assert re.fullmatch(shape, row[f"died_{dates}"])
        assert re.fullmatch(shape, row[f"opened_{dates}"])


def test_a_weight_is_never_exact(notification):
    children(notification, 6, lambda at: {"birth_weight_g": 3001 + at, "gestation_weeks": 39})
    package = taken(approved(columns=["birth_weight_g", "gestation_weeks"]))
    assert {row["birth_weight_g"] for row in rows(package)} == {"3000 to 3499"}
    assert {row["gestation_weeks"] for row in rows(package)} == {"38 to 39"}


def test_a_rare_value_is_called_other_in_the_file_and_in_its_codebook(notification):
    children(notification, 12, lambda at: {"coroner_informed": "no" if at == 0 else "yes", "post_mortem": "pending"})
    package = taken(approved(columns=["coroner_informed"]))
    assert {row["coroner_informed"] for row in rows(package)} == {OTHER}
    assert "other = Other" in unpacked(package)["codebook.csv"]


def test_what_is_no_code_of_the_form_never_leaves(many):
    Case.objects.filter(pk=many[0].pk).update(record=many[0].record | {"place_of_death_type": "In Invented Road"})
    package = taken(approved(columns=["place_of_death_type"]))
    assert "Invented Road" not in "".join(unpacked(package).values())


def test_a_child_notified_twice_is_there_once(many):
    workflow.move(many[1], "mark_duplicate", somebody("Coordinator"), details={"duplicate_of": many[0].reference})
    assert len(rows(taken(approved()))) == 11


def test_only_final_reviews_leave_where_only_those_were_asked_for(many):
    project = approved(reviews="final")
    with pytest.raises(services.MoveRefused, match="fewer than 5"):
        taken(project)


def test_every_extract_is_in_the_export_log_with_its_checksum_and_rows(many):
    project = approved()
    package = taken(project)
    log = ExportLog.objects.get()
    assert (log.dataset, log.identity, log.packaged, log.by) == (
        f"research:{project.number}", False, True, somebody("Analyst"),
    )  # fmt: skip
    assert (log.end.rows, log.end.checksum) == (12, hashlib.sha256(package).hexdigest())
    assert project.extracts.get().export == log


def test_one_that_was_broken_off_is_in_the_record_too(many):
    project = approved()
    services.extract(project, somebody("Analyst")).close()
    assert project.extracts.get().export.end.outcome == "broken_off"


def test_the_package_describes_itself(many):
    project = approved()
    package = taken(project)
    assert set(unpacked(package)) == {"data.csv", "codebook.csv", "datapackage.json", "k-anonymity.txt"}
    (resource,) = description(package)["resources"]
    assert [field["name"] for field in resource["schema"]["fields"]] == list(rows(package)[0])
    assert resource["rows"] == 12
    assert "identify nobody" in description(package)["description"]


def test_the_key_of_a_project_survives_that_the_sealing_keys_change(many):
    project = approved()
    before = rows(taken(project))
    call_command("rotate_keys", verbosity=0)
    assert rows(taken(project)) == before


def test_identifying_columns_free_text_and_references_are_never_offered(notification):
    names = {column.name for column in offered()}
    assert not names & {"reference", "opened_at", "died_on", *("first_names", "family_name", "nhs_number", "postcode")}
    assert all(not column.identifying and column.type != "text" for column in offered())


def test_every_column_that_the_rules_name_is_one_of_the_dataset(notification):
    there = {column.name for column in Cases().columns()}
    named = rules().never | rules().sensitive | rules().inside | set(rules().widths) | set(rules().groups)
    assert named | set(rules().beginnings) <= there


@given(st.lists(st.text(max_size=12), max_size=20))
def test_whatever_is_stored_a_column_of_codes_gives_codes(cells):
    column = Chosen(next(each for each in Cases().columns() if each.name == "category"), None, known=False)
    assert set(column.cells_of(cells)) <= {code for code, _ in column.source.codes} | {"", OTHER}
