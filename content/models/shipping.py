"""What is known about content as a whole: its newest change, and which pages came with the product."""

from django.db import models
from wagtail.models import Page, Revision


class ContentStamp(models.Model):
    """One row that is written anew whenever anything on the public site changes. What is cached carries it."""

    value = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.value


class ShippedPage(models.Model):
    """A page that `load_pages` made. Survives the page, so that what an editor removed stays removed."""

    key = models.CharField(max_length=80, unique=True)
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.key
