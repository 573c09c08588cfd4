"""A rejected return, from NCMD's reasons to the corrected value that goes with a new key."""

import re

import pytest
from django.urls import reverse

from exports.models import NcmdBatch, NcmdReturnChange, NcmdSending
from exports.ncmd import services
from tests.exports.ncmd.returning import go, of, until
from workflow.models import Case

pytestmark = pytest.mark.django_db
LIST = "/admin/exports/ncmd/"
NEW = "ZZ99 3CZ"


@pytest.fixture
def coordinator(client, person):
    user = person("Coordinator")
    client.force_login(user)
    return user


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def press(client, address, **data):
    response = client.post(address, data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def stage(case, last):
    return f"{LIST}{case.reference}/notification/{last}/"


def link_on(text, item):
    """The address on the screen that leads to an item of the record."""
    return re.search(rf'href="(/admin/cases/[^"]*/record/{item}/)"', text)[1]


def correct(client, address, value):
    seen = re.search(r'name="seen" value="([^"]*)"', page(client, address))[1]
    assert "Recorded." in press(client, address, seen=seen, answer="own", own=value, reason="Invented slip.")


def sent_values(case):
    sent = NcmdReturnChange.objects.filter(ncmd_return__case=case, transition="send").order_by("pk")
    return [change.sent["values"]["postcode"] for change in sent]


def test_by_hand_a_rejected_value_is_corrected_from_the_sheet_and_goes_again(client, coordinator, due):
    press(client, stage(due, "send"), reference="")
    press(client, stage(due, "reject"), words="They do not know this postcode.")
    rejected = page(client, f"{LIST}{due.reference}/")
    assert "They do not know this postcode." in rejected
    old = of(due, "notification").sendings.get().parcel
    correct(client, link_on(page(client, stage(due, "sheet")), "postcode"), NEW)
    sheet = page(client, stage(due, "sheet"))
    assert NEW in sheet
    assert old.words["postcode"] not in sheet
    press(client, stage(due, "send"), reference="")
    new = of(due, "notification").sendings.last().parcel
    assert (old.words["postcode"] != NEW, new.words["postcode"], new.values["postcode"]) == (True, NEW, NEW)
    assert (old.key, new.key) == (f"{due.reference}-notification-1", f"{due.reference}-notification-2")
    assert sent_values(due)[-1] == NEW
    assert of(due, "notification").state == "sent"


def test_what_was_missing_is_mended_from_the_list_of_what_was_rejected(client, coordinator, due):
    go(due, "notification", "send", "reject")
    listed = page(client, f"{LIST}?show=rejected")
    assert "The ethnic group is not known." in listed
    correct(client, link_on(listed, "ethnicity"), "arab")
    assert "The ethnic group is not known." not in page(client, f"{LIST}?show=rejected")
    press(client, stage(due, "send"), reference="")
    first, second = (each.parcel for each in of(due, "notification").sendings.all())
    assert first.values["ethnicity"] == "not_known"
    assert second.values["ethnicity"] == "arab"


def test_in_a_file_the_corrected_value_goes_with_the_next_key(client, coordinator, due):
    for _ in range(2):
        press(client, f"{LIST}sending/", gateway="file", stages=["notification"])
        batch = NcmdBatch.objects.first()
        press(client, f"{LIST}files/{batch.pk}/sent/")
        if NcmdSending.objects.count() == 1:
            press(client, stage(due, "reject"), words="They do not know this postcode.")
            correct(client, link_on(page(client, stage(due, "sheet")), "postcode"), NEW)
    first, second = NcmdSending.objects.order_by("revision")
    assert first.parcel.words["postcode"] != second.parcel.words["postcode"] == NEW
    assert first.key != second.key


def test_over_the_interface_the_corrected_value_goes_with_the_next_key(client, coordinator, due, database):
    database.says(422, reasons=["They do not know this postcode."])
    press(client, stage(due, "hand-over"))
    services.deliver_waiting()
    assert of(due, "notification").state == "rejected"
    correct(client, link_on(page(client, stage(due, "sheet")), "postcode"), NEW)
    database.says(201, status="accepted", reference="INVENTED-7")
    press(client, stage(due, "hand-over"))
    services.deliver_waiting()
    assert list(database.kept) == [f"{due.reference}-notification-2"]
    assert database.kept[f"{due.reference}-notification-2"]["words"]["postcode"] == NEW
    assert of(due, "notification").state == "accepted"


def test_a_correction_after_the_sending_is_named_and_leaves_what_was_sent_as_it_was(client, coordinator, due):
    press(client, stage(due, "send"), reference="")
    before = of(due, "notification").sendings.get().parcel
    correct(client, link_on(page(client, stage(due, "sheet")), "postcode"), NEW)
    assert "These say something else now than when they were sent" in page(client, f"{LIST}{due.reference}/")
    assert of(due, "notification").sendings.get().parcel == before


def test_each_item_of_the_record_can_be_corrected_and_who_notified_cannot(client, coordinator, due):
    text = page(client, stage(due, "sheet"))
    assert reverse("cases:agree", args=[due.reference, "postcode"]) in text
    assert "/record/notifier_" not in text


def test_the_analysis_is_not_corrected_from_the_sheet(client, coordinator, case, person):
    until(case, "sign_off")
    address = f"{LIST}{Case.objects.get(pk=case.pk).reference}/analysis/sheet/"
    assert "/record/" not in page(client, address)
