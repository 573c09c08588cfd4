"""`manage.py export`: datasets from the shell."""

import csv
import io
import json
import os
import subprocess
import sys

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from exports.datasets import all_datasets
from exports.models import ExportLog
from tests.test_house import ROOT

pytestmark = pytest.mark.django_db


def run(*arguments: str, **options) -> str:
    output = io.StringIO()
    call_command("export", *arguments, stdout=output, stderr=output, **options)
    return output.getvalue()


def test_a_dataset_is_written_to_a_path_and_the_export_written_down(case, tmp_path):
    path = tmp_path / "cases.csv"
    said = run("cases", "--format", "csv", "--output", str(path), "--why", "Yearly return")
    (row,) = csv.DictReader(path.open(newline=""))
    assert row["reference"] == case.reference
    log = ExportLog.objects.get()
    assert (log.by, log.why, log.end.outcome) == (None, "Yearly return", "finished")
    assert log.operator in log.who
    assert log.end.checksum in said
    assert [file.name for file in tmp_path.iterdir()] == ["cases.csv"]


def test_standard_output_holds_the_file_and_nothing_else(case, capfdbinary):
    run("cases", "--format", "json", "--output", "-")
    assert json.loads(capfdbinary.readouterr().out)["reference"] == case.reference


def test_a_workbook_can_be_written_from_the_shell(case, tmp_path):
    path = tmp_path / "n.xlsx"
    run("notifications", "--format", "xlsx", "--output", str(path))
    assert openpyxl.load_workbook(path).active.max_row == 2


def test_the_list_shows_every_dataset_with_its_rows_columns_and_sensitivity(case):
    lines = run("--list").splitlines()
    assert [line.split()[0] for line in lines[1:]] == [*all_datasets()]
    assert lines[2].split()[1] == "1"
    assert lines[2].endswith("Identifies the child or family")


def test_identifying_columns_are_left_out_unless_asked_for_with_a_reason(case, tmp_path):
    path = str(tmp_path / "cases.csv")
    run("cases", "--output", path)
    assert "9990000018" not in (tmp_path / "cases.csv").read_text()
    with pytest.raises(CommandError, match="--why"):
        run("cases", "--identity", "--output", path)
    run("cases", "--identity", "--why", "Subject access request", "--output", path)
    assert "9990000018" in (tmp_path / "cases.csv").read_text()
    assert [log.identity for log in ExportLog.objects.order_by("pk")] == [False, True]


def test_an_unknown_dataset_is_answered_with_those_there_are(case):
    with pytest.raises(CommandError, match="notifications, cases"):
        run("case")


def test_a_path_that_cannot_be_written_is_said_and_the_export_is_broken_off(case, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        run("cases", "--output", str(tmp_path / "nowhere" / "cases.csv"))
    assert ExportLog.objects.get().end.outcome == "broken_off"


def test_a_file_that_is_there_stays_as_it_was_when_the_new_one_fails(case, tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text("last year")
    (tmp_path / "cases.csv.unfinished").mkdir()
    with pytest.raises(CommandError):
        run("cases", "--output", str(path))
    assert path.read_text() == "last year"


def test_help_tells_what_can_be_asked_without_a_database(tmp_path):
    environment = os.environ | {"PYTHONPATH": "site", "DJANGO_SETTINGS_MODULE": "cdop.settings.test"}
    done = subprocess.run(
        [sys.executable, "manage.py", "export", "--help"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert "--identity" in done.stdout
