"""The public page on which a form starts."""

from contextlib import nullcontext
from typing import Any

from django.db import models
from django.db.models.fields.json import KeyTextTransform
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from content.blocks import NOTIFICATION_START, BodyBlock
from content.models import BasePage
from forms.models.definition import Form
from forms.models.translations import Translation, speaking


class FormPage(BasePage):
    """Says who should fill in a form and what they need, and starts a journey on its newest version."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="+")
    body = StreamField(
        BodyBlock(),
        blank=True,
        verbose_name="above the Start button",
        help_text="Who should use the form, and what they need.",
    )
    below = StreamField(
        BodyBlock(),
        blank=True,
        verbose_name="below the Start button",
        help_text="What to do when the form cannot be used, and for those who came here by mistake.",
    )

    content_panels = [
        *Page.content_panels,
        *(FieldPanel(name) for name in ("summary", "form", "body", "below")),
        BasePage.review_panel,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.AutocompleteField("body")]
    template = "cdop_forms/form_page.html"
    subpage_types: list[str] = []

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from content.selectors import frame
        from forms.access import remember
        from forms.limits import address_of, exceeded, too_many
        from forms.selectors import live_version
        from forms.services import begin
        from forms.spam import starts
        from forms.translations.start_page import say_in

        version = live_version(self.form.slug)
        closed = self.starts_notification and bool(frame().area.notification_down)
        languages = self.offered_languages()
        chosen = next((each for each in languages if each.language == self._asked(request)), None)
        if request.method == "POST" and version and not closed:
            if exceeded(starts(), address_of(request)):
                return too_many(request, starts())
            owner = request.user if request.user.is_authenticated else None
            draft = begin(version, owner, language=chosen.language if chosen else "")
            remember(request, draft)
            return redirect("forms:page", draft.pk, version.definition.pages[0].key)
        context: dict[str, Any] = {"version": version, "closed": closed, "languages": languages, "chosen": chosen}
        with speaking(chosen.language) if chosen else nullcontext():
            context["button"] = say_in(self, chosen.words) if chosen else ""
            return render(request, self.template, self.get_context(request) | context)

    def offered_languages(self) -> list[Translation]:
        """The languages to start in, each with the title of the form in it (`form_title`; none while untranslated)."""
        title = KeyTextTransform(self.form.title, "words")
        return list(self.form.translations.filter(offered=True).defer("words").annotate(form_title=title))

    @staticmethod
    def _asked(request: HttpRequest) -> str:
        return (request.POST if request.method == "POST" else request.GET).get("language", "")

    @property
    def starts_notification(self) -> bool:
        return self.url == NOTIFICATION_START
