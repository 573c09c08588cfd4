"""One case on one screen."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from forms.conditions import as_date
from forms.selectors import answer_sections
from workflow.guards import refusals
from workflow.permissions import user_can_make, user_can_see_identity, user_can_work_cases
from workflow.services import record_view
from workflow.services.deciding import why_not_second
from workflow.states import moves_from
from workflow.views.base import OneCaseView
from workflow.views.listing import age_label


class CaseView(OneCaseView):
    template_name = "cdop_workflow/case.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record_view(self.case, self.staff)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        identity = user_can_see_identity(user)
        scope = self.case.scope_decisions.select_related("decided_by").last()
        details = self.case.identity.details if identity and hasattr(self.case, "identity") else {}
        return super().get_context_data(
            age_label=age_label(self.case),
            identity=details,
            sees_identity=identity,
            born=as_date(details.get("date_of_birth")),
            died=as_date(details.get("date_of_death")),
            notifications=[
                (received.submission, answer_sections(received.submission, identity))
                for received in self.case.submissions.select_related("submission__version")
            ],
            requests=self.case.requests.select_related("agency").prefetch_related("forms__version"),
            timeline=self.case.timeline.select_related("by"),
            clocks=self.case.clocks.select_related("rule"),
            holds=self.case.holds.select_related("started_by", "ended_by"),
            scope=scope,
            jar=self.case.jar_decisions.select_related("decided_by").last(),
            moves=self._moves(),
            may_work=user_can_work_cases(user),
            may_confirm=bool(
                scope
                and not scope.in_scope
                and scope.confirms_id is None
                and user_can_work_cases(user)
                and not why_not_second(scope, self.staff)
            ),
            now=timezone.now(),
            **kwargs,
        )

    def _moves(self) -> list[dict[str, Any]]:
        """What this person's role may do next; a move that a guard stands before says why."""
        return [
            {"move": move, "reasons": refusals(self.case, move.name)}
            for move in moves_from(self.case.state)
            if user_can_make(self.request.user, move)
        ]
