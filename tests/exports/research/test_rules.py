"""What an area settles in its file of rules."""

from itertools import pairwise

import pytest
from django.contrib.auth.models import Group

from exports.research import rules as module
from exports.research.permissions import approvers_in_words
from exports.research.rules import rules
from workflow.permissions import RIGHTS


@pytest.fixture
def written(tmp_path, monkeypatch):
    """`written("approve: [a, b]")`: the rules with another first line of that kind."""

    def write(old, new):
        file = tmp_path / "rules.yaml"
        file.write_text(module.FILE.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        monkeypatch.setattr(module, "FILE", file)
        rules.cache_clear()
        return rules()

    yield write
    rules.cache_clear()


@pytest.mark.django_db
def test_who_approves_holds_one_of_two_rights_that_exist(roles):
    assert len(set(rules().approve)) == 2
    assert set(rules().approve) <= {right for right, _ in RIGHTS}
    assert len(approvers_in_words()) == 2
    assert approvers_in_words()[0] == "Panel chair"


@pytest.mark.django_db
def test_a_right_that_no_role_has_is_named_by_what_it_allows():
    Group.objects.all().delete()
    assert approvers_in_words() == [dict(RIGHTS)[right] for right in rules().approve]


def test_another_right_can_approve(written):
    changed = written("[sign_off_case, read_audit]", "[oversee_case, read_audit]")
    assert changed.approve == ("oversee_case", "read_audit")


@pytest.mark.parametrize(
    "approve", ["[read_audit]", "[read_audit, read_audit]", "[sign_off_case, read_audit, work_case]"]
)
def test_one_right_twice_is_no_two_people_of_two_rights(written, approve):
    with pytest.raises(ValueError, match="two different rights"):
        written("[sign_off_case, read_audit]", approve)


def test_what_no_rule_names_counts_as_known_outside():
    assert rules().known_outside("a_column_of_tomorrow")
    assert not rules().known_outside("category")
    assert not rules().known_outside("state")


def test_each_width_holds_whole_bands_of_the_one_before():
    for widths in rules().widths.values():
        assert all(wider % width == 0 for width, wider in pairwise(widths))
