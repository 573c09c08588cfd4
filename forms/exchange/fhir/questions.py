"""Items of a Questionnaire that ask something, as questions."""

from typing import Any

from forms.exchange.fhir.attachments import read_limits
from forms.exchange.fhir.terms import (
    CONTROL,
    MAX_OCCURS,
    MAX_VALUE,
    MIN_VALUE,
    PLACES,
    UNIT,
    YES_NO_SETS,
)
from forms.exchange.findings import Finding
from forms.exchange.richtext import paragraphs
from forms.schema import Choice, Question

Item = dict[str, Any]
Sets = dict[str, list[Choice]]
KINDS = {
    "string": "short_text",
    "text": "long_text",
    "url": "short_text",
    "integer": "whole_number",
    "decimal": "decimal_number",
    "date": "date",
    "dateTime": "date",
    "time": "time",
    "choice": "radios",
    "open-choice": "radios",
    "boolean": "yes_no",
    "attachment": "upload",
    "display": "information",
}
ODDITIES = {
    "dateTime": "Only the date is asked here, without the time.",
    "open-choice": "Only the answers offered can be chosen here, without one’s own words.",
    "boolean": "Asked as yes, no or not known.",
    "url": "Asked as plain text.",
}
UNKNOWN = {"initial": "an initial answer", "readOnly": "“read only”", "enableWhenExpression": "an expression"}


def extension(item: Item, url: str, value: str) -> Any:
    extensions = item.get("extension")
    found = extensions if isinstance(extensions, list) else []
    return next((each.get(value) for each in found if isinstance(each, dict) and each.get("url") == url), None)


def control(item: Item) -> str:
    concept = extension(item, CONTROL, "valueCodeableConcept")
    codings = concept.get("coding") if isinstance(concept, dict) else None
    return str(codings[0].get("code", "")) if isinstance(codings, list) and codings else ""


def read_sets(resource: Item) -> dict[str, list[Choice]]:
    """The choices of every contained value set, by its id."""
    sets = {}
    for contained in resource.get("contained") or []:
        if isinstance(contained, dict) and contained.get("resourceType") == "ValueSet":
            expanded = (contained.get("expansion") or {}).get("contains") or []
            included = (contained.get("compose") or {}).get("include") or []
            concepts = [*expanded, *(concept for each in included for concept in each.get("concept") or [])]
            sets[f"#{contained.get('id')}"] = [choice for each in concepts if (choice := _choice(each))]
    return sets


def question_of(
    item: Item, key: str, sets: dict[str, list[Choice]], place: str, findings: list[Finding]
) -> Question | None:
    """The question of an item, without condition, hint and members; None, and a finding, when there is none here."""
    kind = KINDS.get(str(item.get("type")))
    text = str(item.get("text") or "")
    if kind is None:
        findings.append(Finding(place, f"Items of the type “{item.get('type')}” have no counterpart here."))
        return None
    if kind == "information":
        return Question(kind=kind, key=key, body=paragraphs(text))
    _leave_out(item, place, findings)
    fields: dict[str, Any] = {"kind": kind, "key": key, "label": text or key, "sensitivity": "I"}
    fields["required"] = "mandatory" if item.get("required") is True else "optional"
    if kind == "radios":
        fields |= _chosen(item, sets, place, findings)
    elif kind == "upload":
        fields |= read_limits(item, place, findings) | _how_many(item)
    elif item.get("repeats"):
        findings.append(Finding(place, "It may be answered several times; here it is asked once."))
    if kind == "yes_no" and control(item) == "check-box":
        fields["kind"] = "declaration"
    elif str(item.get("type")) in ODDITIES:
        findings.append(Finding(place, ODDITIES[str(item.get("type"))]))
    return Question(**fields, **_limits(item))


def _limits(item: Item) -> dict[str, Any]:
    most = item.get("maxLength")
    found: dict[str, Any] = {"max_length": most} if isinstance(most, int) and most > 0 else {}
    for url, name in ((MIN_VALUE, "minimum"), (MAX_VALUE, "maximum")):
        limit = extension(item, url, "valueInteger")
        limit = extension(item, url, "valueDecimal") if limit is None else limit
        if isinstance(limit, int | float) and not isinstance(limit, bool):
            found[name] = float(limit)
    if isinstance(places := extension(item, PLACES, "valueInteger"), int):
        found["decimal_places"] = places
    unit = extension(item, UNIT, "valueCoding")
    if isinstance(unit, dict):
        found["unit"] = str(unit.get("display") or unit.get("code") or "")[:20]
    return found


def _how_many(item: Item) -> dict[str, Any]:
    """How many files: one, as many as it says, or as many as an upload question takes unless an editor says so."""
    if not item.get("repeats"):
        return {"max_files": 1}
    most = extension(item, MAX_OCCURS, "valueInteger")
    return {"max_files": most} if isinstance(most, int) and 1 <= most <= 20 else {}


def _chosen(item: Item, sets: dict[str, list[Choice]], place: str, findings: list[Finding]) -> dict[str, Any]:
    address = str(item.get("answerValueSet") or "")
    if address.removeprefix("#") in YES_NO_SETS and address in sets:
        return {"kind": "yes_no", "unknown": YES_NO_SETS[address.removeprefix("#")]}
    options = item.get("answerOption") or []
    choices = sets.get(address) or [choice for each in options if (choice := _choice(each))]
    if not choices:
        findings.append(Finding(place, f"Its answers are not in the file ({address or 'none given'}). Add them here."))
    unique = list({choice.code: choice for choice in choices}.values())
    if len(unique) < len(choices):
        findings.append(Finding(place, "Answers with the same code were joined."))
    kind = (
        "checkboxes"
        if item.get("repeats")
        else "select"
        if control(item) in ("drop-down", "autocomplete")
        else "radios"
    )
    return {"kind": kind, "choices": unique}


def _choice(option: Any) -> Choice | None:
    """An answer to choose: a coding, a text or a number."""
    if not isinstance(option, dict):
        return None
    value = next((each for name, each in option.items() if name.startswith("value")), option)
    coding = value if isinstance(value, dict) else {"code": str(value)}
    code = str(coding.get("code") or coding.get("display") or "")[:80]
    return Choice(code=code, label=str(coding.get("display") or code)) if code else None


def _leave_out(item: Item, place: str, findings: list[Finding]) -> None:
    for name, words in UNKNOWN.items():
        if item.get(name):
            findings.append(Finding(place, f"It has {words}, which was left out."))
