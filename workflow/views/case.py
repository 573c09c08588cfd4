"""One case on one screen."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from content.models import AreaSettings
from forms.conditions import as_date
from workflow.abroad.selectors import abroad_panel
from workflow.actions.states import REVIEWED
from workflow.analyses.presenters import panel_of as analyses_of
from workflow.attachments.selectors import attachments_of
from workflow.attachments.selectors import may_read as may_read_files
from workflow.collating.selectors import record_of
from workflow.family.presenters import family_panel
from workflow.matching.selectors import proposals
from workflow.models import CaseSubmission, OutboxMessage
from workflow.models.messages import STUCK
from workflow.packs.presenters import panel_of
from workflow.permissions import (
    user_can_keep_actions,
    user_can_read_every_case,
    user_can_see_identity,
    user_can_work_cases,
)
from workflow.presenters import (
    age_label,
    clock_lines,
    in_threes,
    notification_told,
    pages_told,
    reached,
    recorded,
    steps,
)
from workflow.requests.proposing import missing_forms
from workflow.safeguarding.presenters import prompt_of
from workflow.services import record_view
from workflow.services.deciding import why_not_second
from workflow.states import NEW, NEXT_STEPS, STUBS, State
from workflow.views.base import OneCaseView


class CaseView(OneCaseView):
    template_name = "cdop_workflow/case.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record_view(self.case, self.staff)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, case = self.request.user, self.case
        identity, everything = user_can_see_identity(user), user_can_read_every_case(user)
        area = AreaSettings.in_force()
        context = {
            "age_label": age_label(case),
            "sees_identity": identity,
            "sees_everything": everything,
            "may_work": user_can_work_cases(user),
            "to_triage": case.state in NEW,
            "stub": case.state in STUBS,
            "received": [
                notification_told(item.submission, identity, everything, area)
                if item.kind == "notification"
                else pages_told(item.submission, identity, everything)
                for item in self._received(identity)
            ],
            "recorded": recorded(case, dates=everything),
            "next_step": NEXT_STEPS[State(case.state)],
            "pack_panel": panel_of(case, self.staff),
            "analyses": analyses_of(case, self.staff),
            "family": family_panel(case, user),
            "safeguarding": prompt_of(case, user),
        }
        if may_read_files(user):
            context |= {"reads_files": True, "attachments": list(attachments_of(case, user))}
        if identity:
            context |= self._identity()
        if everything:
            context |= self._process()
        return super().get_context_data(**context, **kwargs)

    def _received(self, identity: bool) -> QuerySet[CaseSubmission]:
        if self.case.state in STUBS:
            return CaseSubmission.objects.none()
        received = self.case.submissions.select_related("submission__version")
        return received.prefetch_related("submission__uploads") if identity else received.defer("submission__sealed")

    def _identity(self) -> dict[str, Any]:
        details = self.case.identity.details if hasattr(self.case, "identity") else {}
        alike, apart = proposals(self.case, self.request.user)
        return {
            "alike": alike,
            "apart": [(decision, decision.besides(self.case)) for decision in apart],
            "identity": details,
            "nhs_number": in_threes(details.get("nhs_number", "")),
            "born": as_date(details.get("date_of_birth")),
            "died": as_date(details.get("date_of_death")),
        }

    def _process(self) -> dict[str, Any]:
        """What those see who take part in the review, and not those who only read for the panel."""
        case, user = self.case, self.request.user
        ahead, aside = steps(case, user)
        record = record_of(case, self.staff)
        stuck = Prefetch("messages", OutboxMessage.objects.filter(state__in=STUCK).defer("sealed"))
        asked = list(case.requests.select_related("agency").prefetch_related("forms__version", stuck))
        gathering = case.state == State.INFORMATION_GATHERING
        return {
            "ahead": ahead,
            "aside": aside,
            "duplicates": list(case.duplicates.order_by("pk")),
            "requests": asked,
            "missing_forms": list(missing_forms(case).values()) if gathering and asked else [],
            "to_settle": sum(item.to_choose for item in record),
            "known": sum(item.answered for item in record),
            "asked_items": len(record),
            "ask_first": gathering and not asked and user_can_work_cases(user),
            "now": timezone.now(),
            "timeline": list(case.timeline.select_related("by")),
            "clocks": clock_lines(case.clocks.select_related("rule"), case.is_open, timezone.now()),
            "meetings": case.agenda_items.select_related("meeting").order_by("meeting__starts_at"),
            "actions": list(case.actions.select_related("agency")),
            "may_add_action": case.state in REVIEWED and user_can_keep_actions(user),
            "holds": case.holds.select_related("started_by", "ended_by"),
            **self._decisions(),
        }

    def _decisions(self) -> dict[str, Any]:
        scope = self.case.scope_decisions.select_related("decided_by").last()
        waits = scope and not scope.in_scope and scope.confirms_id is None and self.case.is_open
        return {
            "scope": scope,
            "scope_waits": waits,
            "may_confirm": bool(
                scope and waits and user_can_work_cases(self.staff) and not why_not_second(scope, self.staff)
            ),
            "jar": self.case.jar_decisions.select_related("decided_by").last(),
            "jar_meeting_on": as_date(self.case.facts.get("jar_meeting_on")),
            "reached": reached(self.case),
            "abroad": abroad_panel(self.case),
        }
