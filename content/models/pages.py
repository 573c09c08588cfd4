"""The kinds of page an editor can make."""

from http import HTTPMethod
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from content.blocks import BodyBlock, DoorBlock

READING = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]


class BasePage(Page):
    """What every public page has."""

    may_be_cached = False

    summary = models.TextField(
        max_length=300, blank=True, help_text="One or two sentences below the title, and in search results."
    )
    owner_role = models.CharField(
        max_length=120,
        default="Child death review team",
        help_text="The role, never a name, that keeps this page right.",
    )
    last_reviewed = models.DateField(null=True, blank=True)

    review_panel = MultiFieldPanel([FieldPanel("owner_role"), FieldPanel("last_reviewed")], "Review")
    search_fields = [*Page.search_fields, index.SearchField("summary", boost=2), index.AutocompleteField("summary")]

    class Meta:
        abstract = True

    @cached_property
    def breadcrumbs(self) -> list[Page]:
        """The pages above this one, home first."""
        return list(self.get_ancestors().live().filter(depth__gt=1).order_by("depth"))

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Addresses on the host that was asked, whatever name the site record holds."""
        urls = super().get_sitemap_urls(request)
        if request:
            urls[0]["location"] = request.build_absolute_uri(self.get_url(request))
        return urls


class HomePage(BasePage):
    """Two doors: one for families, one for professionals."""

    may_be_cached = True
    allowed_http_methods = READING

    doors = StreamField([("door", DoorBlock())], min_num=2, max_num=2)
    body = StreamField(BodyBlock(), blank=True)

    content_panels = [
        *Page.content_panels,
        *(FieldPanel(name) for name in ("summary", "doors", "body")),
        BasePage.review_panel,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.AutocompleteField("body")]
    parent_page_types = ["wagtailcore.Page"]
    template = "cdop_content/home_page.html"


class GuidancePage(BasePage):
    """A page of guidance."""

    may_be_cached = True
    allowed_http_methods = READING

    show_in_footer = models.BooleanField(default=False, help_text="Whether the foot of every page links to this page.")
    body = StreamField(BodyBlock(), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body"), BasePage.review_panel]
    promote_panels = [*Page.promote_panels, FieldPanel("show_in_footer")]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.AutocompleteField("body")]
    template = "cdop_content/guidance_page.html"
