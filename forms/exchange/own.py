"""Our own JSON: the whole form, nothing lost. Its JSON Schema is published with the API and in docs/."""

import json
from dataclasses import asdict
from typing import Any, Literal

from django.conf import settings
from pydantic import Field, ValidationError

from forms.exchange.findings import Editing, Finding, Translations, Understood, Unreadable, refuse
from forms.schema import FormSchema, Strict
from forms.translations.texts import places


class FormFile(Strict):
    """A form in a file of its own; `translations` are its words by language (BCP 47), then by the English.

    `lists` are the questions that take their answers from a shared list, by its name: `key`, or `group.key` in a repeat
    group. `unfinished` is what becomes of unfinished answers when a new version is published.
    """

    format: Literal["cdop-form"] = "cdop-form"
    format_version: Literal[1] = 1
    form: FormSchema
    translations: dict[str, dict[str, str]] = Field({}, exclude_if=lambda words: not words)
    lists: dict[str, list[str]] = Field({}, exclude_if=lambda lists: not lists)
    unfinished: Literal["", "finish", "carry"] = Field("", exclude_if=lambda said: not said)


def write(
    schema: FormSchema, version: int = 0, translations: Translations | None = None, editing: Editing | None = None
) -> bytes:
    """The form as indented JSON, so that two exports compare line by line."""
    beside = {"translations": translations or {}, **asdict(editing or Editing())}
    file = FormFile.model_validate({"form": schema, **beside})
    return (json.dumps(file.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n").encode()


def read(data: bytes) -> Understood:
    """The form in a file that `write` made.

    Raises:
        Unreadable: with the line of a JSON error, or the path of everything that does not fit.
    """
    try:
        file = FormFile.model_validate(load(data))
    except ValidationError as error:
        raise Unreadable(*(_finding(dict(found)) for found in error.errors())) from None
    return Understood(file.form, *_understood(file), Editing(file.lists, file.unfinished))


def _understood(file: FormFile) -> tuple[list[Finding], Translations]:
    """Words for texts that the form has, in languages that we know; and a finding for each language with others."""
    known = {code for code, _ in settings.LANGUAGES if not code.startswith("en")}
    texts = {text.english for place in places(file.form) for text in place.texts}
    findings: list[Finding] = []
    kept: dict[str, dict[str, str]] = {}
    for language, words in file.translations.items():
        where = f"translations.{language}"
        if language not in known:
            findings.append(Finding(where, "Forms are not translated into this language here; it was left out."))
            continue
        kept[language] = {english: word for english, word in words.items() if english in texts and word.strip()}
        if strangers := len(words) - len(kept[language]):
            findings.append(Finding(where, f"{strangers} of its texts are blank or not of this form; left out."))
    return findings, {language: words for language, words in kept.items() if words}


def load(data: bytes) -> Any:
    """JSON that says everything once; `Unreadable` with line and column otherwise."""
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise refuse(f"This is not JSON: {error.msg}.", f"line {error.lineno}, column {error.colno}") from None
    except UnicodeDecodeError:
        raise refuse("This is not JSON text in UTF-8.") from None
    except RecursionError:
        raise refuse("This file is nested too deeply to be a form.") from None
    except ValueError as error:
        raise refuse(str(error)) from None


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of such a file."""
    published = FormFile.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | published


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"The name “{name}” stands twice in one object.")
        found[name] = value
    return found


def _no_constant(text: str) -> None:
    raise ValueError(f"{text} is not a number that JSON knows.")


def _finding(error: dict[str, Any]) -> Finding:
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"])
    return Finding(path.lstrip("."), f"{error['msg']}.")
