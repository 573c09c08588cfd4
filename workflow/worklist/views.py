"""Screens of work: mine, everybody's, the board of the area, its calendar, and who has how much."""

import calendar
import datetime as dt
from itertools import groupby
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from workflow.filters.selectors import filters_for
from workflow.models import Case, Task
from workflow.permissions import user_can_read_every_case, user_can_work_cases
from workflow.services import MoveRefused
from workflow.states import OPEN
from workflow.views.actions import ActionView
from workflow.worklist import services
from workflow.worklist.board import board, loads
from workflow.worklist.choosing import Chosen, by_day
from workflow.worklist.desk import Days, Desk, Whose
from workflow.worklist.forms import CoordinatorForm, GiveOutForm, TaskForm, WorkFilterForm
from workflow.worklist.items import SOURCES, items
from workflow.worklist.selectors import NOBODY, colleagues, nobodys

GIVEN_OUT_AT_ONCE = 50
TABS = [
    ("mine", "My work"),
    ("everybody", "Everybody’s work"),
    ("board", "Board"),
    ("calendar", "Calendar"),
    ("people", "Who has what"),
]


class WorkView(WagtailAdminTemplateMixin, TemplateView):
    """One of the screens of work, for those who work on cases."""

    header_icon = "list-ul"
    name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may(self) -> bool:
        return user_can_work_cases(self.request.user)

    @property
    def staff(self) -> User:
        return cast(User, self.request.user)

    def get_page_title(self) -> str:
        return dict(TABS)[self.name]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [{"url": reverse("wagtailadmin_home"), "label": "Home"}, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        open_to_me = TABS if user_can_work_cases(self.request.user) else [tab for tab in TABS if tab[0] == "board"]
        tabs = [{"label": label, "url": reverse(f"work:{name}"), "on": name == self.name} for name, label in open_to_me]
        return super().get_context_data(tabs=tabs, saved_filters=filters_for(self.staff), **kwargs)


class MyWorkView(WorkView):
    template_name = "cdop_workflow/work/mine.html"
    name = "mine"
    everybody = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        form = WorkFilterForm(self.request.GET, everybody=self.everybody)
        asked = form.chosen
        chosen = Chosen(asked.get("kind", ""), asked.get("when", ""))
        found = by_day(chosen.items(Desk(self.staff, self.whose(asked.get("coordinator", ""))), today), today)
        waiting = 0 if self.everybody else Case.objects.filter(nobodys("coordinator"), state__in=OPEN).count()
        return super().get_context_data(
            lists=found, filters=form, asked=asked, nobodys=waiting, everybody=self.everybody, **kwargs
        ) | {"save_query": urlencode(asked), "save_screen": self.name}

    def whose(self, coordinator: str) -> Whose:
        return self.staff


class EverybodysWorkView(MyWorkView):
    name = "everybody"
    everybody = True

    def whose(self, coordinator: str) -> Whose:
        if coordinator == NOBODY:
            return "nobody"
        return User.objects.get(pk=coordinator) if coordinator else "everybody"


class BoardView(WorkView):
    template_name = "cdop_workflow/work/board.html"
    name = "board"

    def may(self) -> bool:
        return user_can_read_every_case(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(columns=board(self.staff), **kwargs)


class CalendarView(WorkView):
    template_name = "cdop_workflow/work/calendar.html"
    name = "calendar"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        first = self._month()
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        everybody = bool(self.request.GET.get("everybody"))
        desk = Desk(self.staff, "everybody" if everybody else self.staff)
        due = items(desk, Days(first, last), [source for source in SOURCES if source.dated])
        return super().get_context_data(
            month=first,
            before=(first - dt.timedelta(days=1)).replace(day=1),
            after=last + dt.timedelta(days=1),
            days=[(day, list(lines)) for day, lines in groupby(due, key=lambda item: item.due)],
            today=timezone.localdate(),
            everybody=everybody,
            **kwargs,
        )

    def _month(self) -> dt.date:
        """The first of the month that was asked for; of this one when that is none a calendar has."""
        try:
            first = dt.datetime.strptime(self.request.GET.get("month", ""), "%Y-%m").date()
        except ValueError:
            return timezone.localdate().replace(day=1)
        return first if 1900 < first.year < 9999 else timezone.localdate().replace(day=1)


class PeopleView(WorkView):
    """How much everybody has, and the cases that nobody keeps going, to be given out."""

    template_name = "cdop_workflow/work/people.html"
    name = "people"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = list(self._waiting()[:GIVEN_OUT_AT_ONCE])
        form = kwargs.pop("form", None) or GiveOutForm()
        return super().get_context_data(loads=loads(colleagues()), waiting=waiting, form=form, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = GiveOutForm(request.POST)
        form.fields["cases"].queryset = self._waiting()  # type: ignore[attr-defined]
        form.fields["cases"].error_messages |= {
            "required": "Tick at least one case.",
            "invalid_choice": "One of these cases was given to somebody meanwhile. Look again.",
        }
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        to = form.cleaned_data["to"]
        try:
            given = services.assign_all(form.cleaned_data["cases"], to, self.staff)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, f"{given} case{'s' * (given != 1)} given to {services.name_of(to)}.")
        return redirect("work:people")

    def _waiting(self) -> Any:
        return Case.objects.filter(nobodys("coordinator"), state__in=OPEN).order_by("-urgent", "opened_at")


class FinishTaskView(View):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not user_can_work_cases(request.user):
            raise PermissionDenied
        services.finish(get_object_or_404(Task, pk=pk), cast(User, request.user))
        messages.success(request, "Done.")
        back = request.POST.get("back", "")
        safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
        return redirect(back if safe else reverse("work:mine"))


class CoordinatorView(ActionView):
    form_class = CoordinatorForm
    title = "Who keeps this case going"

    def form(self, data: Any = None) -> CoordinatorForm:
        return CoordinatorForm(data, initial={"coordinator": self.case.coordinator_id or self.staff.pk})

    def act(self, data: dict[str, Any]) -> None:
        services.assign(self.case, data["coordinator"], self.staff)


class TaskView(ActionView):
    form_class = TaskForm
    title = "Give a task"
    button = "Give"
    done = "Given."

    def act(self, data: dict[str, Any]) -> None:
        services.give(self.case, data["what"], self.staff, data["to"], data["due_on"])
