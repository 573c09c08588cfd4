"""People walk the forms that ship: whatever they answer, and until they may send."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.conditions import kept, visible
from forms.definitions import names, read
from forms.journey import clean, reminders, unfinished
from forms.kinds import kind_of
from forms.schema import Answers, FormSchema
from forms.selectors import sections
from tests.forms.filling import AGES, DIED, TODAY, anything, filled, sensible

SHIPPED = [FormSchema.model_validate(read(name)) for name in names()]
SCHEMAS = {schema.slug: schema for schema in SHIPPED}


def dates(age: str) -> Answers:
    return {"date_of_birth": AGES[age].isoformat(), "date_of_death": DIED.isoformat()}


def shown(form: str, **answers: object) -> set[str]:
    """Keys of the questions a person with these answers is asked."""
    return {question.key for _, questions in visible(SCHEMAS[form], answers, TODAY) for question in questions}


@pytest.mark.parametrize("name", SCHEMAS)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_no_answer_to_a_shipped_form_breaks_it(name, seed):
    schema, random = SCHEMAS[name], Random(seed)
    answers: Answers = {}
    for page in schema.pages:
        for question in page.questions:
            parts = question.questions or [question]
            raw = {name: value for part in parts for name, value in anything(part, random).items()}
            cleaned, errors = clean(parts, raw, answers, TODAY)
            assert all(isinstance(message, str) and message for message in errors.values())
            if question.kind == "repeat":
                answers[question.key] = [cleaned | {"id": "abc1"}]
            else:
                answers |= cleaned
    sent = kept(schema, answers, TODAY)
    assert kept(schema, sent, TODAY) == sent
    for problem in unfinished(schema, sent, TODAY):
        assert problem.message
    assert sections(schema, sent, TODAY) is not None


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("schema", SHIPPED, ids=lambda schema: schema.slug)
def test_a_complete_form_has_nothing_left_to_do(schema, age):
    for number in (0, 1, 2):
        answers = filled(schema, dates(age), lambda question, n=number: sensible(question, n))
        assert unfinished(schema, answers, TODAY) == []
        assert reminders(schema, answers, TODAY) == []


@pytest.mark.parametrize("schema", SHIPPED, ids=lambda schema: schema.slug)
def test_what_was_accepted_is_accepted_again(schema):
    answers = filled(schema, dates("a baby"))
    for question in schema.questions():
        if question.kind == "repeat" or answers.get(question.key) is None:
            continue
        raw = kind_of(question).raw(question, answers[question.key])
        assert kind_of(question).clean(question, raw) == answers[question.key]


class TestReporting:
    holding = {"no_information_held": "no"}

    def test_an_agency_that_holds_nothing_is_asked_nothing_more(self):
        asked = shown("reporting", no_information_held="yes", **dates("a baby"))
        assert "dates_of_contact" not in asked
        assert "narrative" not in asked
        assert "gravidity" not in asked
        about_you = {question.key for question in SCHEMAS["reporting"].pages[0].questions}
        assert asked == about_you | {"no_information_held"}

    def test_an_agency_that_holds_nothing_may_send_at_once(self):
        schema = SCHEMAS["reporting"]
        answers = filled(schema, {"no_information_held": "yes"})
        assert unfinished(schema, answers, TODAY) == []
        assert "narrative" not in answers

    @pytest.mark.parametrize(
        ("key", "ages"),
        [
            ("gravidity", {"a newborn", "a baby"}),
            ("maternal_bmi", {"a newborn", "a baby"}),
            ("maternal_smoking_booking", {"a newborn", "a baby"}),
            ("child_weight_kg", {"a baby", "a child of six", "a young person of sixteen"}),
            ("immunisations_up_to_date", {"a newborn", "a baby"}),
            ("development", {"a child of six", "a young person of sixteen"}),
            ("attendance", {"a child of six", "a young person of sixteen"}),
            ("self_harm_history", {"a young person of sixteen"}),
            ("online_harm", {"a young person of sixteen"}),
            ("birth_weight_g", set(AGES)),
        ],
    )
    def test_questions_fit_the_age_of_the_child(self, key, ages):
        asking = {age for age in AGES if key in shown("reporting", **self.holding, **dates(age))}
        assert asking == ages

    @pytest.mark.parametrize("key", ["birth_weight_g", "gestation_weeks", "multiplicity"])
    def test_the_birth_must_be_answered_for_a_newborn_only(self, key):
        schema = SCHEMAS["reporting"]
        for age, needed in (("a newborn", True), ("a child of six", False)):
            answers = filled(schema, dates(age) | {key: None})
            assert [problem.question.key for problem in unfinished(schema, answers, TODAY)] == [key] * needed

    def test_learning_disability_or_autism_shows_the_leder_note(self):
        both = {"disability": ["learning"], "autism": "no"}, {"disability": ["none"], "autism": "yes"}
        for answers in both:
            assert "leder_note" in shown("reporting", **self.holding, **answers)
        assert "leder_note" not in shown("reporting", **self.holding, disability=["motor"], autism="not_known")

    def test_the_level_of_a_learning_disability_is_asked_where_there_is_one(self):
        assert "learning_disability_level" in shown("reporting", **self.holding, disability=["learning", "motor"])
        assert "learning_disability_level" not in shown("reporting", **self.holding, disability=["motor"])

    @pytest.mark.parametrize(
        ("key", "because", "otherwise"),
        [
            ("birth_order", {"multiplicity": "twin"}, {"multiplicity": "singleton"}),
            ("consanguinity_degree", {"consanguinity": "yes"}, {"consanguinity": "not_known"}),
            ("poverty_deprivation_detail", {"poverty_deprivation": "yes"}, {"poverty_deprivation": "no"}),
            (
                "bereavement_support_detail",
                {"bereavement_support_offered": "yes"},
                {"bereavement_support_offered": "no"},
            ),
            ("conditions_detail", {"conditions": ["asthma"]}, {"conditions": ["none"]}),
        ],
    )
    def test_a_detail_is_asked_only_when_there_is_something_to_tell(self, key, because, otherwise):
        assert key in shown("reporting", **self.holding, **because)
        assert key not in shown("reporting", **self.holding, **otherwise)

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [
            ({"date_of_death": "2026-07-01"}, "Date of death must be today or in the past"),
            ({"date_of_birth": "2026-03-05"}, "Date of death must be the same as or after the date of birth"),
            ({"date_of_birth": "2008-03-02"}, "before their 18th birthday"),
        ],
    )
    def test_dates_that_cannot_be_right_are_refused(self, wrong, message):
        schema = SCHEMAS["reporting"]
        answers = filled(schema, dates("a child of six")) | wrong
        assert any(message in problem.message for problem in unfinished(schema, answers, TODAY))
