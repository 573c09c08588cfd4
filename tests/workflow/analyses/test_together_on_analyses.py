"""Two people with the same analysis at the same moment, each in a thread and a connection of their own."""

import pytest

from forms.models import Draft
from forms.services import change
from forms.services import send as send_draft
from tests.notifying import days_ago
from tests.workflow.analyses.writing import SAYS, now
from tests.workflow.test_together import together
from workflow.analyses import services
from workflow.analyses.signing import sign
from workflow.analyses.taking_over import take_over
from workflow.models import Action, Analysis, Case
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_two_who_begin_at_once_begin_one(discussed, coordinator, doctor):
    results = together(*(lambda by=by: services.begin(discussed, "cdrm", by) for by in (coordinator, doctor)))
    assert len({result.pk for result in results}) == 1
    assert Draft.objects.count() == Analysis.objects.count() == 1


def test_it_is_sent_or_given_up_but_never_both(discussed, coordinator, doctor):
    analysis = services.begin(discussed, "cdrm", coordinator)
    draft = change(analysis.draft, lambda newest: newest.update(SAYS))
    together(lambda: send_draft(draft), lambda: services.give_up(analysis, doctor))
    found = now(analysis)
    assert (found.state, found.submission is None) in {("complete", False), ("given_up", True)}


def test_of_two_signatures_at_once_one_counts(final, chair):
    results = together(lambda: sign(final, chair), lambda: sign(now(final), chair))
    assert sorted(type(result).__name__ for result in results) == ["Analysis", "MoveRefused"]
    assert final.case.state_changes.filter(transition="record_panel").count() == 1


def test_two_who_take_over_at_once_take_each_over_once(final, chair, coordinator):
    sign(final, chair)
    case = Case.objects.get(pk=final.case.pk)
    due = days_ago(-30)
    results = together(lambda: take_over(case, chair, due), lambda: take_over(case, coordinator, due))
    assert sorted(len(result) for result in results if not isinstance(result, MoveRefused)) == [0, 2]
    assert Action.objects.count() == 2
