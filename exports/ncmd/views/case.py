"""One case's return: its stages, the sheet that is typed into the portal, and what NCMD answered."""

from typing import Any, cast

from django import forms as django_forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from exports.models import NcmdReturn
from exports.ncmd import services
from exports.ncmd.dictionary import ncmd
from exports.ncmd.evidence import Evidence, evidence_about
from exports.ncmd.forms import AcceptForm, ReasonForm, SendForm
from exports.ncmd.permissions import user_can_send_returns
from exports.ncmd.presenters import panel_of, stages_of
from exports.ncmd.selectors import cases_with_returns, returns_for
from exports.ncmd.sheet import sheet
from exports.ncmd.states import BY_NAME, STAGES, Stage
from exports.ncmd.views.listing import NcmdScreen
from workflow.asking import Asks
from workflow.models import Case
from workflow.permissions import user_can_read_every_case, user_can_see_identity, user_can_work_cases
from workflow.services import record_view
from workflow.views.actions.move import seen_on_screen


class CaseReturnView(NcmdScreen):
    template_name = "cdop_exports/ncmd/case.html"

    @cached_property
    def case(self) -> Case:
        return get_object_or_404(cases_with_returns(self.request.user), reference=self.kwargs["reference"])

    @property
    def staff(self) -> User:
        return cast(User, self.request.user)

    def get_page_title(self) -> str:
        return f"NCMD return of {self.case.reference}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            case=self.case,
            dictionary=ncmd(),
            stages=stages_of(self.case, self.staff),
            opens_case=user_can_read_every_case(self.staff),
            sees_identity=user_can_see_identity(self.staff),
            may_send=user_can_send_returns(self.staff),
            **kwargs,
        )


class OneReturn(CaseReturnView):
    """A screen about one stage, for those who may send it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_send_returns(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def one(self) -> NcmdReturn:
        return get_object_or_404(returns_for(self.staff), case=self.case, stage=self.kwargs["stage"])

    @property
    def stage_title(self) -> str:
        return STAGES[Stage(self.one.stage)]

    @property
    def back(self) -> str:
        return reverse("exports:ncmd_case", args=[self.case.reference])

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        *above, here = super().get_breadcrumbs_items()
        return [*above, {"url": self.back, "label": self.case.reference}, here]


class SheetView(OneReturn):
    """What is typed into the portal, in its order; to read on screen or on paper. It says who the child is."""

    template_name = "cdop_exports/ncmd/sheet.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record_view(self.one.case, self.staff)
        return super().get(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return f"{self.stage_title}: sheet for the portal"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = evidence_about([self.case])[self.case.pk]
        return super().get_context_data(
            lines=sheet(known, self.one.stage),
            in_record=self._in_record(known),
            panel=panel_of(self.one, known, self.staff),
            back=self.back,
            one=self.one,
            **kwargs,
        )

    def _in_record(self, known: Evidence) -> set[str]:
        """The items that this person can settle in the record; the analysis is the chair's to change."""
        from_analysis = ncmd().contents[Stage(self.one.stage)].from_analysis
        return set() if from_analysis or not user_can_work_cases(self.staff) else set(known.record)


class MoveView(Asks, OneReturn):
    back = OneReturn.back

    FORMS: dict[str, type[django_forms.Form]] = {
        "send": SendForm, "accept": AcceptForm, "reject": ReasonForm, "amend": ReasonForm,
    }  # fmt: skip
    template_name = "cdop_exports/ncmd/move.html"
    done = "Recorded."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if kwargs["move"] not in self.FORMS:
            raise Http404
        self.move = BY_NAME[kwargs["move"]]
        self.button = self.move.label
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return self.move.label

    def form(self, data: Any = None) -> django_forms.Form:
        return self.FORMS[self.move.name](data, initial={"reference": self.one.reference})

    def act(self, data: dict[str, Any]) -> None:
        services.move(self.one, self.move.name, self.staff, seen=seen_on_screen(self.request), **data)

    def look_again(self) -> None:
        self.__dict__.pop("one", None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        newest = self.one.changes.last()
        impossible = self.one.state not in self.move.sources
        return super().get_context_data(one=self.one, seen=newest.pk if newest else 0, impossible=impossible, **kwargs)
