"""Who is known in a case: everybody whom an answer, a request or the identity of the child names."""

from collections.abc import Iterator
from typing import Any

from forms.conditions import as_date
from forms.definitions import code_list
from forms.models import Submission
from forms.schema import Answers, Question
from workflow.family.selectors import family_of, words_of
from workflow.models import Case, InformationRequest
from workflow.packs.known import Known, Named

CHILD, SOMEBODY, PROFESSIONAL = "the child", "[name]", "the professional"
ORGANISATION = "the organisation"
RELATIVES = {
    "mother": "the mother", "father": "the father", "step_parent": "the step-parent",
    "partner_of_parent": "the parent’s partner", "foster_carer": "the foster carer", "guardian": "the guardian",
    "grandparent": "the grandparent", "sibling": "the sibling", "half_sibling": "the half-sibling",
}  # fmt: skip
PROFESSIONALS = {
    "gp": "the GP", "midwifery": "the midwife", "health_visiting": "the health visitor",
    "school_nursing": "the school nurse", "acute_trust": "the hospital doctor", "neonatal_unit": "the neonatal doctor",
    "tertiary": "the specialist", "community_paediatrics": "the community paediatrician",
    "ambulance": "the paramedic", "social_care": "the social worker", "police": "the police officer",
    "education": "the teacher", "coroner": "the coroner’s officer",
}  # fmt: skip
OTHER_NAMES = "child_other_names"
FIRST_NAMES, FAMILY_NAME = "child_first_names", "child_family_name"
NAMES = {"key_worker_name": "the key worker"}
SERVICES = {
    "gp": "the GP practice", "midwifery": "the midwifery service", "health_visiting": "the health visiting service",
    "school_nursing": "the school nursing service", "acute_trust": "the hospital",
    "community_paediatrics": "the community paediatric service", "camhs": "the child mental health service",
    "social_care": "children’s social care", "early_help": "the early help service", "education": "the school",
    "early_years": "the nursery", "housing": "the housing service", "probation": "the probation service",
    "youth_justice": "the youth justice service",
}  # fmt: skip
PLACES = {
    "school_setting": "the school", "gp_practice": "the GP practice", "place_of_death_name": "the place of death",
    "event_place_name": "the place of the event",
}  # fmt: skip
NUMBERS = ("nhs_number", "phone")
UNKNOWN = {None, "", "not_known", "not_applicable"}


class Gathered:
    def __init__(self) -> None:
        self.people: set[Named] = set()
        self.places: set[Named] = set()
        self.addresses: set[str] = set()
        self.postcodes: set[str] = set()
        self.numbers: set[str] = set()

    def organisation(self, name: Any, kind: str) -> None:
        if name not in UNKNOWN:
            self.places.add(Named(str(name), agency_role(kind)))

    def address(self, value: Any) -> None:
        if isinstance(value, dict):
            self.addresses |= {value[part] for part in ("line1", "line2", "town") if value.get(part)}


def known_of(case: Case) -> Known:
    """Everybody and everything that a passage about this case may name."""
    found = Gathered()
    details = case.identity.details if hasattr(case, "identity") else {}
    names = [details.get("first_names") or "", details.get("family_name") or ""]
    found.people.add(Named(" ".join(names), CHILD))
    found.numbers.add(details.get("nhs_number") or "")
    found.postcodes.add(details.get("postcode") or "")
    for received in case.submissions.select_related("submission__version__form"):
        _from_submission(received.submission, found)
    for request in case.requests.select_related("agency"):
        _from_request(request, found)
    _from_family(case, found)
    return Known(
        people=tuple(sorted(found.people, key=str)),
        places=tuple(sorted(found.places, key=lambda place: (place.role == ORGANISATION, place.name, place.role))),
        addresses=tuple(sorted(found.addresses)),
        postcodes=tuple(sorted(found.postcodes - {"", "not_known", "not_applicable"})),
        numbers=tuple(sorted(found.numbers - {""})),
        born=as_date(details.get("date_of_birth")),
        died=as_date(details.get("date_of_death")) or case.died_on,
    )


def _from_request(request: InformationRequest, found: Gathered) -> None:
    recipient, kind = request.recipient, request.agency.kind
    found.organisation(request.agency.name, kind)
    found.people.add(Named(recipient.get("name") or "", PROFESSIONALS.get(kind, PROFESSIONAL)))
    found.numbers |= {recipient.get("phone") or "", request.agency.phone}


def _from_family(case: Case, found: Gathered) -> None:
    key_worker = family_of(case).key_worker
    found.people.add(Named(key_worker.get("name", ""), NAMES["key_worker_name"]))
    for words in words_of(case):
        found.people.add(Named(words.given_by["name"], f"the {words.given_by['who'].lower()}"))


def _from_submission(submission: Submission, found: Gathered) -> None:
    answers = submission.all_answers()
    for question in submission.definition.questions():
        for asked, value, beside in _flat(question, answers):
            if value not in UNKNOWN if isinstance(value, str | None) else True:
                _take(asked, value, beside, found)


def _flat(question: Question, answers: Answers) -> Iterator[tuple[Question, Any, Answers]]:
    """Every answer with the answers beside it: those of the same item, in a group."""
    if question.kind == "repeat":
        for each in answers.get(question.key) or []:
            yield from ((part, each.get(part.key), each) for part in question.questions)
    else:
        yield question, answers.get(question.key), answers


def _take(question: Question, value: Any, beside: Answers, found: Gathered) -> None:
    kind = question.kind
    if question.key in (FIRST_NAMES, FAMILY_NAME):
        found.people.add(Named(f"{beside.get(FIRST_NAMES) or ''} {beside.get(FAMILY_NAME) or ''}", CHILD))
    elif question.key == OTHER_NAMES:
        found.people.add(Named(value, CHILD))
    elif kind == "full_name":
        found.people.add(Named(value, _role(question, beside)))
    elif kind == "address":
        found.address(value)
    elif kind == "postcode":
        found.postcodes.add(value)
    elif kind in NUMBERS:
        found.numbers.add(value)
    elif kind == "short_text" and question.sensitivity in ("I", "P"):
        _take_words(question, value, beside, found)


def _take_words(question: Question, value: str, beside: Answers, found: Gathered) -> None:
    """A place, an organisation, or a professional of a group; what somebody’s role is, is no name."""
    if question.autocomplete == "organization" or question.key in ("org", "agency"):
        found.organisation(value, _kind(beside))
    elif question.key in PLACES:
        found.places.add(Named(value, PLACES[question.key]))
    elif question.key == "name":
        found.people.add(Named(value, _role(question, beside)))


def _role(question: Question, beside: Answers) -> str:
    if question.key in NAMES:
        return NAMES[question.key]
    if relationship := beside.get("relationship"):
        return RELATIVES.get(relationship, SOMEBODY)
    return PROFESSIONALS.get(_kind(beside), PROFESSIONAL)


def _kind(beside: Answers) -> str:
    return str(beside.get("agency_type") or beside.get("notifier_agency_type") or "")


def agency_role(kind: str) -> str:
    """An agency by its kind, inside a sentence: “the health visiting service”, “the police”."""
    if kind in SERVICES:
        return SERVICES[kind]
    label = code_list("agency_type").get(kind, "")
    return f"the {label[0].lower() + label[1:]}" if label and kind != "other" else ORGANISATION
