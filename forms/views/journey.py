"""What every screen of a journey needs: the person's own draft, and their way through the form so far."""

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
from forms.journey import unfinished, walk
from forms.models.translations import speaking
from forms.schema import Answers, Page

CHANGE = "?change=1"
LATER = "later"  # the name of the button “Save and come back later”, which every page has


class NotOnTheWay(Exception):
    """A page of the form that the answers given do not lead to, or no longer. The person is led on."""

    def __init__(self, page: Page) -> None:
        super().__init__(page.key)
        self.page = page


@method_decorator(never_cache, name="dispatch")
class JourneyView(View):
    """Opens the draft before anything else. A draft that was sent leads to its receipt, whatever was asked for."""

    draft_may_be_sent = False
    not_accepted = False  # what was posted is shown again and not looked at: see `forms.views.refused`

    def dispatch(self, request: HttpRequest, *args: Any, draft_id: uuid.UUID, **kwargs: Any) -> HttpResponseBase:
        try:
            self.draft = own_draft(request, draft_id)
        except NotYours:
            return render(request, "cdop_forms/no_draft.html", status=404)
        if self.draft.submission_id and not self.draft_may_be_sent:
            return self.to("sent")
        with speaking(self.draft.language):
            return self.dispatch_in_its_language(request, *args, **kwargs)

    def dispatch_in_its_language(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.today = timezone.localdate()
        self.schema = self.draft.in_its_language
        self.answers = self.draft.answers
        self.walk = walk(self.schema, self.answers, self.today)
        self.answers = self.answers | self.walk.answers
        try:
            return self.again(request, **kwargs) if self.not_accepted else super().dispatch(request, *args, **kwargs)
        except NotOnTheWay as hidden:
            return self.onward(hidden.page, self.answers)

    def again(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """The screen as it was posted."""
        return self.get(request, **kwargs)  # type: ignore[attr-defined]

    def page_or_404(self, key: str) -> Page:
        page = self.schema.page(key)
        if page is None:
            raise Http404
        if self.walk.page(key) is None:
            raise NotOnTheWay(page)
        return page

    def show(self, template: str, **context: Any) -> HttpResponse:
        common = {"form": self.schema, "not_accepted": self.not_accepted}
        return render(self.request, f"cdop_forms/{template}.html", common | context)

    def to(self, name: str, *args: str) -> HttpResponse:
        return redirect(self.address(name, *args))

    def address(self, name: str, *args: str) -> str:
        return reverse(f"forms:{name}", args=[self.draft.pk, *args])

    def page_address(self, page: Page, changing: bool) -> str:
        return self.address("page", page.key) + CHANGE * changing

    @property
    def changing(self) -> bool:
        """Whether the person came from “Check your answers” and goes back there."""
        return "change" in self.request.GET

    def onward(self, page: Page, answers: Answers) -> HttpResponse:
        """To the next page; for one who is changing an answer, to the next that now needs one, or back to check."""
        if self.changing:
            places = [problem.page for problem in unfinished(self.schema, answers, self.today)]
            following = next((place for place in places if self._later(place, page)), None)
        else:
            following = walk(self.schema, answers, self.today).after(page)
        return redirect(self.page_address(following, self.changing)) if following else self.to("check")

    def _later(self, place: Page, page: Page) -> bool:
        return self.schema.pages.index(place) > self.schema.pages.index(page)
