"""A death is counted once: by the panel that reviews it, and under one case."""

import pytest

from forms.services import receive
from tests.exports.test_datasets import exported
from tests.notifying import days_ago, invented_answers
from workflow import services
from workflow.models import Case
from workflow.roles import load_clock_rules
from workflow.selectors import counted_here

pytestmark = pytest.mark.django_db
COUNTING = ["cases", "timeliness"]


@pytest.fixture
def everywhere(notification, person):
    """One case that counts here, and one for each way of being counted elsewhere."""
    load_clock_rules()
    coordinator = person("Coordinator")
    sent = [receive(notification, invented_answers()) for _ in range(4)]
    ours, double, theirs, declined = (Case.objects.get(submissions__submission=each) for each in sent)
    services.move(double, "mark_duplicate", coordinator, details={"duplicate_of": ours.reference})
    services.move(theirs, "offer_transfer", coordinator, details={"receiving_area": "Invented CDOP"})
    services.move(theirs, "transfer_accepted", coordinator, details={"transfer_acknowledgement": "By phone"})
    for _ in range(2):
        draft = services.offer_received(
            notification, coordinator, from_area="Invented CDOP", offered_on=days_ago(1), ncmd_told="no"
        )
        receive(notification, invented_answers(), "other_cdop", draft=draft)
    offered = Case.objects.filter(state="offered_to_us").first()
    told = {"transfer_answer_given": "Their coordinator, by phone"}
    services.move(offered, "not_take_over", coordinator, "Lived elsewhere", told)
    services.move(declined, "offer_transfer", coordinator, details={"receiving_area": "Invented CDOP"})
    services.move(declined, "transfer_declined", coordinator, "Theirs is another child")
    return {ours.reference, declined.reference}


@pytest.mark.parametrize("name", COUNTING)
def test_only_what_is_counted_here_leaves(everywhere, name):
    assert Case.objects.count() == 6
    rows = exported(name)
    assert {row["case"] if "case" in row else row["reference"] for row in rows} == everywhere


def test_the_rule_is_that_of_the_review(everywhere):
    assert set(counted_here(Case.objects.all()).values_list("reference", flat=True)) == everywhere
