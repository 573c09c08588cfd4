"""A dataset with its description, and files for programs."""

import hashlib
import io
import json
import zipfile

import pyarrow.parquet
import pytest

from exports.datasets import DECLARED, all_datasets
from exports.description import table_schema
from exports.formats import FORMATS
from exports.models import ExportLog
from exports.services import export
from exports.writers import parquet
from forms.models import Submission
from forms.services import receive
from tests.exports.test_datasets import ask
from tests.exports.test_services import extract
from tests.notifying import invented_answers

pytestmark = pytest.mark.django_db


def package(**options) -> zipfile.ZipFile:
    data = b"".join(export(extract(packaged=True, **options), "Yearly return"))
    return zipfile.ZipFile(io.BytesIO(data))


def described(file: zipfile.ZipFile) -> dict:
    return json.loads(file.read("datapackage.json"))


@pytest.mark.parametrize("kind", FORMATS)
def test_a_package_holds_the_data_its_codebook_and_its_description(case, kind):
    file = package(kind=kind)
    about = described(file)
    (resource,) = about["resources"]
    assert set(file.namelist()) == {resource["path"], "codebook.csv", "datapackage.json"}
    data = file.read(resource["path"])
    assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert (resource["bytes"], resource["rows"]) == (len(data), 1)
    assert file.testzip() is None
    assert about["created"][:4] == f"{case.opened_at.year}"
    log = ExportLog.objects.get()
    assert (log.packaged, log.end.rows) == (True, 1)


def test_the_data_in_a_package_is_the_file_that_comes_without_one(case):
    assert package().read("cases.csv") == b"".join(export(extract(), "Yearly return"))


def test_the_schema_names_every_column_in_its_order_and_nothing_else(case):
    file = package(identity=True)
    heading = file.read("cases.csv").decode().splitlines()[0].split(",")
    fields = described(file)["resources"][0]["schema"]["fields"]
    assert [field["name"] for field in fields] == heading
    assert "nhs_number" not in [field["name"] for field in described(package())["resources"][0]["schema"]["fields"]]


def test_the_version_changes_with_the_columns_and_with_nothing_else(notification_form, case):
    first = described(package(name="notifications"))["version"]
    receive(notification_form.newest_version(), invented_answers())
    assert described(package(name="notifications"))["version"] == first
    ask(notification_form, "new_one", "Something new?", "N")
    assert described(package(name="notifications"))["version"] != first


@pytest.mark.parametrize("dataset", DECLARED, ids=lambda dataset: dataset.name)
def test_every_cell_fits_the_type_that_the_schema_gives_it(case, dataset):
    import datetime as dt

    checks = {
        "string": str,
        "yearmonth": lambda text: dt.datetime.strptime(text, "%Y-%m"),
        "integer": int,
        "number": float,
        "boolean": {"1": True, "0": False}.__getitem__,
        "date": dt.date.fromisoformat,
        "datetime": lambda text: dt.datetime.strptime(text, "%Y-%m-%d %H:%M:%S"),
    }
    plan = dataset.plan(None, identity=True)
    types = [field["type"] for field in table_schema(dataset.columns())["fields"]]
    for batch in plan.batches():
        for kind, cells in zip(types, batch, strict=True):
            for cell in filter(None, cells):
                checks[kind](cell)


def rows_of(**options) -> list[dict]:
    data = b"".join(export(extract(kind="parquet", **options), "Yearly return"))
    return pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()


def test_parquet_has_typed_columns_and_nulls(case):
    (row,) = rows_of(identity=True)
    assert (row["reference"], row["notifications"], row["urgent"]) == (case.reference, 1, False)
    assert row["died_on"] == case.died_on
    assert row["category"] is None
    assert row["nhs_number"] == "9990000018"


def test_parquet_takes_numbers_that_may_be_not_known(notification, case):
    receive(notification, invented_answers(gestation_weeks=38, birth_weight_g="not_known"))
    row = rows_of(name="notifications")[-1]
    assert (str(row["gestation_weeks"]), row["birth_weight_g"]) == ("38", "not_known")


def test_parquet_is_written_in_row_groups(notification, monkeypatch):
    monkeypatch.setattr(parquet, "ROWS_IN_A_GROUP", 500)
    Submission.objects.bulk_create(
        Submission(reference=f"INVENTED-{number:05}", version=notification, answers={"sex": "female"}, sealed="")
        for number in range(1200)
    )
    data = b"".join(export(extract("notifications", "parquet"), "Yearly return"))
    file = pyarrow.parquet.ParquetFile(io.BytesIO(data))
    assert (file.metadata.num_row_groups, file.metadata.num_rows) == (3, 1200)
    assert ExportLog.objects.get().end.rows == 1200


def test_parquet_of_no_rows_still_has_its_columns(notification):
    data = b"".join(export(extract(kind="parquet"), "Yearly return"))
    names = pyarrow.parquet.read_schema(io.BytesIO(data)).names
    assert names == [column.name for column in all_datasets()["cases"].columns_for(identity=False)]
