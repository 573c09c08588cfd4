"""A rule across questions stops a person only where they can read why."""

import pytest

from forms.checks import problems
from forms.services import begin, send
from tests.forms.making import page, publish
from tests.forms.test_prefilling import answering

pytestmark = pytest.mark.django_db
MANY = {"kind": "whole_number", "key": "many", "label": "How many?"}
TWICE = {"kind": "calculated", "key": "twice", "label": "Sum", "calculation": {"operation": "sum", "of": ["many"]}}
FEW = {"tests": [{"question": "many", "comparison": "at_most", "value": "3"}]}
WHY = {"kind": "short_text", "key": "why", "label": "Why so few?", "show_if": FEW}
HIDDEN = {"kind": "hidden", "key": "area", "label": "Area", "initial": "east"}


def refusing(key):
    """A form that refuses five and more, and says so at this question."""
    rule = {"question": key, "message": "These are too many", "refuse_if": {"tests": [AT_LEAST_FIVE]}}
    return publish(page("one", MANY, TWICE, WHY, HIDDEN), rules=[rule])


AT_LEAST_FIVE = {"question": "many", "comparison": "at_least", "value": "5"}


@pytest.mark.parametrize("key", ["many", "twice"])
def test_it_is_said_at_the_question_and_at_the_top_also_where_nothing_is_typed(client, key):
    response = client.post(answering(client, begin(refusing(key))), {"many": "6"})
    shown = response.content.decode()
    assert shown.count("These are too many") == 2
    assert f'href="#id_{key}"' in shown
    assert f'id="id_{key}"' in shown
    assert '<p class="nhsuk-body">6</p>' in shown


def test_it_stops_nobody_of_whom_its_question_is_not_asked(client):
    draft = begin(refusing("why"))
    assert client.post(answering(client, draft), {"many": "6"}).status_code == 302
    draft.refresh_from_db()
    assert send(draft).all_answers()["many"] == 6


def test_one_at_a_hidden_value_is_not_published():
    told = "The rule “These are too many” stands at a hidden value, where nobody sees it. Move it."
    assert problems(refusing("area").definition) == [told]
    assert problems(refusing("many").definition) == []
