"""Items of a Questionnaire that ask something, as questions."""

from typing import Any

from forms.exchange.fhir.attachments import read_limits
from forms.exchange.fhir.terms import (
    CONTROL,
    HIDDEN,
    MAX_OCCURS,
    MAX_VALUE,
    MIN_VALUE,
    PLACES,
    UNIT,
    YES_NO_SETS,
)
from forms.exchange.findings import NOT_BEFOREHAND, Finding
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
UNKNOWN = {"readOnly": "“read only”"}


def extension(item: Item, url: str, value: str) -> Any:
    extensions = item.get("extension")
    found = extensions if isinstance(extensions, list) else []
    return next((each.get(value) for each in found if isinstance(each, dict) and each.get("url") == url), None)


def control(item: Item) -> str:
    concept = extension(item, CONTROL, "valueCodeableConcept")
    codings = concept.get("coding") if isinstance(concept, dict) else None
    return str(codings[0].get("code", "")) if isinstance(codings, list) and codings else ""


def is_hidden(item: Item) -> bool:
    return extension(item, HIDDEN, "valueBoolean") is True


def read_sets(resource: Item) -> Sets:
    """The choices of every contained value set, by its id."""
    sets = {}
    for contained in resource.get("contained") or []:
        if isinstance(contained, dict) and contained.get("resourceType") == "ValueSet":
            expanded = (contained.get("expansion") or {}).get("contains") or []
            included = (contained.get("compose") or {}).get("include") or []
            concepts = [*expanded, *(concept for each in included for concept in each.get("concept") or [])]
            sets[f"#{contained.get('id')}"] = [choice for each in concepts if (choice := _choice(each))]
    return sets


def question_of(item: Item, key: str, sets: Sets, place: str, findings: list[Finding]) -> Question | None:
    """The question of an item, without condition, hint and members; None, and a finding, when there is none here."""
    kind = KINDS.get(str(item.get("type")))
    text = str(item.get("text") or "")
    if kind is None:
        findings.append(Finding(place, f"Items of the type “{item.get('type')}” have no counterpart here."))
        return None
    if kind == "information":
        return Question(kind=kind, key=key, body=paragraphs(text))
    _leave_out_expressions(item, place, findings)
    fields: dict[str, Any] = {"key": key, "label": text or key, "sensitivity": "I"} | _limits(item)
    if is_hidden(item) and kind != "upload":
        return Question(kind="hidden", initial=_initial(item, place, findings), **fields)
    return Question(**fields | _asked(item, kind, sets, place, findings))


def _asked(item: Item, kind: str, sets: Sets, place: str, findings: list[Finding]) -> dict[str, Any]:
    """The fields of a question that people answer, but for its words."""
    _leave_out(item, place, findings)
    fields: dict[str, Any] = {"kind": kind, "required": "mandatory" if item.get("required") is True else "optional"}
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
    return fields


def _initial(item: Item, place: str, findings: list[Finding]) -> str:
    """The first answer that an item has from the start, as it would be stored; empty when there is none."""
    options = [each for each in _objects(item.get("answerOption")) if each.get("initialSelected")]
    given = [*_objects(item.get("initial")), *options]
    if len(given) > 1:
        findings.append(Finding(place, "It has several initial answers; only the first is kept."))
    value = next((each for name, each in given[0].items() if name.startswith("value")), None) if given else None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        value = value.get("code") or value.get("display")
    if given and not isinstance(value, str | int | float):
        findings.append(Finding(place, "Its initial answer was not understood and was left out."))
        return ""
    return "" if value is None else str(value)


def _objects(found: Any) -> list[Item]:
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


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


def _chosen(item: Item, sets: Sets, place: str, findings: list[Finding]) -> dict[str, Any]:
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
    chosen = any(each.get("initialSelected") for each in _objects(item.get("answerOption")))
    if item.get("initial") or chosen:
        findings.append(Finding(place, NOT_BEFOREHAND))


def _leave_out_expressions(item: Item, place: str, findings: list[Finding]) -> None:
    """What is worked out elsewhere by FHIRPath, as the guide on structured data capture (SDC) has it."""
    urls = [str(each.get("url", "")) for each in _objects(item.get("extension"))]
    if any(url.endswith("Expression") for url in urls):
        findings.append(Finding(place, "It has an expression, which was left out."))
