"""Who and what is known in a case before anything that was written about it is scanned."""

import pytest

from forms.services import receive
from tests.notifying import invented_answers
from tests.workflow.asking import ask, publish_forms
from workflow.models import Case
from workflow.packs.people import agency_role, known_of

pytestmark = pytest.mark.django_db
ANSWERS = {
    "child_first_names": "Daffodil Rose",
    "child_family_name": "Imaginary",
    "child_other_names": "Daffy",
    "alternative_postcode": "ZZ99 9ZZ",
    "mother_nhs_number": "9990000026",
    "gp_practice": "Elsewhere Surgery",
    "school_setting": "Nowhere Primary School",
    "key_worker_name": "Kay Worker",
    "key_worker_phone": "01632 960 123",
    "address": {"line1": "1 Made Up Street", "line2": "Flat 2", "town": "Nowhere"},
    "family": [
        {"id": "a", "name": "Jane Imaginary", "relationship": "mother"},
        {"id": "b", "name": "Tom Imaginary", "relationship": "sibling"},
        {"id": "c", "name": "Al Lodger", "relationship": "other"},
    ],
    "professionals": [
        {"id": "d", "agency_type": "health_visiting", "org": "Nowhere Visitors", "name": "Ann Oakley",
         "phone": "01632 960 456"},
        {"id": "e", "agency_type": "voluntary", "org": "A Charity", "name": "Vol Unteer"},
    ],
}  # fmt: skip


@pytest.fixture
def known(notification, roles):
    answers = invented_answers(**ANSWERS)
    return known_of(Case.objects.get(submissions__submission=receive(notification, answers)))


def roles_of(named):
    return {each.name.strip(): each.role for each in named}


def test_the_family_is_known_by_relationship(known):
    found = roles_of(known.people)
    assert found["Daffodil Rose Imaginary"] == found["Daffy"] == "the child"
    assert found["Jane Imaginary"] == "the mother"
    assert found["Tom Imaginary"] == "the sibling"
    assert found["Al Lodger"] == "[name]"
    assert "Imaginary" not in found


def test_professionals_are_known_by_the_kind_of_their_agency(known):
    found = roles_of(known.people)
    assert found["Ann Oakley"] == "the health visitor"
    assert found["Vol Unteer"] == found["Invented Registrar"] == "the professional"
    assert found["Kay Worker"] == "the key worker"


def test_places_organisations_and_numbers_are_known(known):
    found = roles_of(known.places)
    assert found["Nowhere Primary School"] == "the school"
    assert found["Elsewhere Surgery"] == "the GP practice"
    assert found["Nowhere Visitors"] == "the health visiting service"
    assert found["A Charity"] == "the voluntary organisation"
    assert set(known.addresses) == {"1 Made Up Street", "Flat 2", "Nowhere"}
    assert set(known.postcodes) == {"ZZ99 3WZ", "ZZ99 9ZZ"}
    assert {"9990000018", "9990000026", "01632 960 123", "01632 960 456"} <= set(known.numbers)


def test_who_was_asked_is_known_too(case, person):
    publish_forms()
    ask(case, person("Coordinator"), name="Nowhere Practice")
    known = known_of(case)
    assert roles_of(known.people)["Invented Doctor"] == "the GP"
    assert roles_of(known.places)["Nowhere Practice"] == "the GP practice"


def test_what_was_not_answered_is_nobodys_name(notification, roles):
    answers = invented_answers(gp_practice="not_known", key_worker_name="not_known", postcode="not_known")
    known = known_of(Case.objects.get(submissions__submission=receive(notification, answers)))
    assert "not_known" not in {*roles_of(known.people), *roles_of(known.places), *known.postcodes}


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        ("police", "the police"),
        ("social_care", "children’s social care"),
        ("gp", "the GP practice"),
        ("voluntary", "the voluntary organisation"),
        ("other", "the organisation"),
        ("", "the organisation"),
        ("unheard of", "the organisation"),
    ],
)
def test_an_agency_is_called_by_its_kind(kind, role):
    assert agency_role(kind) == role
