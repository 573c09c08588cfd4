"""The anonymised pack of a case: preparing it, and reading it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from content.models import AreaSettings
from workflow.models import Pack, PackOpening, PackPassage
from workflow.packs import services
from workflow.packs.forms import FinishForm, PassageForm, WithdrawForm, texts_in
from workflow.packs.pdf import pdf_of
from workflow.packs.people import known_of
from workflow.packs.presenters import Looked, looked_at, passages_to_read, watermark
from workflow.packs.selectors import counted, is_out_of_date, may_prepare, pack_in_hand, pack_to_read
from workflow.services import MoveRefused, record_view
from workflow.views.actions.base import ActionView
from workflow.views.base import OneCaseView

CHANGED = "Somebody else changed this passage since you opened the page. What you typed is in the box."
PRIVATE = {"Cache-Control": "no-store, private"}


class OnlyForThosePreparing:
    """Preparing is for those who work on the case and may know who the child is."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_prepare(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class PreparePackView(OnlyForThosePreparing, OneCaseView):
    """Every passage in somebody’s own words, one below the other, to confirm or to leave out."""

    template_name = "cdop_workflow/pack/prepare.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record_view(self.case, self.staff)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            services.make_pack(self.case, self.staff)
        except MoveRefused as refused:
            for reason in refused.reasons:
                messages.error(request, reason)
        return redirect(self.request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pack = pack_in_hand(self.case)
        return super().get_context_data(
            pack=pack,
            counts=counted(pack) if pack else {},
            stale=pack is not None and is_out_of_date(pack),
            passages=self.passages(pack) if pack else [],
            read=pack_to_read(self.case, self.staff),
            may_make=self.case.is_open,
            **kwargs,
        )

    def passages(self, pack: Pack) -> list[Looked]:
        known = known_of(self.case)
        found = pack.passages.exclude(decision=PackPassage.Decision.CODED).select_related("decided_by")
        return [looked_at(passage, known, *self.typed(passage)) for passage in found]

    def typed(self, passage: PackPassage) -> tuple[str | None, list[str]]:
        """What somebody wrote who was refused, and why."""
        return None, []

    def get_page_title(self) -> str:
        return "Prepare the anonymised pack"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": "Prepare the pack"}]


class SavePackView(PreparePackView):
    """Keeps what was typed into passages, without deciding on any."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.refused: dict[int, tuple[str, list[str]]] = {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.prepare)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.keep()
        return self.shown_again() if self.refused else redirect(self.prepare)

    @property
    def prepare(self) -> str:
        return reverse("cases:pack_prepare", args=[self.case.reference])

    def keep(self, but: int = 0) -> None:
        """Keep what was typed into every passage, `but` for the one that is decided."""
        sent = [each for each in texts_in(self.request.POST) if each[0] != but]
        try:
            kept, clashes = services.keep_typed(self.case, self.staff, sent)
        except MoveRefused as refused:
            messages.error(self.request, " ".join(refused.reasons))
            return
        self.refused |= {pk: (text, [CHANGED, f"Theirs: {theirs}"]) for pk, (text, theirs) in clashes.items()}
        if clashes:
            messages.error(self.request, "Somebody else changed what you were changing. Both stand below.")
        if kept:
            passages = "1 passage" if kept == 1 else f"{kept} passages"
            messages.info(self.request, f"Kept what you typed into {passages} that you did not decide on.")

    def shown_again(self) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def typed(self, passage: PackPassage) -> tuple[str | None, list[str]]:
        return self.refused.get(passage.pk, (None, []))


class PassageView(SavePackView):
    """Decides on one passage, and goes on to the next that is open."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.after(self.passage()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        passage = self.passage()
        text = next((text for pk, _, text in texts_in(request.POST) if pk == passage.pk), "")
        self.keep(but=passage.pk)
        try:
            self.decide(passage, text)
        except MoveRefused as refused:
            self.refused[passage.pk] = (text, refused.reasons)
        return self.shown_again() if self.refused else redirect(self.after(passage))

    def decide(self, passage: PackPassage, text: str) -> None:
        sent = self.request.POST
        kept, seen = f"kept-{passage.pk}" in sent, sent.get(f"seen-{passage.pk}")
        form = PassageForm({"text": text, "kept": kept, "decision": sent.get("decision", "")})
        if not form.is_valid():
            raise MoveRefused([str(message) for errors in form.errors.values() for message in errors])
        if form.cleaned_data["decision"] == "leave_out":
            services.leave_out(passage, self.staff, seen)
        else:
            services.confirm_passage(passage, self.staff, form.cleaned_data["text"], form.cleaned_data["kept"], seen)

    def passage(self) -> PackPassage:
        return get_object_or_404(
            PackPassage.objects.select_related("pack__case"), pk=self.kwargs["passage_id"], pack__case=self.case
        )

    def after(self, passage: PackPassage) -> str:
        still = passage.pack.passages.filter(decision=PackPassage.Decision.OPEN)
        ahead = still.filter(place__gt=passage.place).first() or still.first()
        return f"{self.prepare}#{f'passage-{ahead.pk}' if ahead else 'finish'}"


class FinishPackView(OnlyForThosePreparing, ActionView):
    form_class = FinishForm
    title = "Finish the anonymised pack"
    button = "Finish it"
    done = "The pack is finished: the panel can read it."

    def act(self, data: dict[str, Any]) -> None:
        services.finish(self.case, self.staff, data["as_pdf"])


class WithdrawPackView(OnlyForThosePreparing, ActionView):
    form_class = WithdrawForm
    title = "Withdraw the anonymised pack"
    button = "Withdraw it"
    done = "Nobody can read the pack any more."

    def act(self, data: dict[str, Any]) -> None:
        services.withdraw(self.case, self.staff, data["reason"])


class OnePack(OneCaseView):
    """Finds the finished pack, if this person may read it."""

    def pack(self) -> Pack:
        pack = pack_to_read(self.case, self.staff)
        if pack is None:
            raise Http404
        return pack


class PackPdfView(OnePack):
    """The pack to take away, where whoever finished it allowed that."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pack = self.pack()
        if not pack.as_pdf:
            raise Http404
        made = pdf_of(pack, watermark(self.staff), AreaSettings.in_force().area_name)
        services.record_opening(pack, self.staff, PackOpening.How.PDF)
        name = f"pack-{self.case.reference}-{pack.number}.pdf"
        headers = PRIVATE | {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(made, content_type="application/pdf", headers=headers)


class ReadPackView(OnePack):
    """The finished pack on screen. That it was opened is recorded."""

    template_name = "cdop_workflow/pack/read.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pack = self.pack()
        services.record_opening(pack, self.staff, PackOpening.How.SCREEN)
        context = self.get_context_data(
            pack=pack,
            heading=pack.heading,
            sections=passages_to_read(pack),
            watermark=watermark(self.staff),
            stale=is_out_of_date(pack),
            prepares=may_prepare(self.staff) and self.case.is_open,
        )
        return self.render_to_response(context, headers=PRIVATE)

    def get_page_title(self) -> str:
        return "Anonymised pack"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": "Anonymised pack"}]
