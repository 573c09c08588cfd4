"""Statutory forms as readable files: short forms written out into FormSchema data."""

from pathlib import Path
from typing import Any, get_args

import yaml

from forms.schema import Comparison

FOLDER = Path(__file__).parent
COMPARISONS = get_args(Comparison)


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != "lists")


def read(name: str) -> dict[str, Any]:
    """The definition file `name` as the data of a FormSchema."""
    lists = yaml.safe_load((FOLDER / "lists.yaml").read_text())
    data = yaml.safe_load((FOLDER / f"{name}.yaml").read_text())
    data["pages"] = [_page(page, lists) for page in data.get("pages", [])]
    data["rules"] = [rule | {"refuse_if": _condition(rule["refuse_if"])} for rule in data.get("rules", [])]
    return data


def unconfirmed(name: str) -> list[str]:
    """Keys of the questions that must be checked against the current national form."""
    data = yaml.safe_load((FOLDER / f"{name}.yaml").read_text())
    return [question["key"] for page in data["pages"] for question in page["questions"] if question.get("confirm")]


def _page(page: dict[str, Any], lists: dict[str, Any]) -> dict[str, Any]:
    written = page | {"questions": [_question(question, lists) for question in page.get("questions", [])]}
    return written | ({"show_if": _condition(page["show_if"])} if "show_if" in page else {})


def _question(question: dict[str, Any], lists: dict[str, Any]) -> dict[str, Any]:
    written = {name: value for name, value in question.items() if name != "confirm"}
    if "choices" in written:
        choices = written["choices"]
        codes = lists[choices] if isinstance(choices, str) else choices
        written["choices"] = [{"code": code, "label": label} for code, label in codes.items()]
    if "show_if" in written:
        written["show_if"] = _condition(written["show_if"])
    if "questions" in written:
        written["questions"] = [_question(child, lists) for child in written["questions"]]
    return written


def _condition(tests: list[dict[str, str]] | dict[str, list[dict[str, str]]]) -> dict[str, Any]:
    join, tests = next(iter(tests.items())) if isinstance(tests, dict) else ("all", tests)
    return {"join": join, "tests": [_test(test) for test in tests]}


def _test(test: dict[str, str]) -> dict[str, str]:
    comparison = next(name for name in test if name in COMPARISONS)
    rest = {name: value for name, value in test.items() if name != comparison}
    return rest | {"comparison": comparison, "value": str(test[comparison])}
