"""What is sought when a child died outside the United Kingdom. Not confirmed nationally: each area sets its own."""

from django.db import models
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

STEPS = """Ask the Foreign, Commonwealth and Development Office (FCDO) what it knows, and whom to ask in that country.
Ask the family’s key worker which papers the family has: a death certificate, a report of the hospital or the police.
Ask the agencies at home for what they know of the child; those abroad answer only as far as they wish.
Record what could not be found out, and why."""
STEPS_IF_HOME = """Ask the coroner for the place where the body arrives whether there will be an investigation.
If there is one, put the case on hold for the coroner, so that the panel waits for the conclusion."""


@register_setting(icon="globe")
class AbroadSettings(BaseGenericSetting):
    """The steps, one a line, and from when time limits count."""

    steps = models.TextField("what to do, one step a line", default=STEPS)
    steps_if_home = models.TextField("and when the body is brought home", default=STEPS_IF_HOME, blank=True)
    limits_from = models.CharField(
        "time limits that run from the death count from",
        max_length=20,
        choices=[("notification", "the day on which we were told"), ("death", "the death")],
        default="notification",
    )

    panels = [
        HelpPanel(
            "Shown on each case of a child who died abroad. News from another country can take weeks: where limits "
            "count from the day on which you were told, nobody is late before they knew. A change counts for new cases."
        ),
        FieldPanel("steps"),
        FieldPanel("steps_if_home"),
        FieldPanel("limits_from"),
    ]

    class Meta:
        verbose_name = "deaths abroad"

    def __str__(self) -> str:
        return "Deaths abroad"
