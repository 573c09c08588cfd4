"""What is known before anybody is asked."""

import pytest

from forms.access import SESSION_KEY
from forms.carrying import carry
from forms.models import Draft, Submission
from forms.selectors import answer_sections
from forms.services import begin, send
from tests.forms.making import page, publish

pytestmark = pytest.mark.django_db
NAME = {"kind": "full_name", "key": "name", "label": "Name", "prefill": "fixed", "required": "mandatory"}
AGE = {"kind": "whole_number", "key": "age", "label": "Age", "prefill": "offer", "minimum": 0, "maximum": 17}
NOTE = {"kind": "short_text", "key": "note", "label": "Note"}
AREA = {"kind": "hidden", "key": "area", "label": "Area"}


def answering(client, draft):
    """The address of the first page of a draft that this browser may go on with."""
    session = client.session
    session[SESSION_KEY] = [str(draft.pk)]
    session.save()
    return f"/answer/{draft.pk}/one/"


@pytest.fixture
def draft(client):
    def start(**known):
        return answering(client, begin(publish(page("one", NAME, AGE, NOTE, AREA)), known=known))

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
    address = answering(client, draft)
    assert ('name="note"' in client.get(address).content.decode()) == kept
    client.post(address, {"note": "Invented"})
    draft.refresh_from_db()
    assert draft.answers.get("note") == ("Invented" if kept else None)


def test_a_value_that_does_not_fit_is_left_out(draft):
    draft(name="Test Invented", age=99)
    assert Draft.objects.get().answers == {"name": "Test Invented"}


ALWAYS = AREA | {"initial": "north"}


@pytest.mark.parametrize(("known", "sent"), [({}, "north"), ({"area": "east"}, "east")])
def test_a_hidden_value_is_there_from_the_start_unless_another_is_known(client, known, sent):
    address = answering(client, begin(publish(page("one", NOTE, ALWAYS)), known=known))
    assert "north" not in client.get(address).content.decode()
    check = client.post(address, {"note": "Invented", "area": "forged"}).headers["Location"]
    assert "north" not in client.get(check).content.decode()
    client.post(check)
    assert Submission.objects.get().all_answers() == {"note": "Invented", "area": sent}


def test_a_hidden_value_from_the_start_is_kept_only_where_its_question_is_asked_for(client):
    asked = {"kind": "yes_no", "key": "here", "label": "Here?"}
    area = ALWAYS | {"show_if": {"tests": [{"question": "here", "comparison": "is", "value": "yes"}]}}
    why = NOTE | {"show_if": {"tests": [{"question": "area", "comparison": "is", "value": "north"}]}}
    address = answering(client, begin(publish(page("one", asked, area, why | {"required": "mandatory"}))))
    assert 'name="note"' in client.get(address).content.decode()
    assert client.post(address, {"here": "yes"}).status_code == 200
    client.post(address, {"here": "yes", "note": "Invented"})
    check = client.post(address, {"here": "no"}).headers["Location"]
    client.post(check)
    assert Submission.objects.get().all_answers() == {"here": "no"}


def test_a_draft_that_is_carried_on_has_the_value_of_the_version_it_is_sent_on(client):
    draft = begin(publish(page("one", NOTE, ALWAYS)), answers={"note": "Invented"})
    carry(draft, publish(page("one", NOTE, ALWAYS | {"initial": "south"})))
    draft.refresh_from_db()
    assert send(draft).all_answers() == {"note": "Invented", "area": "south"}


@pytest.mark.parametrize("identity", [True, False])
def test_who_reads_the_answers_reads_hidden_values_too(identity):
    draft = begin(publish(page("one", NOTE, ALWAYS | {"sensitivity": "N"})), answers={"note": "Invented"})
    rows = [row for section in answer_sections(send(draft), identity) for row in section.rows]
    assert ("Area", "north") in [(row.label, row.text) for row in rows]
