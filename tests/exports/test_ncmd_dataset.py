"""What leaves about returns: what became of each stage, and how long that took."""

import datetime as dt

import pytest

from exports.models import NcmdReturn, NcmdReturnChange
from exports.ncmd import services
from tests.exports.ncmd.returning import accepted_case, go, of
from tests.exports.test_datasets import exported
from tests.workflow.reviewing import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(case):
    return accepted_case(case)


def row(stage="notification", identity=False):
    return next(row for row in exported("ncmd", identity=identity) if row["stage"] == stage)


def days_after(due, days):
    return NcmdReturnChange.objects.get(ncmd_return__case=due, transition="queue").at + dt.timedelta(days=days)


def test_a_stage_that_is_due_has_been_sent_by_no_way(due):
    waiting = row()
    assert (waiting["case"], waiting["state"], waiting["case_state"]) == (
        due.reference,
        "queued",
        "information_gathering",
    )
    assert (waiting["gateway"], waiting["times_sent"], waiting["times_rejected"]) == ("", "0", "0")
    assert (waiting["days_to_send"], waiting["days_to_accept"]) == ("", "")


def test_the_days_are_counted_from_due_to_sent_to_accepted(due):
    by = somebody("Coordinator")
    services.move(of(due, "notification"), "send", by, at=days_after(due, 2))
    services.move(of(due, "notification"), "accept", by, reference="INVENTED-1", at=days_after(due, 5))
    accepted = row()
    assert (float(accepted["days_to_send"]), float(accepted["days_to_accept"])) == (2, 3)
    assert (accepted["gateway"], accepted["state"]) == ("manual", "accepted")


def test_what_came_back_counts_each_time_and_the_last_way_is_told(due):
    go(due, "notification", "send", "reject")
    batch = services.make_batch(somebody("Coordinator"), ["notification"])
    assert row()["gateway"] == "manual"
    services.confirm_sent(batch, somebody("Coordinator"))
    go(due, "notification", "reject")
    again = row()
    assert (again["gateway"], again["times_sent"], again["times_rejected"], again["state"]) == (
        "file",
        "2",
        "2",
        "rejected",
    )


def test_moments_leave_only_with_identity(due):
    go(due, "notification", "send")
    assert not {"due_at", "sent_at", "accepted_at"} & set(row())
    assert row(identity=True)["sent_at"]


def test_what_was_said_and_why_it_was_rejected_never_leaves(due):
    go(due, "notification", "send", "reject")
    text = str(exported("ncmd", identity=True))
    assert "The postcode is invented." not in text
    assert NcmdReturn.objects.get().changes.filter(sealed_words="").count() == 2
