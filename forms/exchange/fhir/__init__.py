"""HL7 FHIR R4: a form as a Questionnaire, answers as a QuestionnaireResponse."""

from forms.exchange.fhir.attachments import Attached
from forms.exchange.fhir.losses import LOSSES
from forms.exchange.fhir.read import read
from forms.exchange.fhir.responses import answers_in, declared, response_of
from forms.exchange.fhir.terms import DECLARATION
from forms.exchange.fhir.write import questionnaire, write

__all__ = [
    "DECLARATION",
    "LOSSES",
    "Attached",
    "answers_in",
    "declared",
    "questionnaire",
    "read",
    "response_of",
    "write",
]
