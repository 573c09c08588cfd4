"""What the indicators of the return are measured against. Not confirmed by NCMD: each area sets its own."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from exports.ncmd.indicators.limits import COMPLETE, Limits
from exports.ncmd.limits_form import LimitsForm

POSSIBLE = [MinValueValidator(1), MaxValueValidator(3650)]


def usual_items() -> list[str]:
    return list(COMPLETE)


@register_setting(icon="tasks")
class NcmdLimits(BaseGenericSetting):
    """`changed_at`: figures from before that are worked out anew."""

    hours_to_ncmd = models.PositiveSmallIntegerField(
        "hours until NCMD is to know of a death", default=Limits.hours_to_ncmd, validators=POSSIBLE
    )
    first_days = models.PositiveSmallIntegerField("first", default=Limits.first_days, validators=POSSIBLE)
    second_days = models.PositiveSmallIntegerField("second", default=Limits.second_days, validators=POSSIBLE)
    last_days = models.PositiveSmallIntegerField("last", default=Limits.last_days, validators=POSSIBLE)
    open_days = models.PositiveSmallIntegerField(
        "days after the death from which a case is open for long", default=Limits.open_days, validators=POSSIBLE
    )
    items = models.JSONField("items that are to be known", default=usual_items)
    changed_at = models.DateTimeField(auto_now=True)

    base_form_class = LimitsForm
    panels = [
        HelpPanel(
            "None of these is confirmed by NCMD: set what your area works to. The figures of all years are worked out "
            "anew within minutes of a change. Of the days to a review the public reads the last alone."
        ),
        FieldPanel("hours_to_ncmd"),
        FieldRowPanel(
            [FieldPanel("first_days"), FieldPanel("second_days"), FieldPanel("last_days")],
            heading="Days from the death to the panel’s review",
        ),
        FieldPanel("open_days"),
        FieldPanel("items"),
    ]

    class Meta:
        verbose_name = "NCMD indicators"

    def __str__(self) -> str:
        return "NCMD indicators"

    def clean(self) -> None:
        super().clean()
        given = (self.first_days, self.second_days, self.last_days)
        if None not in given and not given[0] < given[1] < given[2]:
            raise ValidationError(
                "The first of the days to a review must be fewer than the second, and those than the last."
            )

    @property
    def limits(self) -> Limits:
        return Limits(
            self.hours_to_ncmd,
            self.first_days,
            self.second_days,
            self.last_days,
            self.open_days,
            tuple(self.items),
        )
