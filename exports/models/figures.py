"""Disclosure control of figures. No figure of it is confirmed national policy: each area sets its own."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

AT_LEAST_ONE = [MinValueValidator(1), MaxValueValidator(100)]


@register_setting(icon="decimal")
class FigureSettings(BaseGenericSetting):
    threshold = models.PositiveSmallIntegerField(
        "smallest number that is shown", default=5, validators=AT_LEAST_ONE, help_text="Smaller ones are hidden."
    )
    rounding = models.PositiveSmallIntegerField(
        "round to", default=1, validators=AT_LEAST_ONE, help_text="1: numbers are not rounded."
    )
    hide_zeros = models.BooleanField("hide 0 too", default=False)
    smallest_base = models.PositiveSmallIntegerField(
        "no percentage or median of fewer than", default=20, validators=AT_LEAST_ONE
    )

    panels = [
        HelpPanel(
            "What the public may see of a figure. Agree it with your information governance lead. A change counts for "
            "figures from now on; a report that was frozen stays as it is."
        ),
        *(FieldPanel(name) for name in ("threshold", "rounding", "hide_zeros", "smallest_base")),
    ]

    class Meta:
        verbose_name = "small numbers in figures"

    def __str__(self) -> str:
        return "Small numbers in figures"
