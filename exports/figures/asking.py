"""What a person chooses before they read a figure."""

from typing import Any, cast

from django import forms as django_forms
from django.utils import timezone

from exports.figures.showing import AUDIENCES, Audience
from exports.figures.years import EARLIEST, MOST_YEARS, Asked, ReportYear

FIRST_SHOWN = 5
HOLDS = (("with", "All reviews"), ("without", "Without reviews that were ever on hold"))


class FigureForm(django_forms.Form):
    """Read from the address, so that a figure can be sent to a colleague. What is missing or odd is as at first."""

    first = django_forms.TypedChoiceField(label="From", coerce=int)
    last = django_forms.TypedChoiceField(label="To", coerce=int)
    audience = django_forms.ChoiceField(label="For", choices=AUDIENCES)
    holds = django_forms.ChoiceField(label="Reviews", choices=HOLDS)

    def __init__(self, data: Any, *, true_figures: bool) -> None:
        newest = ReportYear.of(timezone.localdate()).start
        years = [(start, str(ReportYear(start))) for start in range(newest, EARLIEST - 1, -1)]
        audiences = AUDIENCES if true_figures else AUDIENCES[1:]
        at_first = {"first": newest - FIRST_SHOWN + 1, "last": newest, "audience": audiences[0][0], "holds": "with"}
        super().__init__({name: data.get(name, value) for name, value in at_first.items()})
        for name in ("first", "last"):
            cast(django_forms.ChoiceField, self.fields[name]).choices = years
        cast(django_forms.ChoiceField, self.fields["audience"]).choices = audiences

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and not 0 <= last - first < MOST_YEARS:
            raise django_forms.ValidationError(
                f"Choose a first year that is not after the last one, and no more than {MOST_YEARS} years."
            )
        return given

    @property
    def asked(self) -> Asked:
        given = self.cleaned_data
        return Asked(given["first"], given["last"], holds=given["holds"] == "with")

    @property
    def audience_chosen(self) -> Audience:
        return cast(Audience, self.cleaned_data["audience"])
