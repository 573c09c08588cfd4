"""What every screen of a journey needs: the person's own draft, and what they have answered so far."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import View

from forms.access import NotYours, own_draft
from forms.conditions import visible
from forms.schema import Page


@method_decorator(never_cache, name="dispatch")
class JourneyView(View):
    """Opens the draft before anything else. A draft that was sent leads to its receipt, whatever was asked for."""

    draft_may_be_sent = False

    def dispatch(self, request: HttpRequest, *args: Any, draft_id: uuid.UUID, **kwargs: Any) -> HttpResponseBase:
        try:
            self.draft = own_draft(request, draft_id)
        except NotYours:
            return render(request, "cdop_forms/no_draft.html", status=404)
        if self.draft.submission_id and not self.draft_may_be_sent:
            return self.to("sent")
        self.today = timezone.localdate()
        self.schema = self.draft.definition
        self.answers = self.draft.answers
        return super().dispatch(request, *args, **kwargs)

    def to(self, name: str, *args: str) -> HttpResponse:
        return redirect(self.address(name, *args))

    def address(self, name: str, *args: str) -> str:
        return reverse(f"forms:{name}", args=[self.draft.pk, *args])

    def page_or_404(self, key: str) -> Page:
        """The page, if it is on the walk of a person with these answers."""
        for page, _ in visible(self.schema, self.answers, self.today):
            if page.key == key:
                return page
        raise Http404

    @property
    def changing(self) -> bool:
        """Whether the person came from “Check your answers” and goes back there."""
        return "change" in self.request.GET

    def onward(self, page: Page | None) -> HttpResponse:
        if page is None or self.changing:
            return self.to("check")
        return self.to("page", page.key)
