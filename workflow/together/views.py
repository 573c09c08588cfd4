"""One screen for each thing that is done to several cases: choose them, look at what will happen, confirm."""

from typing import Any, cast

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from workflow.filters.selectors import asked_in
from workflow.models import Case
from workflow.permissions import user_can_work_cases
from workflow.selectors import cases_for
from workflow.together.acts import ACTS, BY_ACT
from workflow.together.services import do_to_all, foreseen
from workflow.views.listing import cases_asked_for

AT_ONCE = 50


class CasesField(django_forms.ModelMultipleChoiceField):
    def __init__(self, queryset: QuerySet[Case]) -> None:
        super().__init__(
            queryset=queryset,
            to_field_name="reference",
            error_messages={
                "required": "Tick at least one case.",
                "invalid_choice": "One of these cases is not in the list any more. Look again.",
            },
        )


class TogetherView(WagtailAdminTemplateMixin, TemplateView):
    """The cases are those that the list was asked for, by the same words in the address."""

    template_name = "cdop_workflow/together.html"
    header_icon = "folder-open-inverse"

    def dispatch(self, request: HttpRequest, *args: Any, act: str, **kwargs: Any) -> HttpResponseBase:
        if not user_can_work_cases(request.user):
            raise PermissionDenied
        if act not in BY_ACT:
            raise Http404
        self.chosen = BY_ACT[act]
        return super().dispatch(request, *args, **kwargs)

    @property
    def staff(self) -> User:
        return cast(User, self.request.user)

    @property
    def query(self) -> str:
        return urlencode(asked_in(self.request.GET), doseq=True)

    @property
    def back(self) -> str:
        return f"{reverse('cases:list')}?{self.query}" if self.query else reverse("cases:list")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.chosen.form(request.POST)
        form.fields["cases"] = CasesField(cases_for(self.staff).order_by("reference"))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        data = form.cleaned_data
        cases = data.pop("cases")[:AT_ONCE]
        if "confirmed" not in request.POST:
            outcome = foreseen(self.chosen, cases, self.staff, data)
            sent = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
            again = [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"]
            return self.render_to_response(self.get_context_data(form=form, outcome=outcome, again=again))
        self._tell(do_to_all(self.chosen, cases, self.staff, data))
        return redirect(self.back)

    def _tell(self, outcome: Any) -> None:
        if outcome.able:
            messages.success(self.request, f"{self.chosen.label}: done for {_named(outcome.able)}.")
        for case, reason in outcome.unable:
            messages.warning(self.request, f"Not done for {case.reference}: {reason}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or self.chosen.form()
        ticked = self.request.POST.getlist("cases")
        return super().get_context_data(
            form=form,
            fields=[field for field in form if field.name != "cases"],
            waiting=cases_asked_for(self.request).order_by("reference")[:AT_ONCE],
            ticked=ticked,
            acts=ACTS,
            chosen=self.chosen,
            query=self.query,
            back=self.back,
            at_once=AT_ONCE,
            **kwargs,
        )

    def get_page_title(self) -> str:
        return "Several cases at once"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": self.back, "label": "Cases"},
            {"url": "", "label": "Several at once"},
        ]


def _named(cases: list[Case]) -> str:
    return ", ".join(case.reference for case in cases)
