"""The description that travels with a dataset: Frictionless Table Schema and Data Package, version 2."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from exports.datasets import Column, Dataset
from exports.formats import Format

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def table_schema(columns: Iterable[Column]) -> dict[str, Any]:
    """What each column holds, for programs."""
    return {"fields": [_field(column) for column in columns], "missingValues": [""]}


def _field(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.name, "type": column.data_type, "title": column.title}
    if column.meaning:
        described["description"] = column.meaning
    if column.codes and column.type == "code":
        described["categories"] = [{"value": code, "label": words} for code, words in column.codes]
    if column.data_type == "boolean":
        described |= {"trueValues": ["1"], "falseValues": ["0"]}
    if column.data_type == "datetime":
        described["format"] = "%Y-%m-%d %H:%M:%S"
    if column.item:
        described["item"] = column.item
    return described | {"sensitivity": column.sensitivity_label}


def version_of(columns: Iterable[Column]) -> str:
    """Changes when the columns do."""
    return hashlib.sha256(json.dumps(table_schema(columns), sort_keys=True).encode()).hexdigest()[:12]


def data_package(
    dataset: Dataset, columns: Iterable[Column], kind: Format, made_at: dt.datetime, file: dict[str, Any]
) -> dict[str, Any]:
    """The package of one file. `file` has its path, bytes, hash and rows. Its version changes when its columns do."""
    columns = list(columns)
    schema = table_schema(columns)
    name = dataset.file_stem
    resource = {
        "name": name,
        "type": "table",
        "format": kind.extension,
        "mediatype": kind.media_type.split(";")[0],
        "encoding": "utf-8",
        "schema": schema,
    }
    return {
        "$schema": PROFILE,
        "name": name,
        "title": dataset.title,
        "description": f"{dataset.purpose} {dataset.retention}",
        "created": made_at.isoformat(timespec="seconds"),
        "version": version_of(columns),
        "resources": [resource | file],
    }
