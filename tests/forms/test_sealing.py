"""What identifies somebody is unreadable without a key, and readable with any of the keys."""

import pytest
from cryptography.fernet import Fernet
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from forms.models import Draft
from forms.sealing import Unreadable, has_newest_key, reseal, seal, unseal
from forms.services import receive
from tests.notifying import START, invented_answers, pages
from workflow.models import Case

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_what_is_sealed_comes_back_as_it_was(value):
    assert unseal(seal(value)) == value


def test_the_first_key_seals_and_all_of_them_open(settings):
    settings.SEALING_KEYS = [OLD]
    token = seal("Invented")
    settings.SEALING_KEYS = [NEW, OLD]
    assert unseal(token) == "Invented"
    assert not has_newest_key(token)
    again = reseal(token)
    settings.SEALING_KEYS = [NEW]
    assert unseal(again) == "Invented"
    assert has_newest_key(again)


@pytest.mark.parametrize("token", ["", "nonsense", "é", "gAAAAA" * 20])
def test_what_no_key_opens_says_what_an_operator_does(token):
    for read in (unseal, reseal):
        with pytest.raises(Unreadable, match="Add the key that sealed it"):
            read(token)


@pytest.mark.django_db
class TestWithoutTheKey:
    def test_a_draft_says_that_nothing_is_lost_and_opens_again_with_the_key(
        self, client, notification_form, settings, caplog
    ):
        first = client.post(START).headers["Location"]
        you = first.replace("safety", "you")
        client.post(you, pages()["you"])
        keys = settings.SEALING_KEYS
        settings.SEALING_KEYS = [NEW]
        response = client.get(you)
        assert response.status_code == 503
        assert "nothing is lost" in response.content.decode()
        assert "Add the key that sealed it" in caplog.text
        assert "Invented" not in caplog.text + response.content.decode()
        settings.SEALING_KEYS = [NEW, *keys]
        assert "Invented Registrar" in client.get(you).content.decode()

    def test_a_case_says_so_to_staff(self, notification, person, settings):
        receive(notification, invented_answers())
        staff = Client()
        staff.force_login(person("Coordinator"))
        settings.SEALING_KEYS = [NEW]
        reference = Case.objects.get().reference
        response = staff.get(f"/admin/cases/{reference}/")
        assert response.status_code == 503


@pytest.mark.django_db
def test_a_stored_draft_and_a_stored_submission_hold_no_name(client, notification_form, notification):
    first = client.post(START).headers["Location"]
    client.post(first.replace("safety", "child"), pages()["child"])
    submission = receive(notification, invented_answers())
    stored = Draft.objects.get().sealed + submission.sealed + str(submission.answers)
    for word in ("Invented", "9990000018", "999 000", "ZZ99", "Made Up"):
        assert word not in stored
