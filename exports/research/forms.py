"""What is entered when researchers ask, and when a project is decided on or ends."""

from typing import Any, cast

from django import forms as django_forms
from django.core.validators import MinValueValidator

from exports.models import ResearchRequest
from exports.models.research import DATES, REVIEWS
from exports.research.offered import offered
from exports.research.rules import rules

NOBODY = "Do not name anyone."


class AskForm(django_forms.ModelForm):
    researcher = django_forms.CharField(
        label="Who leads the research, and how to reach them",
        max_length=500,
        widget=django_forms.Textarea(attrs={"rows": 2}),
        help_text="Kept sealed. Only those who read research projects here see it.",
    )
    columns = django_forms.MultipleChoiceField(
        label="Columns",
        widget=django_forms.CheckboxSelectMultiple,
        help_text="Only what the research needs. Each column that an outsider may know makes all others coarser.",
        error_messages={"required": "Choose at least one column."},
    )
    k = django_forms.IntegerField(label="How many children must look alike, at least", max_value=100)

    class Meta:
        model = ResearchRequest
        fields = [
            "title", "organisation", "researcher", "purpose", "legal_basis", "approval_reference", "columns", "dates",
            "reviews", "k", "expires_on",
        ]  # fmt: skip
        labels = {"legal_basis": "Legal basis", "approval_reference": "Reference of the ethics or data approval"}
        help_texts = {
            "title": NOBODY,
            "purpose": f"What the research is to find out, and for whose benefit. {NOBODY}",
            "legal_basis": "As the data sharing agreement names it.",
            "expires_on": "After this day nothing leaves any more, and what was given must be deleted.",
        }
        widgets = {
            "purpose": django_forms.Textarea(attrs={"rows": 4}),
            "dates": django_forms.RadioSelect,
            "reviews": django_forms.RadioSelect,
            "expires_on": django_forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"dates": "quarter", "reviews": "final", "k": rules().least_k})
        choices: dict[str, Any] = {
            "columns": _grouped(),
            "dates": DATES,
            "reviews": REVIEWS,
        }
        for name, offers in choices.items():
            cast(django_forms.ChoiceField, self.fields[name]).choices = offers
        least = self.fields["k"]
        least.widget.attrs["min"] = rules().least_k
        least.validators.append(MinValueValidator(rules().least_k))
        least.help_text = f"From {rules().least_k} to 100. More protects better and says less."


def _grouped() -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be chosen, by who may know it. Questions often do not say alone what they are about, so names go too."""
    columns, sensitive = offered(), rules().sensitive
    groups = {
        "What an outsider may know": [each for each in columns if rules().known_outside(each.name)],
        "What is to be protected": [each for each in columns if each.name in sensitive],
        "What only a panel knows": [each for each in columns if each.name in rules().inside - sensitive],
    }
    return [(label, [(each.name, f"{each.title} ({each.name})") for each in found]) for label, found in groups.items()]


class WordsForm(django_forms.Form):
    words = django_forms.CharField(
        widget=django_forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text="Kept sealed in the data-use record.",
    )

    def __init__(self, data: Any = None, *, label: str) -> None:
        super().__init__(data)
        self.fields["words"].label = label
