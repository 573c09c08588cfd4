"""The names FHIR uses: extensions, code systems, item types."""

HL7 = "http://hl7.org/fhir/StructureDefinition/"
CONTROL = HL7 + "questionnaire-itemControl"
HIDDEN = HL7 + "questionnaire-hidden"
CONTROL_SYSTEM = "http://hl7.org/fhir/questionnaire-item-control"
UNIT = HL7 + "questionnaire-unit"
MIN_VALUE, MAX_VALUE, PLACES = HL7 + "minValue", HL7 + "maxValue", HL7 + "maxDecimalPlaces"
MIN_OCCURS, MAX_OCCURS = HL7 + "questionnaire-minOccurs", HL7 + "questionnaire-maxOccurs"
# Ours. A URN, since a deployment's own address must not change what a file means.
NOTE = "urn:cdop:note"
FORM = "urn:cdop:form"
DECLARATION = "urn:cdop:declaration"
DATA_ITEM = "urn:cdop:data-item"
YES_NO = "urn:cdop:yes-no"
CODES = "urn:cdop:codes"
YES_NO_SETS = {"yes-no": [], "yes-no-na": ["not_applicable"]}

TYPES = {
    "short_text": "string",
    "long_text": "text",
    "whole_number": "integer",
    "decimal_number": "decimal",
    "date": "date",
    "time": "time",
    "radios": "choice",
    "select": "choice",
    "checkboxes": "choice",
    "yes_no": "choice",
    "declaration": "boolean",
    "hidden": "string",
    "upload": "attachment",
    "information": "display",
    "repeat": "group",
}
CONTROLS = {"radios": "radio-button", "select": "drop-down", "checkboxes": "check-box", "declaration": "check-box"}
