"""Statutory forms as readable files: short forms written out into FormSchema data.

A file is a FormSchema in YAML with these short forms:

- `choices: name` is a list of lists.yaml; otherwise `code: label`, or `code: {label: …, hint: …, show_if: …}`.
- `show_if: [tests]` holds when all tests do, `show_if: {any: [tests]}` when any does; a test reads `question: key` and
  `is: code` (or another comparison in place of `is`). So does `where` in a `calculation`.
- `triggers:` are such conditions on answers to the notification or the reporting form; each proposes the form.
- `include: key` is a page of shared.yaml; what is written beside it replaces what the page says, and its rules
  join those of the form. `head: key` at the top takes the head of a form from there in the same way.
- `defaults:` in the head is what every question of the file's own pages says unless it says otherwise.
- `confirm: true` marks what must be checked against the current national form before it is relied on: a question, a
  test in the `show_if` of a page, a list of lists.yaml, or one code. `notes` of a list say where its codes come from.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from content.definitions import parsed
from forms.schema import Comparison

FOLDER = Path(__file__).parent
SHARED = ("lists", "shared")
COMPARISONS = get_args(Comparison)
# A condition: tests of which all must hold, or such a list by how it is joined.
Written = list[dict[str, Any]] | dict[str, list[dict[str, Any]]]


def names() -> list[str]:
    """The slugs of the forms that ship, each the name of a file."""
    return sorted(_files())


def read(name: str, name_lists: bool = False) -> dict[str, Any]:
    """The definition file `name` as the data of a FormSchema.

    With `name_lists` a question that takes its answers from lists.yaml has the name of the `list` and no `choices`,
    as an editor sets it up; unless some are offered only sometimes, which a shared list does not say.
    """
    data = _whole(name)
    written = {key: value for key, value in data.items() if key != "defaults"}
    pages = _pages(data)
    rules = [rule for part in (*pages, data) for rule in part.get("rules", [])]
    written["pages"] = [_page(page, name_lists) for page in pages]
    written["rules"] = [rule | {"refuse_if": _condition(rule["refuse_if"])} for rule in rules]
    written["triggers"] = [_condition(trigger) for trigger in data.get("triggers", [])]
    return written


def code_list(name: str) -> dict[str, str]:
    """A shipped list: label by code."""
    return {choice["code"]: choice["label"] for choice in _choices(name)}


def code_lists() -> dict[str, list[dict[str, str]]]:
    """The code lists of lists.yaml by name, each code with its label and hint."""
    lists = {name: _choices(name) for name in _shared("lists")}
    return {name: [_without(code, "show_if") for code in codes] for name, codes in lists.items()}


def list_notes() -> dict[str, str]:
    """Where the codes of each list come from, as far as lists.yaml says."""
    return {name: codes.get("notes", "") for name, codes in _shared("lists").items()}


def unconfirmed(name: str) -> list[str]:
    """Keys of what must be checked against the current national form; "group.key" inside a repeat group.

    The condition of a page is named by its page: "page, shown when question comparison value".
    """
    pages = _pages(_whole(name))
    return [each for page in pages for each in _of_page(page)]


def unconfirmed_codes() -> list[str]:
    """What of lists.yaml must be checked in the same way: "list" for all of one, "list.code" for a single code."""
    lists = _shared("lists").items()
    return [name for name, codes in lists if codes.get("confirm")] + [
        f"{name}.{code}"
        for name, codes in lists
        for code, words in codes.items()
        if isinstance(words, dict) and words.get("confirm")
    ]


def _of_page(page: dict[str, Any]) -> Iterator[str]:
    for test in _tests(page.get("show_if", [])):
        if test.get("confirm"):
            how = _test(test)
            words = f"{how['question']} {how['comparison'].replace('_', ' ')} {how['value']}"
            yield f"{page['key']}, shown when {words}"
    for question in page.get("questions", []):
        yield from _to_confirm(question)


def _to_confirm(question: dict[str, Any], group: str = "") -> Iterator[str]:
    if question.get("confirm"):
        yield group + question["key"]
    for child in question.get("questions", []):
        yield from _to_confirm(child, f"{question['key']}.")


def _files() -> dict[str, Path]:
    paths = [*FOLDER.glob("*.yaml"), *FOLDER.glob("supplementary/*.yaml")]
    return {path.stem: path for path in paths if path.stem not in SHARED}


@lru_cache(maxsize=2)
def _shared(name: str) -> Any:
    return parsed(FOLDER / f"{name}.yaml")


def _whole(name: str) -> dict[str, Any]:
    """The file with the head it takes."""
    data = parsed(_files()[name])
    return _shared("shared")["heads"].get(data.pop("head", ""), {}) | data


def _pages(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The pages of a file, shared pages put in and defaults written to each question."""
    defaults = data.get("defaults", {})
    return [_included(page) if "include" in page else _defaulted(page, defaults) for page in data["pages"]]


def _included(page: dict[str, Any]) -> dict[str, Any]:
    own = {name: value for name, value in page.items() if name != "include"}
    return {"key": page["include"]} | _shared("shared")["pages"][page["include"]] | own


def _defaulted(holder: dict[str, Any], defaults: dict[str, Any]) -> dict[str, Any]:
    """A page or a repeat group, the defaults written to each of its questions."""
    return holder | {"questions": [_with_defaults(question, defaults) for question in holder.get("questions", [])]}


def _with_defaults(question: dict[str, Any], defaults: dict[str, Any]) -> dict[str, Any]:
    if question["kind"] == "information":
        defaults = {name: value for name, value in defaults.items() if name == "confirm"}
    return defaults | (_defaulted(question, defaults) if "questions" in question else question)


def _page(page: dict[str, Any], name_lists: bool) -> dict[str, Any]:
    written = {name: value for name, value in page.items() if name != "rules"}
    written["questions"] = [_question(question, name_lists) for question in page.get("questions", [])]
    return _conditional(written)


def _question(question: dict[str, Any], name_lists: bool) -> dict[str, Any]:
    written = _plain(question)
    if "choices" in written:
        choices = _choices(written["choices"])
        shared = isinstance(written["choices"], str) and not any("show_if" in choice for choice in choices)
        written |= {"list": written.pop("choices")} if name_lists and shared else {"choices": choices}
    written = _conditional(written)
    if "where" in written.get("calculation", {}):
        written["calculation"] = written["calculation"] | {"where": _condition(written["calculation"]["where"])}
    if "questions" in written:
        written["questions"] = [_question(child, name_lists) for child in written["questions"]]
    return written


def _choices(choices: str | dict[Any, Any]) -> list[dict[str, Any]]:
    codes = _without(_shared("lists")[choices], "notes") if isinstance(choices, str) else choices
    worded = {code: words if isinstance(words, dict) else {"label": words} for code, words in _plain(codes).items()}
    return [{"code": str(code)} | _conditional(_plain(words)) for code, words in worded.items()]


def _conditional(holder: dict[str, Any]) -> dict[str, Any]:
    return holder | ({"show_if": _condition(holder["show_if"])} if "show_if" in holder else {})


def _plain(marked: dict[Any, Any]) -> dict[Any, Any]:
    return _without(marked, "confirm")


def _without(fields: dict[Any, Any], left_out: str) -> dict[Any, Any]:
    return {name: value for name, value in fields.items() if name != left_out}


def _condition(written: Written) -> dict[str, Any]:
    join = next(iter(written)) if isinstance(written, dict) else "all"
    return {"join": join, "tests": [_test(test) for test in _tests(written)]}


def _tests(written: Written) -> list[dict[str, Any]]:
    return next(iter(written.values())) if isinstance(written, dict) else written


def _test(test: dict[str, Any]) -> dict[str, str]:
    comparison = next(name for name in test if name in COMPARISONS)
    rest = {name: value for name, value in _plain(test).items() if name != comparison}
    return rest | {"comparison": comparison, "value": str(test[comparison])}
