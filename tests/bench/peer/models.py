"""The form page of Wagtail's manual, and a page that shows a form of wagtailstreamforms."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtailstreamforms.blocks import WagtailFormBlock


class FormField(AbstractFormField):
    page = ParentalKey("FormPage", on_delete=models.CASCADE, related_name="form_fields")


class FormPage(AbstractForm):
    template = "peer/form_page.html"
    landing_page_template = "peer/landing.html"


class StreamPage(Page):
    body = StreamField([("form", WagtailFormBlock())])
    template = "peer/stream_page.html"
