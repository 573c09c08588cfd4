"""The shipped notification form asks what the field dictionary lists (forms.md §1), line by line."""

import pytest

from forms.definitions import read, unconfirmed
from forms.schema import Condition, FormSchema, Question

# What each column means: the kind; M must be answered, W reminds if blank, O optional; when it is asked; sensitivity
# (I identifies child or family, P a professional, S special category, N none); whether it is still to be confirmed
# against the national form. A place is sealed by its name; its type is one of a short list, and needed for counts.
NEWBORN, INFANT = "date_of_birth age_under 28 days date_of_death", "date_of_birth age_under 1 years date_of_death"
BORN_DYING = (
    "date_of_birth age_under 1 days date_of_death; "
    "place_of_death_type any_of home, other_private_residence, public_place, other"
)
FIELDS = f"""
notifier_name             | full_name    | M |                                              | P |
notifier_role             | short_text   | M |                                              | P |
notifier_agency           | short_text   | M |                                              | P |
notifier_agency_type      | select       | W |                                              | N | confirm
notifier_email            | email        | M |                                              | P |
notifier_phone            | phone        | W |                                              | P |
already_notified          | yes_no       | O |                                              | N |
child_first_names         | full_name    | M |                                              | I |
child_family_name         | full_name    | M |                                              | I |
child_other_names         | short_text   | O |                                              | I |
nhs_number                | nhs_number   | O |                                              | I |
nhs_number_missing_reason | radios       | M | nhs_number not_answered                      | N |
date_of_birth             | date         | M |                                              | I |
time_of_birth             | time         | W | {NEWBORN}                                    | I | confirm
date_of_death             | date         | M |                                              | I |
time_of_death             | time         | W |                                              | I |
sex                       | radios       | M |                                              | N | confirm
gender_identity_differs   | yes_no       | O | date_of_birth age_at_least 10 years date_of_death | S | confirm
gender_identity           | short_text   | O | gender_identity_differs is yes               | S | confirm
ethnicity                 | lookup       | W |                                              | S | confirm
religion                  | short_text   | O |                                              | S | confirm
first_language            | short_text   | O |                                              | S | confirm
interpreter_needed        | yes_no       | O |                                              | S | confirm
address                   | address      | M |                                              | I |
postcode                  | postcode     | M |                                              | I |
alternative_postcode      | postcode     | O |                                              | I |
normally_resident_here    | yes_no       | M |                                              | N |
gp_practice               | short_text   | W |                                              | P |
school_setting            | short_text   | O | date_of_birth age_at_least 2 years date_of_death | I |
legal_status              | checkboxes   | W |                                              | S |
family                    | repeat       | W |                                              | I |
family.name               | full_name    | M |                                              | I |
family.dob                | date         | O |                                              | I |
family.sex                | select       | O |                                              | I |
family.relationship       | select       | M |                                              | I |
family.address_if_different | address    | O |                                              | I |
family.parental_responsibility | yes_no  | O |                                              | I |
carer_at_death            | short_text   | W |                                              | I |
mother_nhs_number         | nhs_number   | W | {INFANT}                                     | I | confirm
family_aware_of_cdr       | yes_no       | W |                                              | N | confirm
family_aware_of_cdr_on    | date         | O | family_aware_of_cdr is yes                   | I | confirm
key_worker_name           | full_name    | W |                                              | P | confirm
key_worker_phone          | phone        | W | key_worker_name answered; key_worker_name is_not not_known | P | confirm
key_worker_email          | email        | W | key_worker_name answered; key_worker_name is_not not_known | P | confirm
sibling_concerns          | yes_no       | M |                                              | S | confirm
sibling_concerns_detail   | long_text    | W | sibling_concerns is yes                      | S | confirm
place_of_death_type       | select       | M |                                              | S | confirm
country                   | lookup       | M | place_of_death_type is abroad                | N | confirm
event_place_type          | select       | W | event_elsewhere is yes                       | S | confirm
event_place_name          | short_text   | W | event_elsewhere is yes                       | I |
expected                  | radios       | M |                                              | N |
circumstances             | long_text    | M |                                              | S |
suspected_stillbirth_at_home | yes_no    | M | {BORN_DYING}                                 | S |
professional_attended_birth | yes_no     | M | {BORN_DYING}; suspected_stillbirth_at_home is yes | N | confirm
gestation_weeks           | whole_number | W | {INFANT}                                     | S | confirm
birth_weight_g            | whole_number | W | {INFANT}                                     | S | confirm
suspected_cause           | checkboxes   | W |                                              | S | confirm
mccd_issued               | yes_no       | W |                                              | S |
mccd_ia                   | short_text   | O | mccd_issued is yes                           | S |
mccd_ib                   | short_text   | O | mccd_issued is yes                           | S |
mccd_ic                   | short_text   | O | mccd_issued is yes                           | S |
mccd_ii                   | short_text   | O | mccd_issued is yes                           | S |
coroner_informed          | yes_no       | M |                                              | N |
coroner_area              | short_text   | M | coroner_informed is yes                      | N |
post_mortem               | radios       | M |                                              | N |
jar_required              | yes_no       | M |                                              | N | confirm
jar_criteria              | checkboxes   | O |                                              | N | confirm
jar_lead_name             | full_name    | O | jar_required is yes                          | P | confirm
jar_lead_phone            | phone        | O | jar_required is yes                          | P | confirm
investigations            | checkboxes   | W |                                              | S |
bereavement_support       | short_text   | O |                                              | N |
professionals             | repeat       | M |                                              | P |
professionals.agency_type | select       | M |                                              | P | confirm
professionals.name        | full_name    | O |                                              | P |
professionals.role        | short_text   | O |                                              | P |
professionals.org         | short_text   | M |                                              | P |
professionals.email       | email        | O |                                              | P |
professionals.phone       | phone        | O |                                              | P |
professionals.send_reporting_form | yes_no | O |                                            | P |
professionals.supplementary | checkboxes | O |                                              | P |
ncmd_alert                | yes_no       | W |                                              | S | confirm
ncmd_alert_reason         | long_text    | M | ncmd_alert is yes                            | S | confirm
"""
CODES = {
    "sex": "male female indeterminate not_known",
    "ethnicity": "white_british white_irish white_gypsy_irish_traveller white_roma white_other "
    "mixed_white_black_caribbean mixed_white_black_african mixed_white_asian mixed_other asian_indian asian_pakistani "
    "asian_bangladeshi asian_chinese asian_other black_african black_caribbean black_other arab other not_stated "
    "not_known",
    "place_of_death_type": "emergency_department paediatric_ward neonatal_unit intensive_care delivery_suite theatre "
    "adult_ward hospital_other home other_private_residence foster_home residential_care public_place school hospice "
    "mental_health_inpatient custody abroad other not_known",
    "professionals.agency_type": "gp midwifery health_visiting school_nursing acute_trust neonatal_unit tertiary "
    "community_paediatrics camhs ambulance hospice social_care early_help police education early_years coroner housing "
    "probation youth_justice substance_misuse voluntary other",
    "family.relationship": "mother father step_parent partner_of_parent foster_carer guardian grandparent sibling "
    "half_sibling other",
    "nhs_number_missing_reason": "not_currently_available child_non_resident_in_england",
    "legal_status": "none looked_after child_protection_plan child_in_need care_leaver asylum_seeking unaccompanied "
    "youth_custody mha_detained not_known",
    "expected": "expected unexpected not_known",
    "suspected_cause": "medical perinatal sudi_c drowning vehicle fire poisoning fall suspected_suicide violence other "
    "not_known",
    "post_mortem": "yes limited no pending not_known",
    "jar_criteria": "external_causes sudden_no_cause custody_or_detained suspicion_not_natural unattended_stillbirth",
    "investigations": "none police psirf mnsi pmrt cspr_rapid_review ledr hse other",
    "professionals.supplementary": "asthma_anaphylaxis cardiac care_pathway cgca dka drowning epilepsy fire_burns "
    "infection life_limiting neonatal oncology poisoning substance sud suicide trauma_fall vehicle violence",
}
NEEDED = {"mandatory": "M", "warn": "W", "optional": "O"}
FORM = FormSchema.model_validate(read("notification"))
ROWS = [[cell.strip() for cell in line.split("|")] for line in FIELDS.strip().splitlines()]


def in_words(*conditions: Condition) -> str:
    tests = [test for condition in conditions for test in condition.tests]
    cells = [(test.question, test.comparison, test.value, test.unit, test.other) for test in tests]
    return "; ".join(" ".join(cell for cell in each if cell) for each in cells)


def asked() -> dict[str, tuple[Question, str]]:
    """Every question by its name ("group.key" inside a repeat group), and when it is asked."""
    found = {}
    for page in FORM.pages:
        for question in page.questions:
            found[question.key] = question, in_words(page.show_if, question.show_if)
            found |= {f"{question.key}.{part.key}": (part, in_words(part.show_if)) for part in question.questions}
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_field_of_the_dictionary_is_asked_as_it_says(row):
    key, kind, needed, when, sensitivity = row[:5]
    question, condition = asked()[key]
    assert (question.kind, NEEDED[question.required], condition, question.sensitivity) == (
        kind,
        needed,
        when,
        sensitivity,
    )
    assert (key in unconfirmed("notification")) == (row[5:] == ["confirm"])


def test_nothing_is_asked_beyond_the_dictionary():
    ours = {"event_elsewhere", "place_of_death_name", "place_in_area", "act_now_advice"}
    assert asked().keys() - ours == {row[0] for row in ROWS}


def test_the_place_is_asked_by_name_unless_it_is_home_or_not_known():
    question, when = asked()["place_of_death_name"]
    assert (question.required, question.sensitivity) == ("mandatory", "I")
    assert when == (
        "place_of_death_type answered; place_of_death_type is_not home; place_of_death_type is_not not_known"
    )


def test_whether_the_place_is_in_our_area_is_asked_unless_it_is_abroad():
    question, when = asked()["place_in_area"]
    assert (question.kind, question.required, question.sensitivity) == ("yes_no", "warn", "N")
    assert when == "place_of_death_type is_not abroad"
    assert "place_in_area" in unconfirmed("notification")


@pytest.mark.parametrize("key", CODES)
def test_a_code_list_holds_the_codes_of_the_dictionary(key):
    assert [choice.code for choice in asked()[key][0].choices] == CODES[key].split()


@pytest.mark.parametrize(("key", "limits"), [("gestation_weeks", (20, 44)), ("birth_weight_g", (200, 6500))])
def test_numbers_have_the_range_of_the_dictionary(key, limits):
    question, _ = asked()[key]
    assert (question.minimum, question.maximum) == limits


def test_at_least_one_professional_is_needed_and_the_sender_declares():
    assert asked()["professionals"][0].min_items == 1
    assert FORM.declaration
    assert FORM.acknowledge == "notifier_email"


def test_the_first_thing_asked_is_whether_another_child_is_in_danger():
    assert [question.key for question in FORM.pages[0].questions] == ["sibling_concerns"]
    assert FORM.pages[1].questions[0].key == "act_now_advice"


def test_every_question_says_what_to_do_when_it_is_missing():
    named = [question for question, _ in asked().values() if question.required == "mandatory"]
    own = ("short_text", "full_name", "long_text", "date", "email")
    assert [question.key for question in named if question.kind in own and not question.error] == []
