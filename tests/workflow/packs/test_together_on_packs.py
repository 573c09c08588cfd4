"""Two people with the same pack at the same moment, each in a thread and a connection of their own."""

import pytest

from tests.workflow.packs.preparing import prepared
from tests.workflow.test_together import together
from workflow.models import Pack, PackPassage
from workflow.packs import services
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def passage(case, coordinator) -> PackPassage:
    return prepared(case, coordinator).passages.filter(decision="open").first()


def test_of_two_who_confirm_one_passage_one_wins_and_the_other_reads_what_was_confirmed(passage, coordinator, person):
    texts = {coordinator: "A fall at home.", person("Coordinator", 2): "A fall from a height."}
    results = together(
        *(lambda by=by, text=text: services.confirm_passage(passage, by, text, seen="") for by, text in texts.items())
    )
    [kept] = [result for result in results if isinstance(result, PackPassage)]
    [refused] = [result for result in results if isinstance(result, MoveRefused)]
    assert texts[kept.decided_by] == kept.shown
    assert f"has confirmed this passage meanwhile as “{kept.shown}”" in str(refused)
    now = PackPassage.objects.get(pk=passage.pk)
    assert (now.shown, now.decided_by) == (kept.shown, kept.decided_by)


def test_a_passage_is_confirmed_or_left_out_but_never_both(passage, coordinator, person):
    results = together(
        lambda: services.confirm_passage(passage, coordinator, "A fall at home.", seen=""),
        lambda: services.leave_out(passage, person("Coordinator", 2), seen=""),
    )
    assert sorted(type(result).__name__ for result in results) == ["MoveRefused", "PackPassage"]


def test_two_who_finish_a_pack_at_once_finish_it_once(passage, case, coordinator, person):
    for each in passage.pack.passages.filter(decision="open"):
        services.leave_out(each, coordinator)
    results = together(*(lambda by=by: services.finish(case, by) for by in (coordinator, person("Coordinator", 2))))
    assert sorted(type(result).__name__ for result in results) == ["MoveRefused", "Pack"]
    assert Pack.objects.filter(case=case, state="finished").count() == 1


def test_two_who_begin_a_pack_at_once_leave_one_to_prepare(case, coordinator, person):
    together(*(lambda by=by: services.make_pack(case, by) for by in (coordinator, person("Coordinator", 2))))
    assert Pack.objects.filter(case=case, state="preparing").count() == 1
    assert sorted(Pack.objects.values_list("number", flat=True)) == [1, 2]
