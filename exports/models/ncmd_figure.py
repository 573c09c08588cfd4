"""The indicators as they were last worked out. Nothing in them names a case."""

from django.db import models


class NcmdFigure(models.Model):
    indicator = models.CharField(max_length=40)
    group = models.CharField(max_length=80, blank=True)
    span = models.CharField(max_length=10)
    period = models.CharField(max_length=12)
    part = models.PositiveIntegerField()
    base = models.PositiveIntegerField()
    median = models.FloatField(null=True, blank=True)
    lower = models.FloatField("lower quartile", null=True, blank=True)
    upper = models.FloatField("upper quartile", null=True, blank=True)
    limit = models.CharField("worked out with the limit", max_length=20, blank=True)
    worked_out_at = models.DateTimeField()

    class Meta:
        ordering = ["indicator", "group", "span", "period"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "group", "span", "period"], name="one_figure_of_each_period")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.group} {self.period}"
