"""What is known before anybody is asked."""

import pytest

from forms.access import SESSION_KEY
from forms.models import Draft, Submission
from forms.services import begin
from tests.forms.making import page, publish

pytestmark = pytest.mark.django_db
NAME = {"kind": "full_name", "key": "name", "label": "Name", "prefill": "fixed", "required": "mandatory"}
AGE = {"kind": "whole_number", "key": "age", "label": "Age", "prefill": "offer", "minimum": 0, "maximum": 17}
NOTE = {"kind": "short_text", "key": "note", "label": "Note"}
AREA = {"kind": "hidden", "key": "area", "label": "Area"}


@pytest.fixture
def draft(client):
    def start(**known):
        draft = begin(publish(page("one", NAME, AGE, NOTE, AREA)), known=known)
        session = client.session
        session[SESSION_KEY] = [str(draft.pk)]
        session.save()
        return f"/answer/{draft.pk}/one/"

    return start


def test_only_what_the_editor_wants_is_filled_in(draft):
    draft(name="Test Invented", age=6, note="From another form", area="east")
    assert Draft.objects.get().answers == {"name": "Test Invented", "age": 6, "area": "east"}


def test_what_is_fixed_is_shown_and_cannot_be_changed(client, draft):
    address = draft(name="Test Invented", age=6)
    shown = client.get(address).content.decode()
    assert "Test Invented" in shown
    assert 'name="name"' not in shown
    client.post(address, {"name": "Somebody Else", "age": "7"})
    assert Draft.objects.get().answers["name"] == "Test Invented"
    assert Draft.objects.get().answers["age"] == 7


def test_what_is_fixed_but_not_known_is_asked(client, draft):
    address = draft(age=6)
    assert 'name="name"' in client.get(address).content.decode()
    client.post(address, {"name": "Typed Invented", "age": "6"})
    assert 'name="name"' in client.get(address).content.decode()


def test_a_hidden_value_is_sent_and_never_shown_nor_taken_from_a_browser(client, draft):
    address = draft(name="Test Invented", area="east")
    assert "east" not in client.get(address).content.decode()
    check = client.post(address, {"area": "forged"}).headers["Location"]
    assert "east" not in client.get(check).content.decode()
    client.post(check)
    assert Submission.objects.get().all_answers()["area"] == "east"


@pytest.mark.parametrize(("known", "kept"), [("east", True), ("west", False)])
@pytest.mark.parametrize("given", [AREA, NOTE | {"key": "area", "prefill": "fixed"}])
def test_a_question_that_depends_on_what_is_known_on_the_same_page_is_asked_and_kept(client, given, known, kept):
    when = {"tests": [{"question": "area", "comparison": "is", "value": "east"}]}
    draft = begin(publish(page("one", given, NOTE | {"show_if": when})), known={"area": known})
    session = client.session
    session[SESSION_KEY] = [str(draft.pk)]
    session.save()
    address = f"/answer/{draft.pk}/one/"
    assert ('name="note"' in client.get(address).content.decode()) == kept
    client.post(address, {"note": "Invented"})
    draft.refresh_from_db()
    assert draft.answers.get("note") == ("Invented" if kept else None)


def test_a_value_that_does_not_fit_is_left_out(draft):
    draft(name="Test Invented", age=99)
    assert Draft.objects.get().answers == {"name": "Test Invented"}
