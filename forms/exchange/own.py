"""Our own JSON: the whole form, nothing lost. Its JSON Schema is published with the API and in docs/."""

import json
from typing import Any, Literal

from pydantic import ValidationError

from forms.exchange.findings import Finding, Understood, Unreadable, refuse
from forms.schema import FormSchema, Strict


class FormFile(Strict):
    """A form in a file of its own."""

    format: Literal["cdop-form"] = "cdop-form"
    format_version: Literal[1] = 1
    form: FormSchema


def write(schema: FormSchema, version: int = 0) -> bytes:
    """The form as indented JSON, so that two exports compare line by line."""
    return (json.dumps(FormFile(form=schema).model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n").encode()


def read(data: bytes) -> Understood:
    """The form in a file that `write` made.

    Raises:
        Unreadable: with the line of a JSON error, or the path of everything that does not fit.
    """
    try:
        return Understood(FormFile.model_validate(load(data)).form, [])
    except ValidationError as error:
        raise Unreadable(*(_finding(dict(found)) for found in error.errors())) from None


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
