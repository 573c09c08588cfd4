"""What a person is asked before a dataset leaves."""

from typing import Any

from django import forms as django_forms

from exports.datasets import Dataset
from exports.extract import Extract
from exports.formats import FORMATS


class ExportForm(django_forms.Form):
    why = django_forms.CharField(
        label="Why do you need this data?",
        help_text="Kept in the export log. Do not name anyone.",
        max_length=500,
        widget=django_forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why you need this data."},
    )
    format = django_forms.ChoiceField(
        label="Kind of file",
        choices=[(kind.name, f"{kind.label}. {kind.help}") for kind in FORMATS.values()],
        widget=django_forms.RadioSelect,
        initial="csv",
        error_messages={"required": "Choose a kind of file."},
    )
    identity = django_forms.BooleanField(label="Include the columns that identify people", required=False)
    packaged = django_forms.BooleanField(
        label="Pack it with its description",
        help_text="A ZIP file with the data, its codebook, and a description that programs can read.",
        required=False,
    )
    bom = django_forms.BooleanField(
        label="Begin a CSV file with a byte order mark",
        help_text="Only if your program shows letters such as é wrongly, as old versions of Excel do.",
        required=False,
    )

    def __init__(self, data: Any = None, *, dataset: Dataset, may_identify: bool) -> None:
        super().__init__(data)
        self.dataset = dataset
        identifying = sum(column.identifying for column in dataset.columns())
        if identifying and may_identify:
            self.fields["identity"].help_text = (
                f"{identifying} columns with names, numbers, exact dates and free text. Keep such a file only where "
                "identifiable records may be kept."
            )
        else:
            del self.fields["identity"]

    def extract(self) -> Extract:
        given = self.cleaned_data
        return Extract(
            self.dataset, FORMATS[given["format"]], given.get("identity", False), given["bom"], given["packaged"]
        )
