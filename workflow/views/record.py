"""What is known about a case, from everybody, on one screen; and the screen on which an item is settled."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property

from workflow.attachments.selectors import attachments_of
from workflow.collating import engine, services
from workflow.collating.engine import Item
from workflow.collating.forms import AgreeForm
from workflow.collating.selectors import record_of
from workflow.models import Attachment
from workflow.permissions import user_can_see_identity, user_can_work_cases
from workflow.services import record_view
from workflow.views.actions.base import ActionView
from workflow.views.base import OneCaseView

SHOWN: dict[str, tuple[str, Callable[[Item], bool]]] = {
    "all": ("Everything", lambda item: True),
    "choose": ("To settle", lambda item: item.to_choose),
    "blank": ("Not answered", lambda item: not item.answered),
    "agreed": ("Agreed", lambda item: item.agreed is not None),
}


class RecordView(OneCaseView):
    template_name = "cdop_workflow/record.html"
    reads_it_whole = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record_view(self.case, self.staff)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        items = record_of(self.case, self.staff)
        chosen = self.request.GET.get("show", "all")
        chosen = chosen if chosen in SHOWN else "all"
        words = self.request.GET.get("q", "").strip()
        shown = [item for item in items if SHOWN[chosen][1](item) and _speaks_of(item, words)]
        return super().get_context_data(
            sections=engine.sections(shown),
            files=[each for each in attachments_of(self.case, self.staff) if words and _names(each, words)],
            completeness=_completeness(items),
            tabs=[(name, label, sum(map(test, items))) for name, (label, test) in SHOWN.items()],
            chosen=chosen,
            words=words,
            sees_identity=user_can_see_identity(self.staff),
            may_agree=may_agree(self),
            out=[request for request in self.case.requests.select_related("agency") if request.outstanding],
            **kwargs,
        )

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": "Record"}]

    def get_page_title(self) -> str:
        return "Record"


def may_agree(view: OneCaseView) -> bool:
    return view.case.is_corrected_here and user_can_work_cases(view.staff) and user_can_see_identity(view.staff)


def _speaks_of(item: Item, words: str) -> bool:
    """Whether an item’s label or anything that was answered to it has these words."""
    said = " ".join([item.label, item.words, *(told.words for told in item.told)]).casefold()
    return all(word in said for word in words.casefold().split())


def _names(attachment: Attachment, words: str) -> bool:
    """Whether the name, kind or description of a file has these words."""
    said = f"{attachment.upload.name} {attachment} {attachment.description}".casefold()
    return not hasattr(attachment, "withdrawal") and all(word in said for word in words.casefold().split())


def _completeness(items: list[Item]) -> dict[str, tuple[int, int]]:
    """How many of the items of each section are answered, and of how many."""
    asked = Counter(item.section for item in items)
    answered = Counter(item.section for item in items if item.answered)
    return {section: (answered[section], number) for section, number in asked.items()}


class AgreeView(ActionView):
    """Settles one item."""

    button = "Go by this answer"
    done = "Recorded."
    template_name = "cdop_workflow/agree.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_see_identity(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form(self, data: Any = None) -> AgreeForm:
        return AgreeForm(data, item=self.item)

    @cached_property
    def item(self) -> Item:
        found = next((item for item in record_of(self.case, self.staff) if item.name == self.kwargs["item"]), None)
        if found is None:
            raise Http404
        return found

    @property
    def title(self) -> str:  # type: ignore[override]
        return self.item.label

    def look_again(self) -> None:
        super().look_again()
        del self.item

    def act(self, data: dict[str, Any]) -> None:
        services.agree(self.case, self.staff, self.kwargs["item"], data["seen"], data["reason"], **data["chosen"])

    @property
    def back(self) -> str:
        return reverse("cases:record", args=[self.case.reference])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        item = self.item
        seen = ",".join(str(told.submission) for told in item.told)
        return super().get_context_data(item=item, seen=seen, **kwargs)
