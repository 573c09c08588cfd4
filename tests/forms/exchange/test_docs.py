"""docs/exchange.md says what each format loses, in the words of the code."""

from pathlib import Path

import pytest

from forms.exchange import fhir, redcap, xlsform

DOC = (Path(__file__).parents[3] / "docs/exchange.md").read_text()


@pytest.mark.parametrize(
    ("title", "losses"),
    [
        ("### XLSForm", xlsform.LOSSES),
        ("### FHIR R4 Questionnaire", fhir.LOSSES),
        ("### REDCap data dictionary", redcap.LOSSES),
    ],
)
def test_every_loss_is_documented_and_no_other(title, losses):
    section = DOC.split(title + "\n")[1].split("\n##")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")]
    assert rows[1:] == [f"| {loss.what} | {loss.becomes} |" for loss in losses]
