"""Which cases are found for a child, at what cost, and that nothing is kept in clear for it."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forms.sealing import Unreadable
from tests.notifying import days_ago
from workflow import services
from workflow.matching.scoring import Level
from workflow.matching.selectors import alike, match_of, mergeable, proposals
from workflow.models import Case, CaseIdentity, MatchKey, MatchSettings

pytestmark = pytest.mark.django_db
UNNUMBERED = {"nhs_number": "", "nhs_number_missing_reason": "not_currently_available"}
ANOTHER = {"child_first_names": "Rowan", "child_family_name": "Pretend", "nhs_number": "9990000506"}


def found(case):
    return [(each.case.reference, each.match.level) for each in alike(case)]


def elsewhere(**changes):
    return ANOTHER | {"born": days_ago(900), "died": days_ago(30)} | changes


def test_both_cases_show_each_other(case, notify):
    other = notify(child_family_name="Invanted", **UNNUMBERED)
    assert found(case) == [(other.reference, Level.LIKELY)]
    assert found(other) == [(case.reference, Level.LIKELY)]


def test_the_best_match_comes_first(case, notify):
    likely, certain = notify(**UNNUMBERED), notify()
    assert found(case) == [(certain.reference, Level.CERTAIN), (likely.reference, Level.LIKELY)]


def test_another_child_is_not_shown(case, notify):
    notify(**elsewhere())
    assert found(case) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"child_family_name": "Invanted"},
        {"child_first_names": "Tset"},
        {"child_first_names": "Invented", "child_family_name": "Test"},
        {"child_first_names": "Baby"},
        {"died": days_ago(3), "born": None},
    ],
)
def test_a_child_told_a_little_differently_is_found_without_a_number(notify, changes):
    kept = notify(born=days_ago(2400), died=days_ago(2))
    other = notify(**({"born": days_ago(2400), "died": days_ago(2)} | UNNUMBERED | changes | {"born": days_ago(2400)}))
    assert kept.reference in [reference for reference, _ in found(other)]


def test_a_new_notification_says_on_its_timeline_whom_it_resembles_and_why(case, notify):
    other = notify(child_family_name="Invanted", **UNNUMBERED)
    [line] = other.timeline.filter(kind="warned")
    assert line.text.startswith(f"May be a duplicate of {case.reference}: same first name, similar family name")
    assert line.text.endswith("(likely).")
    assert not case.timeline.filter(kind="warned").exists()


def test_twins_are_told_as_twins(case, notify):
    twin = notify(child_first_names="Rowan", nhs_number="9990000506")
    assert found(twin) == [(case.reference, Level.TWINS)]
    assert twin.timeline.filter(text__endswith="(may be twins).").exists()


def test_a_duplicate_stands_for_the_case_that_is_kept(case, notify, coordinator):
    """The kept case is told otherwise than the third; what was merged into it is not."""
    kept = notify(**elsewhere())
    services.move(case, "mark_duplicate", coordinator, details={"duplicate_of": kept.reference})
    third = notify()
    assert found(third) == [(kept.reference, Level.CERTAIN)]
    assert match_of(third, kept).level == Level.CERTAIN


def test_a_case_is_never_like_its_own_duplicate(case, notify, coordinator):
    other = notify()
    services.move(other, "mark_duplicate", coordinator, details={"duplicate_of": case.reference})
    assert found(case) == []


def test_the_number_is_found_among_many_who_share_a_name(case, notify, coordinator, monkeypatch):
    monkeypatch.setattr("workflow.matching.selectors.MOST_OPENED", 2)
    for day in range(4):
        notify(born=days_ago(900 + day), died=days_ago(30 + day), **UNNUMBERED)
    renamed = notify(**elsewhere(nhs_number="9990000018"))
    assert case.reference in [reference for reference, _ in found(renamed)]


def test_a_number_that_is_recorded_later_is_found_and_warned_of(case, notify, coordinator):
    other = notify(**elsewhere(**UNNUMBERED))
    assert found(other) == []
    services.record_nhs_number(other, coordinator, "9990000018")
    assert found(other) == [(case.reference, Level.POSSIBLE)]
    services.record_nhs_number(other, coordinator, "9990000506")
    assert found(other) == []


def test_nothing_of_a_child_is_kept_in_clear_among_the_keys(case):
    with connection.cursor() as cursor:
        cursor.execute("SELECT hashed FROM cdop_workflow_matchkey")
        stored = [value for (value,) in cursor.fetchall()]
    assert len(stored) == 6
    assert all(isinstance(value, int) for value in stored)


def test_keys_need_the_lookup_key_and_rehash_makes_them_again(case, notify, settings):
    other = notify()
    settings.LOOKUP_KEY = "another key altogether"
    third = notify()
    assert found(third) == []
    call_command("rehash", stdout=(out := StringIO()))
    assert out.getvalue().startswith("2 ")
    assert {reference for reference, _ in found(third)} == {case.reference, other.reference}
    call_command("rehash", stdout=(again := StringIO()))
    assert again.getvalue().startswith("0 ")


def test_after_an_upgrade_only_missing_keys_are_made(case, notify):
    other = notify()
    MatchKey.objects.filter(identity__case=case).delete()
    call_command("rehash", missing=True, stdout=(out := StringIO()))
    assert out.getvalue().startswith("1 ")
    assert found(other) == [(case.reference, Level.CERTAIN)]


def test_an_identity_that_no_key_opens_never_stops_a_notification(case, notify):
    CaseIdentity.objects.filter(case=case).update(sealed="sealed under a key that is gone")
    other = notify()
    assert found(other) == []
    assert match_of(other, case) is None
    with pytest.raises(Unreadable):
        _ = CaseIdentity.objects.get(case=case).details


def test_a_lookup_asks_for_the_settings_and_the_candidates_once(case, notify):
    counts = []
    for more in (1, 6):
        for _ in range(more):
            notify()
        MatchSettings.load()
        with CaptureQueriesContext(connection) as queries:
            alike(Case.objects.get(pk=case.pk))
        asked = [query["sql"] for query in queries]
        counts.append(len(asked))
        assert sum("cdop_workflow_matchkey" in sql for sql in asked) == 1
    assert counts == [4, 4]  # the case, its identity, the settings, the candidates


def test_only_those_who_may_know_who_a_child_is_are_shown_any(case, notify, person):
    notify()
    assert len(proposals(case, person("Designated doctor"))[0]) == 1
    for role in ("Panel chair", "Panel member", "Information governance", "Analyst"):
        with CaptureQueriesContext(connection) as queries:
            assert proposals(case, person(role)) == ([], [])
        assert not any("caseidentity" in query["sql"] for query in queries)


def test_an_area_that_wants_to_see_less_sets_a_higher_score(case, notify):
    other = notify(child_family_name="Invanted", **UNNUMBERED)
    settings = MatchSettings.load()
    settings.possible, settings.likely = 90, 92
    settings.save()
    assert found(other) == []


@pytest.mark.parametrize(("possible", "likely", "certain"), [(60, 60, 95), (70, 60, 95), (35, 96, 95)])
def test_the_scores_must_stand_in_order(possible, likely, certain):
    with pytest.raises(ValidationError, match="must be above"):
        MatchSettings(possible=possible, likely=likely, certain=certain).full_clean()


def test_the_newer_case_goes_into_the_older_where_its_state_allows_it(case, notify, coordinator):
    newer = notify()
    assert mergeable(case, newer) == mergeable(newer, case) == (newer, case)
    newer = services.move(newer, "offer_transfer", coordinator, details={"receiving_area": "Invented CDOP"})
    assert mergeable(case, newer) == (case, newer)
    case = services.move(case, "offer_transfer", coordinator, details={"receiving_area": "Invented CDOP"})
    assert mergeable(case, newer) is None
