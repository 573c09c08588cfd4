"""The list of meetings, one meeting, and what is entered about it."""

from typing import Any

from django import forms as django_forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from wagtail.admin.ui.tables import Column, TitleColumn

from workflow.family.selectors import may_read as may_read_families
from workflow.family.selectors import words_before
from workflow.meetings import services
from workflow.meetings.calendar import invitation
from workflow.meetings.forms import (
    CancelForm,
    HeldForm,
    PlanForm,
    SeatForm,
    WhenForm,
    when_of,
)
from workflow.meetings.selectors import (
    CHAIR_MUST_NOT,
    as_it_stands,
    may_be_declared,
    meetings_for,
    planned,
    present,
    seat_of,
    seats_before,
    with_numbers,
    without_a_chair,
)
from workflow.meetings.states import BY_NAME, MOVES, PANELS
from workflow.meetings.views.base import ForMeetings, MeetingForm, MeetingScreen
from workflow.models import Meeting, Seat
from workflow.permissions import user_can_make, user_can_read_cases, user_can_run_meetings
from workflow.presenters import age_label
from workflow.selectors import cases_for
from workflow.services import record_view
from workflow.states import BY_NAME as MOVES_OF_CASES
from workflow.views.base import Listing


class MeetingsView(Listing):
    may_open = staticmethod(user_can_read_cases)
    model = Meeting
    page_title = "Meetings"
    header_icon = "group"
    index_url_name = "meetings:list"
    index_results_url_name = "meetings:list_results"
    results_template_name = "cdop_workflow/meetings/list_results.html"
    table_classname = "listing cdop-cases"
    default_ordering = "-starts_at"
    columns = [
        TitleColumn("title", label="Meeting", get_url=lambda meeting: meeting.get_absolute_url()),
        Column("starts_at", label="When", accessor="when"),
        Column("get_state_display", label="State", sort_key="state"),
        Column("cases", label="Cases", classname="cdop-wide"),
        Column("invited", label="Members", classname="cdop-wide"),
        Column("come", label="Come", classname="cdop-wide"),
    ]

    def get_base_queryset(self) -> QuerySet[Meeting]:
        return with_numbers(meetings_for(self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_run=user_can_run_meetings(self.request.user), **kwargs)


class MeetingView(MeetingScreen):
    """One meeting: when and where, who comes, what is on the agenda, and what can be done."""

    template_name = "cdop_workflow/meetings/meeting.html"
    runs_it = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_read_cases(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.meeting)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting, runs = self.meeting, user_can_run_meetings(self.staff)
        mine = seat_of(meeting, self.staff)
        seats = list(meeting.seats.select_related("user")) if runs else []
        return super().get_context_data(
            may_run=runs,
            may_defer=user_can_make(self.staff, MOVES_OF_CASES["defer_for_chair"]),
            mine=mine,
            agenda=self._agenda(mine, runs),
            seats=seats,
            seated_before=runs and meeting.kind in PANELS and not seats and bool(seats_before(meeting)),
            uninvited=any(seat.invited_at is None for seat in seats),
            quorum=self._quorum() if meeting.kind in PANELS else None,
            moves=[move for move in MOVES if meeting.state in move.sources] if runs else [],
            changes=meeting.changes.select_related("by") if runs else [],
            is_panel=meeting.kind in PANELS,
            reads_family=may_read_families(self.staff),
            **kwargs,
        )

    def _agenda(self, mine: Seat | None, runs: bool) -> list[dict[str, Any]]:
        """The items with their case, for those who may read it; whose interest was declared, for those who run it."""
        items = self.meeting.items.select_related("case", "chair").prefetch_related("interests__seat__user")
        readable = set(cases_for(self.staff).filter(agenda_items__meeting=self.meeting).values_list("pk", flat=True))
        chairless = without_a_chair(self.meeting) if runs and self.meeting.kind in PANELS else set()
        said = words_before(self.meeting) if runs else {}
        if said and self.meeting.kind not in PANELS and may_read_families(self.staff):
            for item in items:
                record_view(item.case, self.staff)
        return [
            {
                "item": item,
                "readable": item.case_id in readable,
                "family": [words for words in said.get(item.case_id, []) if item.case_id in readable],
                "age": age_label(item.case) if item.case_id in readable else "",
                "interests": item.interests.all() if runs else [],
                "chair_in_the_way": CHAIR_MUST_NOT if item.pk in chairless else "",
                "may_declare": item.case_id in readable and may_be_declared(item) and (runs or mine is not None),
                "declared": mine is not None and any(each.seat_id == mine.pk for each in item.interests.all()),
            }
            for item in items
        ]

    def _quorum(self) -> Any:
        return present(self.meeting) if self.meeting.state == "held" else planned(self.meeting)


class PlanView(MeetingForm):
    form_class = PlanForm
    title = "Plan a panel"
    button = "Plan it"
    done = "Planned. Now say who should come."

    def act(self, data: dict[str, Any]) -> None:
        self.meeting = services.plan(self.staff, **data)


class ChangeView(MeetingForm):
    title = "Change when, where or who chairs"
    told = False

    def form(self, data: Any = None) -> django_forms.Form:
        form = WhenForm(data, initial=when_of(self.meeting))
        if self.meeting.kind not in PANELS:
            form.fields["day"].disabled = True
            form.fields["day"].help_text = "The day of a CDRM is changed on its case."
        return form

    def act(self, data: dict[str, Any]) -> None:
        services.change(self.meeting, self.staff, seen=self.request.POST.get("seen"), **data)

    def look_again(self) -> None:
        self.meeting.refresh_from_db()
        self.told = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(seen=self._seen(), **kwargs)

    def _seen(self) -> str:
        """What the person saw first, until a refusal has told them what it is now."""
        sent = self.request.POST.get("seen")
        return as_it_stands(self.meeting) if sent is None or self.told else sent


class SeatView(MeetingForm):
    form_class = SeatForm
    title = "Add a member"
    button = "Add"
    done = "Added."

    def act(self, data: dict[str, Any]) -> None:
        services.add_seat(self.meeting, self.staff, data["seat"], data["user"], data["email"])


class MeetingMoveView(MeetingForm):
    def form(self, data: Any = None) -> django_forms.Form:
        move = BY_NAME.get(self.kwargs["move"])
        if move is None:
            raise Http404
        self.title = self.button = move.label
        self.done = f"Done: {move.label}."
        if move.name == "hold":
            return HeldForm(data, meeting=self.meeting)
        return (CancelForm if move.needs_reason else django_forms.Form)(data)

    def act(self, data: dict[str, Any]) -> None:
        data["attended"] = [int(seat) for seat in data.get("attended", [])]
        services.move(self.meeting, self.kwargs["move"], self.staff, **data)


class CalendarView(ForMeetings):
    """The meeting for a calendar."""

    runs_it = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        headers = {"Content-Disposition": 'attachment; filename="meeting.ics"'}
        return HttpResponse(invitation(self.meeting), content_type="text/calendar; charset=utf-8", headers=headers)
