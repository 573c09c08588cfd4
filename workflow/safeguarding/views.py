"""Screens on which abuse or neglect is recorded, and its referrals are followed to their answers."""

from typing import Any

from django import forms as django_forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from workflow.models import Referral
from workflow.permissions import user_can_refer, user_can_see_identity
from workflow.presenters import case_url
from workflow.safeguarding import services
from workflow.safeguarding.forms import AnswerForm, LetterForm, ReasonForm, SendForm, SuspicionForm
from workflow.safeguarding.letters import letter_of
from workflow.safeguarding.presenters import lines
from workflow.safeguarding.selectors import referrals_of
from workflow.safeguarding.states import BY_NAME
from workflow.services import record_view
from workflow.views.actions.base import ActionView
from workflow.views.actions.move import seen_on_screen
from workflow.views.base import OneCaseView


class ForReferrals(OneCaseView):
    """A screen for those who may read and act on referrals. Others are refused before anything is looked up."""

    header_icon = "warning"
    knows_the_child = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_refer(request.user) or (self.knows_the_child and not user_can_see_identity(request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def referral(self) -> Referral:
        return get_object_or_404(referrals_of(self.case), pk=self.kwargs["pk"])


class SafeguardingView(ForReferrals):
    """What is suspected, who is to be told, and what they answered."""

    template_name = "cdop_workflow/safeguarding/safeguarding.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record_view(self.case, self.staff)
        return super().get(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return "Safeguarding"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": "Safeguarding"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        knows = user_can_see_identity(self.staff)
        suspicions = self.case.suspicions.select_related("by")
        return super().get_context_data(
            suspicions=suspicions, referrals=lines(self.case), sees_identity=knows, **kwargs
        )


class ReferralScreen(ForReferrals, ActionView):
    template_name = "cdop_workflow/safeguarding/form.html"
    works_on_it = False

    @property
    def back(self) -> str:
        return case_url(self.case, "safeguarding")


class SuspectView(ReferralScreen):
    """Opens the referrals that are to be sent the same day."""

    form_class = SuspicionForm
    title = "Abuse or neglect suspected"
    button = "Record it and open the referrals"
    done = "Recorded. Send the referrals today."
    explained = (
        "If another child may be at risk, make a child protection referral to children’s social care now, or ring 999. "
        "This does not take its place."
    )

    def act(self, data: dict[str, Any]) -> None:
        services.suspect(self.case, self.staff, seen=seen_on_screen(self.request), **data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(explained=self.explained, seen=self.case.suspicions.count(), **kwargs)


class ReferralMoveView(ReferralScreen):
    FORMS = {"send": SendForm, "not_needed": ReasonForm, "reopen": ReasonForm}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if kwargs["move"] not in BY_NAME:
            raise Http404
        self.move = BY_NAME[kwargs["move"]]
        self.button = self.move.label
        self.done = f"Done: {self.move.label}."
        return super().dispatch(request, *args, **kwargs)

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"{self.referral.recipient}: {self.move.label[0].lower()}{self.move.label[1:]}"

    def form(self, data: Any = None) -> django_forms.Form:
        if self.move.name == "answer":
            return AnswerForm(data, referral=self.referral, initial={"reference": self.referral.reference})
        return self.FORMS[self.move.name](data)

    def act(self, data: dict[str, Any]) -> None:
        services.move(self.referral, self.move.name, self.staff, **data)


class LetterView(ReferralScreen):
    """The letter of a referral, to change, copy and print. It names the child: for those alone who may know it."""

    template_name = "cdop_workflow/safeguarding/letter.html"
    knows_the_child = True
    button = "Keep these words"
    done = "Kept."

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Letter: {self.referral.recipient}"

    @property
    def back(self) -> str:
        return self.request.path if self.request.method == "POST" else case_url(self.case, "safeguarding")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record_view(self.case, self.staff)
        return super().get(request, *args, **kwargs)

    def form(self, data: Any = None) -> django_forms.Form:
        return LetterForm(data, initial={"text": letter_of(self.referral)})

    def act(self, data: dict[str, Any]) -> None:
        services.keep_letter(self.referral, self.staff, data["text"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        to_send = self.referral.state == "to_send"
        return super().get_context_data(
            letter=letter_of(self.referral),
            referral=self.referral,
            may_change=to_send,
            overview=case_url(self.case, "safeguarding"),
            **kwargs,
        )
