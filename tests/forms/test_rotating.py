"""`manage.py rotate_keys`: after it, the newest key alone opens everything."""

from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import CommandError, call_command

from forms.models import Draft, Submission
from forms.rotating import rotate, sealed_columns
from forms.sealing import SealedTextField, has_newest_key, seal, unseal
from forms.services import begin, receive
from tests.notifying import invented_answers

pytestmark = pytest.mark.django_db
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def rotate_keys(*options: str) -> str:
    out = StringIO()
    call_command("rotate_keys", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def drafts(notification, settings):
    """Seven drafts sealed with the old key; the new key is in front now."""
    settings.SEALING_KEYS = [OLD]
    made = [begin(notification) for _ in range(7)]
    settings.SEALING_KEYS = [NEW, OLD]
    return made


def test_every_sealed_column_of_every_room_is_found():
    rooms = {model._meta.app_label for model, _ in sealed_columns()}
    assert rooms >= {"cdop_forms", "cdop_workflow"}
    declared = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, SealedTextField)
    }
    assert declared == set(sealed_columns())


def test_afterwards_the_newest_key_alone_opens_everything(notification, settings):
    settings.SEALING_KEYS = [OLD]
    submission = receive(notification, invented_answers())
    settings.SEALING_KEYS = [NEW, OLD]
    said = rotate_keys()
    settings.SEALING_KEYS = [NEW]
    assert Submission.objects.get(pk=submission.pk).all_answers()["child_family_name"] == "Invented"
    for model, column in sealed_columns():
        for token in model._base_manager.exclude(**{column: ""}).values_list(column, flat=True):
            assert has_newest_key(token), (model, column)
    assert "cdop_forms.Submission.sealed: 1 sealed anew, 0 were already" in said
    assert "The older ones can be taken away" in said


def test_running_it_again_finds_nothing_to_do(drafts):
    rotate_keys()
    before = list(Draft.objects.order_by("pk").values_list("sealed", flat=True))
    assert "cdop_forms.Draft.sealed: 0 sealed anew, 7 were already" in rotate_keys()
    assert list(Draft.objects.order_by("pk").values_list("sealed", flat=True)) == before


def test_one_that_was_stopped_half_way_goes_on(drafts):
    for draft in drafts[:3]:
        Draft.objects.filter(pk=draft.pk).update(sealed=seal({"kept": "yes"}))
    assert rotate(Draft, "sealed", batch=2) == {"sealed": 4, "ready": 3}
    assert Draft.objects.get(pk=drafts[0].pk).answers == {"kept": "yes"}


@pytest.mark.parametrize("batch", [1, 2, 7, 8])
def test_no_row_is_left_out_between_two_batches(drafts, batch):
    assert rotate(Draft, "sealed", batch) == {"sealed": 7}


def test_what_was_changed_meanwhile_is_not_written_over(drafts, monkeypatch):
    draft = drafts[0]

    def while_a_person_saves(token: str) -> str:
        Draft.objects.filter(pk=draft.pk).update(sealed=seal({"newer": "yes"}))
        return seal("older")

    monkeypatch.setattr("forms.rotating.reseal", while_a_person_saves)
    rotate(Draft, "sealed")
    assert Draft.objects.get(pk=draft.pk).answers == {"newer": "yes"}


def test_what_no_key_opens_is_counted_and_left_and_the_rest_is_done(drafts):
    lost = "lost" * 30
    Draft.objects.filter(pk=drafts[0].pk).update(sealed=lost)
    with pytest.raises(CommandError, match="1 could not be opened with any key"):
        rotate_keys()
    assert Draft.objects.get(pk=drafts[0].pk).sealed == lost
    assert unseal(Draft.objects.get(pk=drafts[1].pk).sealed) == {}
    assert rotate(Draft, "sealed") == {"ready": 6, "unreadable": 1}


def test_a_draft_that_was_sent_holds_nothing_to_rotate(drafts):
    Draft.objects.all().update(sealed="")
    assert rotate(Draft, "sealed") == {}
