"""Sending many returns at once, what is on its way, and the files that were made."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import View

from exports.ncmd import services
from exports.ncmd.forms import StagesForm
from exports.ncmd.gateways import GATEWAYS
from exports.ncmd.permissions import user_can_send_returns
from exports.ncmd.selectors import batches_for, on_their_way, ready_by_stage, returns_for
from exports.ncmd.states import STAGES
from exports.ncmd.views.listing import NcmdScreen
from workflow.services import MoveRefused


class SendersOnly(View):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_send_returns(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def staff(self) -> User:
        return cast(User, self.request.user)


class SendingView(SendersOnly, NcmdScreen):
    template_name = "cdop_exports/ncmd/sending.html"
    page_title = "Send many at once"
    PER_PAGE = 20

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = StagesForm(request.POST)
        if not form.is_valid():
            return self.refused([str(error) for errors in form.errors.values() for error in errors])
        try:
            return self.send(request.POST.get("gateway", ""), form.cleaned_data["stages"])
        except MoveRefused as refused:
            return self.refused(refused.reasons)

    def send(self, gateway: str, stages: list[str]) -> HttpResponse:
        if gateway == "file":
            return redirect("exports:ncmd_batch", services.make_batch(self.staff, stages).pk)
        if gateway == "api":
            number = services.hand_over_all(self.staff, gateway, stages)
            messages.success(self.request, f"Handed to NCMD’s interface: {number}. They go within minutes.")
        return redirect("exports:ncmd_sending")

    def refused(self, reasons: list[str]) -> HttpResponse:
        for reason in reasons:
            messages.error(self.request, reason)
        return redirect("exports:ncmd_sending")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ready = ready_by_stage(self.staff, "file")
        going = Paginator(on_their_way(self.staff), self.PER_PAGE).get_page(self.request.GET.get("going"))
        return super().get_context_data(
            stages=[(str(stage), label, *ready[stage]) for stage, label in STAGES.items()],
            any_ready=any(able for able, _ in ready.values()),
            interface=GATEWAYS["api"].is_open,
            going=going,
            page=Paginator(batches_for(self.staff), self.PER_PAGE).get_page(self.request.GET.get("p")),
            **kwargs,
        )


class Acts(SendersOnly):
    """A button. What a service refuses is said on the screen where it was pressed."""

    http_method_names = ["post"]

    def act(self, does: Callable[[], Any], done: str, back: HttpResponse) -> HttpResponse:
        try:
            does()
        except MoveRefused as refused:
            for reason in refused.reasons:
                messages.error(self.request, reason)
        else:
            messages.success(self.request, done)
        return back


class OneSendingView(Acts):
    ACTS: dict[str, tuple[Callable[..., Any], str]] = {
        "again": (services.try_again, "It is tried again within minutes."),
        "take-back": (services.withdraw, "Taken back. It can be sent in another way."),
    }

    def post(self, request: HttpRequest, sending_id: int, what: str) -> HttpResponse:
        if what not in self.ACTS:
            raise Http404
        sending = get_object_or_404(on_their_way(self.staff), pk=sending_id)
        act, done = self.ACTS[what]
        return self.act(lambda: act(sending, self.staff), done, redirect("exports:ncmd_sending"))


class HandOverView(Acts):
    def post(self, request: HttpRequest, reference: str, stage: str) -> HttpResponse:
        one = get_object_or_404(returns_for(self.staff), case__reference=reference, stage=stage)
        done = "Handed to NCMD’s interface. It goes within minutes."
        back = redirect("exports:ncmd_case", reference)
        return self.act(lambda: services.hand_over(one, "api", self.staff), done, back)
