"""The strategies the property tests stand on: they make forms that could be published."""

from hypothesis import given, settings

from forms.checks import problems
from tests.forms.schemas import schemas


@settings(max_examples=60, deadline=None)
@given(schemas())
def test_every_drawn_form_could_be_published(schema):
    assert problems(schema) == []
