"""People walk the forms that ship: whatever they answer, and until they may send."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.conditions import kept, offered, visible
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


FACTOR = {"id": "abc1", "domain": "A", "factor_code": "disability", "description": "Invented"}
MODIFIABLE = FACTOR | {"level": "2", "modifiable_flag": "yes"}


def fitting(age: str) -> Answers:
    """What must fit other answers in a form that is filled in without looking."""
    return dates(age) | {"category_secondary": ["10"], "cspr_referral": "referred", "factors": [MODIFIABLE]}


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
        answers = filled(schema, fitting(age), lambda question, n=number: sensible(question, n))
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


class TestSupplementary:
    @pytest.mark.parametrize(
        ("form", "key", "because", "otherwise"),
        [
            ("asthma_anaphylaxis", "personal_plan", {"event_type": "asthma"}, {"event_type": "anaphylaxis"}),
            ("asthma_anaphylaxis", "adrenaline_used", {"event_type": "both"}, {"event_type": "asthma"}),
            ("dka", "delay_detail", {"delay_to_diagnosis": "yes"}, {"delay_to_diagnosis": "no"}),
            ("drowning", "bath_seat", {"water_type": "bath"}, {"water_type": "sea"}),
            ("drowning", "activity", {"water_type": "river"}, {"water_type": "bath"}),
            ("drowning", "barrier", {"water_type": "garden_pond"}, {"water_type": "lake"}),
            ("drowning", "swim_ability", {"water_type": "lake"}, {"water_type": "bath"}),
            ("drowning", "lifeguarded", {"water_type": "pool"}, {"water_type": "hot_tub"}),
            ("fire_burns", "smoke_alarm_present", {"event_type": "fire"}, {"event_type": "scald"}),
            ("infection", "immunised", {"vaccine_preventable": "yes"}, {"vaccine_preventable": "no"}),
            ("life_limiting", "achieved", {"preferred_place": "home"}, {"preferred_place": "not_discussed"}),
            ("neonatal", "pmrt_grade_baby", {"pmrt_done": "yes"}, {"pmrt_done": "under_way"}),
            ("oncology", "delay_detail", {"delay": "yes"}, {"delay": "not_known"}),
            ("sud", "position_found", {"asleep": "asleep"}, {"asleep": "awake"}),
            ("trauma_fall", "height", {"event_type": "fall"}, {"event_type": "sport"}),
            ("vehicle", "restraint", {"road_user": "passenger"}, {"road_user": "pedestrian"}),
            ("vehicle", "helmet", {"road_user": "cyclist"}, {"road_user": "passenger"}),
        ],
    )
    def test_what_is_asked_follows_what_was_said(self, form, key, because, otherwise):
        assert key in shown(form, **because)
        assert key not in shown(form, **otherwise)

    @pytest.mark.parametrize("key", ["birth_weight_under_2500g", "breastfed", "dummy", "bedding"])
    def test_infancy_is_asked_about_only_where_it_is_near(self, key):
        assert {age for age in AGES if key in shown("sud", **dates(age))} == {"a newborn", "a baby"}

    def test_a_baby_found_awake_is_still_asked_about_sleep(self):
        assert "sleep_surface" in shown("sud", asleep="awake", **dates("a baby"))
        assert "sleep_surface" not in shown("sud", asleep="awake", **dates("a child of six"))


PRIMARY_10, NO_REPORT = {"category_primary": "10"}, {"documents": ["police"]}


class TestAnalysis:
    @staticmethod
    def to_mend(**answers: object) -> list[str]:
        whole = filled(
            SCHEMAS["analysis"],
            {"category_primary": "4", "category_secondary": None, "factors": [MODIFIABLE]} | answers,
        )
        return [problem.question.key for problem in unfinished(SCHEMAS["analysis"], whole, TODAY)]

    @pytest.mark.parametrize(
        ("key", "because", "otherwise"),
        [
            ("category_sub", {"category_primary": "8"}, {"category_primary": "9"}),
            ("category_1_note", {"category_primary": "1"}, {"category_primary": "10"}),
            ("category_10_note", {"category_primary": "10"}, {"category_primary": "1"}),
            ("category_10_note", PRIMARY_10 | NO_REPORT, PRIMARY_10 | {"documents": ["police", "post_mortem"]}),
            ("recommendations", {"modifiability": "identified"}, {"modifiability": "inadequate_information"}),
            ("cspr_referral_on", {"cspr_referral": "referred"}, {"cspr_referral": "not_needed"}),
            ("finalised_at", {"analysis_status": "final"}, {"analysis_status": "draft"}),
        ],
    )
    def test_what_is_asked_follows_what_was_said(self, key, because, otherwise):
        assert key in shown("analysis", **because)
        assert key not in shown("analysis", **otherwise)

    def test_it_asks_for_no_name_number_address_or_date_of_birth(self):
        for question in SCHEMAS["analysis"].questions():
            for each in (question, *question.questions):
                assert each.sensitivity != "I"
                assert each.kind not in ("full_name", "nhs_number", "address", "postcode", "email", "phone")

    def test_the_categories_are_offered_in_order_with_what_each_includes(self):
        (category,) = [q for q in SCHEMAS["analysis"].questions() if q.key == "category_primary"]
        assert [choice.code for choice in category.choices] == [str(number) for number in range(1, 11)]
        assert all(choice.hint for choice in category.choices)

    def test_every_domain_must_be_answered_even_when_nothing_was_found(self):
        assert self.to_mend(factors=[], modifiability="none_identified", domain_b=None) == ["domain_b"]

    def test_a_factor_without_a_grade_is_refused(self):
        (factors,) = [q for q in SCHEMAS["analysis"].questions() if q.key == "factors"]
        raw = FACTOR | {"modifiable_flag": "no"}
        assert clean(factors.questions, raw, {}, TODAY)[1] == {"level": "Grade this factor. Every line needs a grade"}

    @pytest.mark.parametrize(
        ("factors", "refused"),
        [
            ([], True),
            ([MODIFIABLE | {"level": "1"}], True),
            ([MODIFIABLE | {"modifiable_flag": "not_known"}], True),
            ([MODIFIABLE | {"level": "1"}, FACTOR | {"level": "2", "modifiable_flag": "no"}], True),
            ([MODIFIABLE | {"level": "1"}, MODIFIABLE], False),
        ],
    )
    def test_modifiable_factors_were_identified_only_if_one_that_may_have_contributed_could_be_changed(
        self, factors, refused
    ):
        assert self.to_mend(factors=factors, modifiability="identified") == ["modifiability"] * refused
        for answer in ("none_identified", "inadequate_information"):
            assert self.to_mend(factors=factors, modifiability=answer) == []

    def test_the_form_shows_how_many_such_factors_there_are(self):
        answers = filled(SCHEMAS["analysis"], {"factors": [MODIFIABLE, FACTOR | {"level": "2"}, MODIFIABLE]})
        assert kept(SCHEMAS["analysis"], answers, TODAY)["modifiable_factors"] == 2

    @pytest.mark.parametrize(
        ("earlier", "grades"),
        [
            ({}, ["0", "1", "2"]),
            ({"meeting_date": "2026-03-01"}, ["0", "1", "2"]),
            ({"meeting_date": "2016-03-01"}, ["0", "1", "2"]),
            ({"meeting_date": "2016-03-01", "level_scheme": "v2018"}, ["0", "1", "2"]),
            ({"meeting_date": "2016-03-01", "level_scheme": "legacy"}, ["0", "1", "1*", "2", "3"]),
            ({"meeting_date": "2026-03-01", "level_scheme": "legacy"}, ["0", "1", "2"]),
        ],
    )
    def test_the_older_grades_are_offered_only_to_an_older_analysis_that_used_them(self, earlier, grades):
        schema = SCHEMAS["analysis"]
        (factors,) = [question for question in schema.questions() if question.key == "factors"]
        (level,) = [part for part in factors.questions if part.key == "level"]
        known = kept(schema, earlier, TODAY)
        assert [choice.code for choice in offered(level, known, TODAY).choices] == grades

    @pytest.mark.parametrize("level", ["0", "1", "1*", "2", "3"])
    def test_an_older_analysis_keeps_its_grades_and_reads_as_it_was_graded(self, level):
        schema = SCHEMAS["analysis"]
        older = {"meeting_date": "2016-03-01", "level_scheme": "legacy", "factors": [MODIFIABLE | {"level": level}]}
        answers = filled(schema, fitting("a baby") | older | {"modifiability": "none_identified"})
        assert unfinished(schema, answers, TODAY) == []
        sent = kept(schema, answers, TODAY)
        assert sent["factors"][0]["level"] == level
        assert sent["modifiable_factors"] == (level in ("2", "3"))
        (row,) = [row for part in sections(schema, answers, TODAY) for row in part.rows if row.key == "factors"]
        assert any(each.text.startswith(f"{level} – ") for each in row.items[0])

    def test_an_older_grade_must_be_given_anew_when_the_analysis_uses_those_of_today(self):
        older = {"meeting_date": "2016-03-01", "factors": [MODIFIABLE | {"level": "3"}]}
        assert self.to_mend(**older, level_scheme="legacy", modifiability="identified") == []
        assert "factors" in self.to_mend(**older, level_scheme="v2018", modifiability="none_identified")

    def test_the_category_cannot_be_chosen_a_second_time(self):
        assert self.to_mend(category_secondary=["4", "9"]) == ["category_secondary"]

    @pytest.mark.parametrize("category", ["1", "2"])
    @pytest.mark.parametrize("reported", ["not_needed", "referred", "already_known"])
    def test_abuse_cannot_be_the_category_and_not_be_suspected(self, category, reported):
        refused = ["cspr_referral"] if (category, reported) == ("1", "not_needed") else []
        assert self.to_mend(category_primary=category, cspr_referral=reported) == refused
