"""Asking agencies, and what came back, for the staff of the panel."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from workflow.models import InformationRequest, MessageTemplate, RequestedForm
from workflow.models.previewed import area_words
from workflow.permissions import user_can_see_identity
from workflow.presenters import Told, pages_told
from workflow.requests import services
from workflow.requests.forms import (
    AskedFormSet,
    DueForm,
    PersonForm,
    QueryForm,
    ReasonForm,
    WordForm,
    first_lines,
)
from workflow.requests.proposing import missing_forms, suggestions
from workflow.requests.states import BY_NAME, staff_moves_from
from workflow.services import record_view
from workflow.views.actions import ActionView
from workflow.views.base import OneCaseView


class AskAgenciesView(OneCaseView):
    """One screen from the notification's professionals to requests on their way."""

    template_name = "cdop_workflow/ask.html"
    works_on_it = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        lines = AskedFormSet(initial=first_lines(suggestions(self.case)))
        return self.render_to_response(self.get_context_data(lines=lines, due=DueForm()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        lines, due = AskedFormSet(request.POST), DueForm(request.POST)
        if not (lines.is_valid() and due.is_valid()):
            return self.render_to_response(self.get_context_data(lines=lines, due=due))
        asked = [line for form in lines if (line := form.asked())]
        if not asked:
            messages.error(request, "Tick at least one line.")
            return self.render_to_response(self.get_context_data(lines=lines, due=due))
        made = services.ask(self.case, self.staff, asked, due.cleaned_data["due_on"], "send" in request.POST)
        sent = "sent" if "send" in request.POST else "kept as drafts"
        messages.success(request, f"{len(made)} request{'' if len(made) == 1 else 's'} {sent}.")
        return redirect(self.case_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        template = MessageTemplate.objects.filter(code="request").first()
        return super().get_context_data(
            called_for=missing_forms(self.case),
            template=template,
            message=template and template.parts_in_full({**template.examples, **area_words()}),
            may_edit=self.staff.has_perm("cdop_workflow.change_messagetemplate"),
            **kwargs,
        )

    def get_page_title(self) -> str:
        return "Ask agencies"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": "Ask agencies"}]


class OneRequestMixin:
    """Finds a request among those of the case."""

    def asked(self) -> InformationRequest:
        requests = self.case.requests.select_related("agency", "case")  # type: ignore[attr-defined]
        return get_object_or_404(requests, pk=self.kwargs["request_id"])  # type: ignore[attr-defined]


class RequestView(OneRequestMixin, OneCaseView):
    """One request: whom, what, how far, what was said, and what came back."""

    template_name = "cdop_workflow/request.html"
    works_on_it = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record_view(self.case, self.staff)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.asked()
        identity = user_can_see_identity(self.request.user)
        forms = asked.forms.select_related("version").prefetch_related(
            "returns__submission__version", "returns__submission__uploads"
        )
        return super().get_context_data(
            asked=asked,
            sees_identity=identity,
            recipient=asked.recipient if identity else {},
            moves=staff_moves_from(asked.state),
            forms=[(form, self._told(form, identity)) for form in forms],
            words=asked.words.select_related("by"),
            sent_about_it=list(asked.messages.defer("sealed")),
            changes=asked.changes.select_related("by").order_by("-pk"),
            **kwargs,
        )

    def _told(self, form: RequestedForm, identity: bool) -> Told | None:
        newest = list(form.returns.all())[-1:]
        return pages_told(newest[0].submission, identity, dates=True) if newest else None

    def get_page_title(self) -> str:
        return f"Request to {self.asked().agency}"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]


class RequestMoveView(OneRequestMixin, ActionView):
    """One move of a request, with what it asks for."""

    FORMS: dict[str, type[django_forms.Form]] = {"query": QueryForm, "reassign": PersonForm}

    def form(self, data: Any = None) -> django_forms.Form:
        self.move = BY_NAME.get(self.kwargs["move"])
        if self.move is None or "staff" not in self.move.makers:
            raise Http404
        self.title = self.button = self.move.label
        self.done = f"Done: {self.move.label}."
        return self.FORMS.get(self.move.name, ReasonForm if self.move.needs_reason else django_forms.Form)(data)

    def act(self, data: dict[str, Any]) -> None:
        asked, name = self.asked(), self.kwargs["move"]
        if name in ("send", "renew"):
            services.send(asked, self.staff)
        elif name == "query":
            services.query(asked, self.staff, data["reason"])
        elif name == "reassign":
            services.pass_on(asked, "staff", data["name"], data["email"], by=self.staff, role=data["role"])
        else:
            services.move(asked, name, "staff", self.staff, data.get("reason", ""))

    @property
    def case_url(self) -> str:
        return request_url(self.asked())


class RequestWordView(OneRequestMixin, ActionView):
    form_class = WordForm
    title = "Answer a question"
    button = "Send the answer"
    done = "The answer is on its way."

    def act(self, data: dict[str, Any]) -> None:
        services.say(self.asked(), data["text"], self.staff)


def request_url(asked: InformationRequest) -> str:
    return reverse("cases:request", args=[asked.case.reference, asked.pk])
