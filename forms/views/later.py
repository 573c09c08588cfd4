"""Save and come back later, and coming back."""

import datetime as dt
from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import View

from forms.access import back_of, forget, remember
from forms.carrying import carried, carry, newer_version
from forms.conditions import visible
from forms.journey import unfinished
from forms.limits import Limit, limited
from forms.models import Draft
from forms.models.translations import definition_in, speaking
from forms.returning import NoWayBack, expires_at, find, has_link, language_of, open_with, revoke, save_for_later
from forms.views.journey import JourneyView

CODE_KEY = "code_to_show"
SAVING = Limit("save-for-later", 20, 3600)
RETURNING = Limit("return", 30, 3600)


class EmailForm(django_forms.Form):
    email = django_forms.EmailField(
        max_length=254,
        error_messages={
            "required": gettext_lazy("Enter your email address"),
            "invalid": gettext_lazy("Enter an email address in the correct format, like name@example.nhs.uk"),
        },
    )


class LaterView(JourneyView):
    """Asks where to send the link. Who is logged in needs none."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if back := back_of(request, self.draft):
            return redirect(back)
        if self.draft.owner_id:
            return redirect("forms:mine")
        known = self.answers.get(self.schema.acknowledge, "") if self.schema.acknowledge else ""
        return self.ask(EmailForm(initial={"email": known}))

    @limited(SAVING)
    def post(self, request: HttpRequest) -> HttpResponse:
        form = EmailForm(request.POST)
        if not form.is_valid():
            return self.ask(form)
        request.session[CODE_KEY] = {
            "code": save_for_later(self.draft, form.cleaned_data["email"]),
            "until": expires_at(self.draft).isoformat(),
            "language": self.draft.language,
        }
        forget(request, self.draft)
        return redirect("forms:saved")

    def ask(self, form: EmailForm) -> HttpResponse:
        context = {
            "form": self.schema,
            "email": form,
            "until": expires_at(self.draft),
            "days": settings.DRAFT_DAYS,
            "has_link": has_link(self.draft),
            "stop": self.address("stop"),
            "back": self.address("check"),
        }
        return render(self.request, "cdop_forms/later.html", context)


class StopView(JourneyView):
    """Ends the link that was e-mailed. The answers stay, and this browser may go on with them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if has_link(self.draft):
            return self.to("later")
        return self.show("stopped", back=self.address("resume"))

    def post(self, request: HttpRequest) -> HttpResponse:
        revoke(self.draft)
        return self.to("stop")


@method_decorator(never_cache, name="dispatch")
class SavedView(View):
    """Shows the code, once."""

    def get(self, request: HttpRequest) -> HttpResponse:
        shown = request.session.pop(CODE_KEY, None)
        until = dt.datetime.fromisoformat(shown["until"]) if shown else None
        with speaking(shown.get("language", "") if shown else ""):
            return render(request, "cdop_forms/saved.html", {"code": shown and shown["code"], "until": until})


@method_decorator(never_cache, name="dispatch")
class ReturnView(View):
    """The page that the e-mailed link opens: it asks for the code."""

    def dispatch(self, request: HttpRequest, *args: Any, token: str, **kwargs: Any) -> HttpResponseBase:
        with speaking(language_of(token)):
            return super().dispatch(request, *args, token=token, **kwargs)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            find(token)
        except NoWayBack as refused:
            return self.refuse(refused)
        return self.ask("")

    @limited(RETURNING)
    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            draft = open_with(token, request.POST.get("code", ""))
        except NoWayBack as refused:
            if refused.reason != "wrong":
                return self.refuse(refused)
            return self.ask(gettext("That is not the code for this form"))
        remember(request, draft)
        return redirect("forms:resume", draft.pk)

    def ask(self, error: str) -> HttpResponse:
        return render(self.request, "cdop_forms/return.html", {"error": error})

    def refuse(self, refused: NoWayBack) -> HttpResponse:
        status = 429 if refused.reason == "locked" else 404
        return render(self.request, "cdop_forms/no_way_back.html", {"reason": refused.reason}, status=status)


class ResumeView(JourneyView):
    """Leads on to the first page that wants something. Where the form has changed meanwhile, it says how first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        version = newer_version(self.draft)
        if version is None:
            return self.to("page", first_unfinished(self.draft))
        newer = definition_in(version.pk, self.draft.language)
        moved = carried(self.schema, newer, self.answers)
        if not moved.changed:
            return self.post(request)
        return render(request, "cdop_forms/changed.html", {"form": newer, "moved": moved})

    def post(self, request: HttpRequest) -> HttpResponse:
        if version := newer_version(self.draft):
            self.draft = carry(self.draft, version)
        return self.to("page", first_unfinished(self.draft))


def first_unfinished(draft: Draft) -> str:
    """The key of the page to go on with: the first that wants something, or the last of the walk."""
    today = timezone.localdate()
    problems = unfinished(draft.definition, draft.answers, today)
    walk = visible(draft.definition, draft.answers, today)
    return problems[0].page.key if problems else walk[-1][0].key


class MineView(View):
    """The unfinished forms of the person who is logged in."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect("wagtailadmin_login")
        drafts = Draft.objects.filter(owner=request.user, submission__isnull=True).order_by("-changed_at")
        rows = [
            {"draft": draft, "title": draft.definition.title, "until": expires_at(draft)}
            for draft in drafts.select_related("version")
        ]
        return render(request, "cdop_forms/mine.html", {"rows": rows})
