"""Answers to forms that are about no case, such as what a family wrote to the panel."""

from typing import Any, cast

import django_filters
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from forms.models import Form, Submission, Upload
from workflow.permissions import user_can_see_identity, user_can_work_cases
from workflow.presenters import pages_told
from workflow.selectors import answers_without_a_case, files_of_answers
from workflow.services import record_answers_view
from workflow.views.base import Listing
from workflow.views.files import GivesFiles, GivesPreviews


def _forms(request: HttpRequest) -> QuerySet[Form]:
    return Form.objects.filter(pk__in=answers_without_a_case(request.user).values("version__form"))


class AnswersFilterSet(WagtailFilterSet):
    form = django_filters.ModelChoiceFilter(queryset=_forms, field_name="version__form", label="Form")

    class Meta:
        model = Submission
        fields: list[str] = []


class ForThoseWhoWorkOnCases:
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_work_cases(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class AnswersView(Listing):
    may_open = staticmethod(user_can_work_cases)
    model = Submission
    page_title = "Answers"
    header_icon = "clipboard-list"
    index_url_name = "answers:list"
    index_results_url_name = "answers:list_results"
    results_template_name = "cdop_workflow/answers_results.html"
    filterset_class = AnswersFilterSet
    search_fields = ["reference"]
    search_backend_name = None
    default_ordering = "-submitted_at"
    columns = [
        TitleColumn("reference", label="Reference", get_url=lambda sent: reverse("answers:one", args=[sent.reference])),
        Column("form", label="Form", accessor=lambda sent: sent.version.form.title),
        DateColumn("submitted_at", label="Received", sort_key="submitted_at"),
    ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [HeaderButton("Links to unfinished forms", url=reverse("answers:links"), icon_name="link")]

    def get_base_queryset(self) -> QuerySet[Submission]:
        return answers_without_a_case(self.request.user).defer("version__schema", "answers", "sealed")


def one_of(request: HttpRequest, reference: str) -> Submission:
    return get_object_or_404(answers_without_a_case(request.user), reference=reference)


class OneAnswerView(ForThoseWhoWorkOnCases, WagtailAdminTemplateMixin, TemplateView):
    template_name = "cdop_workflow/answer.html"
    header_icon = "clipboard-list"

    def get_page_title(self) -> str:
        return f"Answers {self.kwargs['reference']}"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("answers:list"), "label": "Answers"},
            {"url": "", "label": self.kwargs["reference"]},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = cast(User, self.request.user)
        sent = one_of(self.request, self.kwargs["reference"])
        record_answers_view(sent, user)
        identity = user_can_see_identity(user)
        told = {"told": pages_told(sent, identity, dates=True), "answers": sent}
        return super().get_context_data(**told, sees_identity=identity, sees_everything=True, **kwargs)


class OfAnswers(ForThoseWhoWorkOnCases):
    """Files of answers that are about no case."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def files(self) -> QuerySet[Upload]:
        return files_of_answers(one_of(self.request, self.kwargs["reference"]), self.request.user)

    def record(self, file: Upload | None = None) -> None:
        sent = one_of(self.request, self.kwargs["reference"])
        record_answers_view(sent, cast(User, self.request.user), file)

    def back(self) -> str:
        return reverse("answers:one", args=[self.kwargs["reference"]])


class AnswerFileView(OfAnswers, GivesFiles, View):
    pass


class AnswerPreviewView(OfAnswers, GivesPreviews, View):
    pass
