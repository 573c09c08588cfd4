"""Pages that families and professionals read, and the settings of this area."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page

from content.blocks import BodyBlock


@register_setting(icon="site")
class AreaSettings(BaseSiteSetting):
    """What differs from one CDOP to the next."""

    area_name = models.CharField(max_length=120, default="Cambridgeshire and Peterborough")
    mailbox = models.EmailField(default="cpicb.cdop@nhs.net")
    phone = models.CharField(max_length=40, blank=True)


class BasePage(Page):
    """What every public page has."""

    owner_role = models.CharField(max_length=120, default="Child death review team")
    last_reviewed = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class GuidancePage(BasePage):
    """A page of guidance."""

    body = StreamField(BodyBlock(), blank=True)
    content_panels = [*Page.content_panels, FieldPanel("body")]
