"""What is asked when something is brought in."""

from typing import Any

from django import forms as django_forms

from exports.imports.presenters import in_rows, left_out
from exports.imports.services import lists
from exports.imports.sheets import MOST_BYTES
from exports.imports.states import LISTS
from exports.imports.suggesting import suggested
from exports.imports.targets import Target, guess
from exports.models import HistoryImport


class UploadForm(django_forms.Form):
    system = django_forms.CharField(
        label="Other system",
        max_length=60,
        help_text="What you call it. Use the same name each time: its columns and values are then known.",
    )
    file = django_forms.FileField(
        label="Spreadsheet",
        help_text=f"A row for each child, headings in the first; .xlsx or .csv, up to {MOST_BYTES // 1_000_000} MB.",
        widget=django_forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class ColumnsForm(django_forms.Form):
    """A choice for each column of the file; what the last file of that system said is chosen already."""

    def __init__(self, data: Any, history: HistoryImport, known: dict[str, Target]) -> None:
        super().__init__(data)
        choices = [("", "Leave it out"), *((target.name, target.title) for target in known.values())]
        self.headings = {f"column_{place}": name for place, name in enumerate(history.headings) if name}
        for name, heading in self.headings.items():
            said = history.profile.columns.get(heading, guess(heading, known))
            self.fields[name] = django_forms.ChoiceField(label=heading, choices=choices, required=False, initial=said)

    @property
    def columns(self) -> dict[str, str]:
        return {heading: self.cleaned_data[name] for name, heading in self.headings.items() if self.cleaned_data[name]}


CHECK = " Chosen because of its words: check it."


class MeaningsForm(django_forms.Form):
    """A choice for each value that means nothing here yet."""

    def __init__(self, data: Any, history: HistoryImport, known: dict[str, Target]) -> None:
        super().__init__(data)
        unknown = [(known[name], values) for name, values in history.unknown.items() if name in known]
        pairs = [(target, value, rows) for target, values in unknown for value, rows in values.items()]
        self.asked = {f"value_{place}": (target.name, value) for place, (target, value, _) in enumerate(pairs)}
        for place, (target, value, rows) in enumerate(pairs):
            likely = suggested(value, target.codes)
            self.fields[f"value_{place}"] = django_forms.ChoiceField(
                label=f"{target.title}: “{value}”",
                choices=[("", "It stays to be mended in the file"), *target.codes],
                required=False,
                initial=likely,
                help_text=f"Stands in {in_rows(rows)}.{CHECK if likely else ''}",
            )

    @property
    def meanings(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for name, (target, value) in self.asked.items():
            if code := self.cleaned_data[name]:
                found.setdefault(target, {})[value] = code
        return found


class MakeForm(django_forms.Form):
    def __init__(self, data: Any, refused: int) -> None:
        super().__init__(data)
        if refused:
            self.fields["leave_out"] = django_forms.BooleanField(label=left_out(refused), required=False)


class ListForm(django_forms.Form):
    kind = django_forms.ChoiceField(label="What it is", choices=LISTS)
    name = django_forms.CharField(label="Name of the edition", max_length=120, help_text="For example: August 2026.")
    dated = django_forms.DateField(label="Date of the list", widget=django_forms.DateInput(attrs={"type": "date"}))
    source = django_forms.CharField(label="Source", max_length=300, help_text="Who publishes it, and where.")
    file = django_forms.FileField(
        label="Spreadsheet",
        help_text="Headings in the first row: "
        + "; ".join(f"{label.lower()}: {', '.join(lists.COLUMNS[kind])}" for kind, label in LISTS)
        + ".",
        widget=django_forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )
