"""Code lists that several forms share: what an answer is stored as, and the words it is offered in."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from forms.admin_forms import CodeListForm


class CodeList(ClusterableModel):
    """One list. Its name and codes are stored and exported, so they stay; its labels may be reworded at any time."""

    title = models.CharField(max_length=120)
    name = models.SlugField(
        unique=True, max_length=60, help_text="Names this list in data. Make it from lower-case letters and _."
    )
    notes = models.TextField(blank=True, help_text="Where the codes come from, and when they were last checked.")

    panels = [
        MultiFieldPanel([FieldPanel("title"), FieldPanel("name"), FieldPanel("notes")], heading="List"),
        FieldPanel("several"),
        InlinePanel("codes", heading="Answers", label="Answer", min_num=1),
    ]
    base_form_class = CodeListForm

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and bring the published forms that use this list up to date, both or neither."""
        from forms.services import freeze_users_of

        with transaction.atomic():
            super().save(*args, **kwargs)
            freeze_users_of(self.name)


class Code(Orderable):
    """One answer of a list: never removed, retired by its last day."""

    code_list = ParentalKey(CodeList, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(max_length=80, help_text="Stored and exported, for ever.")
    label = models.CharField(max_length=300, help_text="What a person reads.")
    hint = models.CharField(max_length=300, blank=True)
    active_from = models.DateField("offered from", null=True, blank=True)
    active_to = models.DateField("offered until", null=True, blank=True, help_text="The last day it is offered.")

    panels = [
        FieldRowPanel([FieldPanel("label"), FieldPanel("code")]),
        FieldPanel("hint"),
        FieldRowPanel([FieldPanel("active_from"), FieldPanel("active_to")]),
    ]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["code_list", "code"], name="one_code_per_list")]

    def __str__(self) -> str:
        return self.label

    @staticmethod
    def offered_on(day: dt.date, path: str = "") -> Q:
        """The codes offered on a day; `path` leads to them from another model, such as "codes__"."""
        started = Q((f"{path}active_from__isnull", True)) | Q((f"{path}active_from__lte", day))
        return started & (Q((f"{path}active_to__isnull", True)) | Q((f"{path}active_to__gte", day)))

    def clean(self) -> None:
        before = type(self).objects.filter(pk=self.pk).values_list("code", flat=True).first()
        if before and before != self.code:
            raise ValidationError({"code": f"Answers are stored as “{before}”: keep the code, change only the label."})
        if self.active_from and self.active_to and self.active_to < self.active_from:
            raise ValidationError({"active_to": "The last day must not be before the first."})
