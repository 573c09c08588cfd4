"""The whole story of a case on one page: filtered, searched, printed."""

from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponseBase

from workflow.models import TimelineEntry
from workflow.models.history import KINDS
from workflow.permissions import user_can_see_identity
from workflow.services import record_view
from workflow.views.base import OneCaseView


class TimelineForm(django_forms.Form):
    """What is asked for in the address: never words, which may name somebody and are sent in the body."""

    kind = django_forms.MultipleChoiceField(
        label="Only", choices=KINDS, required=False, widget=django_forms.CheckboxSelectMultiple
    )
    words = django_forms.CharField(label="With the words", required=False, max_length=100)


class TimelineView(OneCaseView):
    template_name = "cdop_workflow/timeline.html"
    reads_it_whole = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record_view(self.case, self.staff)
        form = TimelineForm(self.request.POST if self.request.method == "POST" else None)
        asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {"kind": [], "words": ""}
        identity = user_can_see_identity(self.request.user)
        entries = self.case.timeline.select_related("by")
        if asked["kind"]:
            entries = entries.filter(kind__in=asked["kind"])
        found = [entry for entry in entries if holds(entry, asked["words"], identity)]
        return super().get_context_data(form=form, entries=found, sees_identity=identity, **kwargs)

    def get_page_title(self) -> str:
        return f"Timeline of {self.case.reference}"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": "Timeline"}]


def holds(entry: TimelineEntry, words: str, identity: bool) -> bool:
    """Whether each of the words stands in an entry, as far as this person may read it."""
    readable = f"{entry.text} {entry.words if identity and words else ''}".casefold()
    return all(word in readable for word in words.casefold().split())
