"""The strategies the property tests stand on: they make forms that could be published."""

from hypothesis import given

from forms.checks import problems
from tests.forms.schemas import quick, schemas


@quick
@given(schemas())
def test_every_drawn_form_could_be_published(schema):
    assert problems(schema) == []
