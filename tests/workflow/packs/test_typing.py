"""Two passages are changed on one screen and one is confirmed: what was typed into the other is not lost."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.workflow.packs.preparing import finished, prepared
from workflow.models import PackPassage
from workflow.packs import services
from workflow.packs.forms import digest
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(case, coordinator, client):
    client.force_login(coordinator)
    return list(prepared(case, coordinator).passages.filter(decision="open")[:2])


def screen(client, case):
    """The fields of the one form of the screen, as a browser without JavaScript would send them."""
    page = BeautifulSoup(client.get(reverse("cases:pack_prepare", args=[case.reference])).content, "html.parser")
    boxes = page.select("textarea[form=passages]")
    return {box["name"]: box.text for box in boxes}


def name_in(fields, passage):
    return next(name for name in fields if name.startswith(f"text-{passage.pk}-"))


def press(client, case, passage, fields, decision="confirm"):
    address = reverse("cases:pack_passage", args=[case.reference, passage.pk])
    return client.post(address, fields | {"decision": decision}, follow=True)


def now(passage):
    return PackPassage.objects.get(pk=passage.pk)


@pytest.mark.parametrize("decision", ["confirm", "leave_out"])
def test_what_was_typed_into_another_passage_is_kept_and_stays_open(client, case, two, decision):
    one, other = two
    fields = screen(client, case)
    fields[name_in(fields, one)] = "The first, changed."
    fields[name_in(fields, other)] = "The second, changed\r\ntoo."
    page = press(client, case, one, fields, decision).content.decode()
    assert now(one).decision == {"confirm": "confirmed", "leave_out": "left_out"}[decision]
    assert (now(other).decision, now(other).shown) == ("open", "The second, changed\ntoo.")
    assert "Kept what you typed into 1 passage" in page


def test_what_was_not_changed_is_left_alone(client, case, two):
    one, other = two
    before = now(other).sealed_shown
    page = press(client, case, one, screen(client, case)).content.decode()
    assert now(other).sealed_shown == before
    assert "Kept what" not in page


def test_a_refused_passage_loses_neither_its_own_text_nor_that_of_another(client, case, two):
    one, other = two
    fields = screen(client, case)
    fields[name_in(fields, one)] = "   "
    fields[name_in(fields, other)] = "Changed."
    page = press(client, case, one, fields).content.decode()
    assert "Write what the panel should read" in page
    assert now(other).shown == "Changed."


def test_the_first_button_of_the_form_saves_and_decides_nothing(client, case, two):
    page = BeautifulSoup(client.get(reverse("cases:pack_prepare", args=[case.reference])).content, "html.parser")
    form = page.select_one("form#passages")
    first = next(each for each in page.select("button") if each.get("form") == "passages" or form in each.parents)
    assert not first.get("formaction")
    fields = screen(client, case)
    fields[name_in(fields, two[0])] = "Typed."
    client.post(form["action"], fields)
    assert (now(two[0]).decision, now(two[0]).shown) == ("open", "Typed.")


def test_a_decided_passage_that_is_changed_is_open_again_and_does_not_go_in_unconfirmed(client, case, two, coordinator):
    one, other = two
    services.confirm_passage(other, coordinator, "As it was confirmed.")
    fields = screen(client, case)
    fields[name_in(fields, other)] = "Changed afterwards."
    press(client, case, one, fields)
    assert (now(other).decision, now(other).shown) == ("open", "Changed afterwards.")
    with pytest.raises(MoveRefused, match="still to be confirmed"):
        services.finish(case, coordinator)


def test_what_a_colleague_changed_meanwhile_is_not_written_over_and_both_are_shown(client, case, two, person):
    one, other = two
    fields = screen(client, case)
    services.confirm_passage(other, person("Coordinator", 2), "What the colleague confirmed.")
    fields[name_in(fields, other)] = "What I typed."
    page = press(client, case, one, fields).content.decode()
    assert (now(other).decision, now(other).shown) == ("confirmed", "What the colleague confirmed.")
    assert now(one).decision == "confirmed"
    assert "Somebody else changed this passage" in page
    assert "What the colleague confirmed." in page
    assert "What I typed." in page


def test_a_stale_screen_on_which_nothing_was_typed_undoes_nothing(client, case, two, person):
    one, other = two
    fields = screen(client, case)
    services.confirm_passage(other, person("Coordinator", 2), "What the colleague confirmed.")
    press(client, case, one, fields)
    assert (now(other).decision, now(other).shown) == ("confirmed", "What the colleague confirmed.")


def test_what_was_typed_is_there_when_the_pack_is_begun_again(client, case, two, coordinator):
    services.keep_typed(case, coordinator, [(two[0].pk, digest(two[0].shown), "Typed, not confirmed.")])
    again = services.make_pack(case, coordinator).passages.get(item=two[0].item)
    assert (again.decision, again.shown) == ("open", "Typed, not confirmed.")


def test_a_pack_that_is_finished_takes_nothing_more(client, case, two, coordinator):
    pack = finished(two[0].pack, coordinator)
    kept, clashes = services.keep_typed(case, coordinator, [(two[0].pk, digest("What the panel reads."), "Late.")])
    assert (kept, clashes) == (0, {})
    assert set(pack.passages.exclude(decision="coded").values_list("decision", flat=True)) == {"confirmed"}
