"""Two cases side by side: are they about the same child?"""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from workflow import services
from workflow.action_forms import SameChildForm
from workflow.comparing import Side, in_pairs
from workflow.matching.selectors import match_of, mergeable, newest_decision
from workflow.matching.services import decide_apart
from workflow.models import Case
from workflow.permissions import user_can_make, user_can_see_identity
from workflow.presenters import case_url
from workflow.selectors import cases_for
from workflow.services import MoveRefused, record_view
from workflow.states import BY_NAME
from workflow.views.actions.base import ActionView
from workflow.views.actions.move import seen_on_screen


class CompareView(ActionView):
    """Shows what is the same and what differs. Looking at it counts as opening both cases."""

    template_name = "cdop_workflow/compare.html"
    form_class = SameChildForm

    def find(self, reference: str) -> Case:
        self.other = get_object_or_404(cases_for(self.staff), reference=self.kwargs["other"])
        if self.other.reference == reference:
            raise Http404
        return super().find(reference)

    def render_to_response(self, *args: Any, **kwargs: Any) -> HttpResponse:
        for case in (self.case, self.other):
            record_view(case, self.staff)
        return super().render_to_response(*args, **kwargs)

    def act(self, data: dict[str, Any]) -> None:
        if data["answer"] != "same":
            apart = data["answer"] == "apart"
            decide_apart(self.case, self.other, self.staff, apart, data["reason"])
            self.done = "It will not be proposed again." if apart else "It is proposed again."
            return
        pair = mergeable(self.case, self.other)
        if pair is None:
            raise MoveRefused(["Neither of the two can be merged into the other now. Look at them again."])
        merged, kept = pair
        details = {"duplicate_of": kept.reference}
        services.move(merged, "mark_duplicate", self.staff, data["reason"], details, seen=seen_on_screen(self.request))
        self.case = kept
        self.done = f"Case {merged.reference} has been merged into this one."

    def get_page_title(self) -> str:
        return f"{self.case.reference} and {self.other.reference}"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items()[:-1], {"url": "", "label": "Compare"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        identity = user_can_see_identity(self.staff)
        pair = mergeable(self.case, self.other)
        sides = [Side(case, identity) for case in (self.case, self.other)]
        newest = pair[0].state_changes.last() if pair else None
        return super().get_context_data(
            other=self.other,
            other_url=case_url(self.other),
            sides=sides,
            child=in_pairs(*(side.child() for side in sides)),
            told=in_pairs(*(side.told() for side in sides)),
            sees_identity=identity,
            match=match_of(self.case, self.other) if identity else None,
            decision=newest_decision(self.case, self.other) if identity else None,
            merged=self.other.pk == self.case.duplicate_of_id or self.case.pk == self.other.duplicate_of_id,
            pair=pair,
            may_merge=user_can_make(self.staff, BY_NAME["mark_duplicate"]),
            seen=newest.pk if newest else 0,
            **kwargs,
        )
