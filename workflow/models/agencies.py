"""The organisations that are asked."""

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from forms.definitions import code_list


class Agency(index.Indexed, models.Model):
    """An organisation or team that may have known a child."""

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField("kind of agency", max_length=40, blank=True, db_index=True)
    lead_name = models.CharField("role of the lead", max_length=120, blank=True)
    lead_email = models.EmailField(
        "e-mail address of the lead", blank=True, help_text="A shared mailbox. Told when answers are late."
    )
    phone = models.CharField(max_length=40, blank=True)
    active = models.BooleanField(default=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("kind"),
        FieldRowPanel([FieldPanel("lead_name"), FieldPanel("lead_email")]),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("active")]),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name

    @property
    def kind_label(self) -> str:
        return code_list("agency_type").get(self.kind, self.kind)
