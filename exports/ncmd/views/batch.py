"""One file of returns: what is in it, taking it, recording that it went, and reading in what NCMD answered."""

from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header

from exports.models import NcmdBatch
from exports.ncmd import services
from exports.ncmd.answers import NotReadable, read
from exports.ncmd.forms import AnswersForm
from exports.ncmd.gateways.file import manifest_of
from exports.ncmd.selectors import batches_for, why_rejected
from exports.ncmd.states import STAGES, Stage
from exports.ncmd.views.listing import NcmdScreen
from exports.ncmd.views.sending import Acts, SendersOnly
from workflow.asking import Asks
from workflow.services import MoveRefused


class BatchView(SendersOnly, Asks, NcmdScreen):
    """The form is the one for NCMD's answers."""

    template_name = "cdop_exports/ncmd/batch.html"
    form_class = AnswersForm
    button = "Read the answers"

    @cached_property
    def batch(self) -> NcmdBatch:
        return get_object_or_404(batches_for(self.staff), pk=self.kwargs["batch_id"])

    def get_page_title(self) -> str:
        return f"File {self.batch}"

    @property
    def back(self) -> str:
        return reverse("exports:ncmd_batch", args=[self.batch.pk])

    def form(self, data: Any = None) -> django_forms.Form:
        return AnswersForm(data, self.request.FILES or None)

    def act(self, data: dict[str, Any]) -> None:
        keys = {each.key for each in self.sendings()}
        try:
            lines = read(data["file"], keys)
        except NotReadable as refused:
            raise MoveRefused(refused.problems) from None
        news = services.read_answers(self.batch, lines, self.staff)
        self.done = f"Answers read: {len(lines)}, of which {news} said something new."

    def sendings(self) -> Any:
        return self.batch.sendings.select_related("ncmd_return__case").defer("sealed").order_by("pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        manifest = manifest_of(self.batch.content)
        sendings = sorted(self.sendings(), key=lambda each: each.outcome != "rejected")
        said = why_rejected(self.staff, [each.ncmd_return for each in sendings])
        files = [(STAGES[Stage(each["name"].partition(".")[0])], each) for each in manifest["files"]]
        return super().get_context_data(
            batch=self.batch,
            manifest=manifest,
            files=files,
            sendings=[(each, said.get(each.ncmd_return_id, "")) for each in sendings],
            **kwargs,
        )

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        *above, here = super().get_breadcrumbs_items()
        return [*above, {"url": reverse("exports:ncmd_sending"), "label": "Send many at once"}, here]


class ActOnBatchView(Acts):
    def post(self, request: HttpRequest, batch_id: int, what: str) -> HttpResponse:
        batch = get_object_or_404(batches_for(self.staff), pk=batch_id)
        back = redirect("exports:ncmd_batch", batch.pk)
        if what == "take":
            return self.file(batch)
        if what == "sent":
            done = "Recorded. Read NCMD’s answers in here when they come."
            return self.act(lambda: services.confirm_sent(batch, self.staff), done, back)
        if what == "take-back":
            done = "Taken back. Its returns can be sent in another way. Delete every copy of the file."
            return self.act(lambda: services.withdraw_batch(batch, self.staff), done, back)
        raise Http404

    def file(self, batch: NcmdBatch) -> HttpResponse:
        headers = {
            "Content-Disposition": content_disposition_header(True, f"{batch}.zip") or "attachment",
            "Cache-Control": "no-store",
        }
        return HttpResponse(services.take_file(batch, self.staff), content_type="application/zip", headers=headers)
