"""Filters of a list that somebody gave a name."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

# Of which list, by a code; and where that list is.
SCREENS = [("cases", "Cases"), ("mine", "My work"), ("everybody", "Everybody’s work")]
ADDRESSES = {"cases": "cases:list", "mine": "work:mine", "everybody": "work:everybody"}


class SavedFilter(models.Model):
    """What was asked of the list, by the name of the question. It holds codes alone, and nothing anybody looked for."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=60)
    screen = models.CharField(max_length=10, choices=SCREENS, default="cases")
    asked: Any = models.JSONField(default=dict)
    shared = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="a_filter_once_for_a_person"),
            models.CheckConstraint(condition=~Q(name=""), name="a_filter_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse(ADDRESSES[self.screen])}?{self.query}"

    @property
    def query(self) -> str:
        return urlencode(self.asked, doseq=True)
