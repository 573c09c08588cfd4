"""HL7 FHIR R4: a form as a Questionnaire, answers as a QuestionnaireResponse."""

from forms.exchange.fhir.losses import LOSSES
from forms.exchange.fhir.read import read
from forms.exchange.fhir.responses import answers_in, response_of
from forms.exchange.fhir.write import questionnaire, write

__all__ = ["LOSSES", "answers_in", "questionnaire", "read", "response_of", "write"]
