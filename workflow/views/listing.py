"""The list of cases a person may see."""

from typing import Any

import django_filters
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.http import urlencode
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from workflow.filters.selectors import asked_in, filters_for
from workflow.models import Case
from workflow.permissions import (
    Person,
    user_can_read_cases,
    user_can_read_every_case,
    user_can_refer,
    user_can_see_identity,
    user_can_work_cases,
)
from workflow.presenters import age_label, case_url
from workflow.safeguarding.selectors import REFERRAL_WAITS
from workflow.selectors import cases_for, found_by, how_many, in_order_of_need, with_flags
from workflow.states import ENDED, LABELS, NEW, OPEN, State
from workflow.views.base import Listing
from workflow.worklist.selectors import NOBODY, colleagues, nobodys

NEEDS = [
    ("safeguarding", "Safeguarding referral"),
    ("new", "New"),
    ("urgent", "Urgent"),
    ("overdue", "Past a time limit"),
    ("soon", "Due soon"),
    ("on_hold", "On hold"),
]


def needs_of(user: Person) -> list[tuple[str, str]]:
    """What a person can ask the list for: referrals only if they may act on them."""
    return [each for each in NEEDS if each[0] != "safeguarding" or user_can_refer(user)]


class CaseFilterSet(WagtailFilterSet):
    need = django_filters.MultipleChoiceFilter(
        choices=NEEDS, widget=CheckboxSelectMultiple, method="needing", label="Needs attention"
    )
    state = django_filters.MultipleChoiceFilter(
        choices=[(str(state), LABELS[state]) for state in State], widget=CheckboxSelectMultiple
    )
    coordinator = django_filters.ModelChoiceFilter(
        queryset=lambda request: colleagues(),
        null_label="Nobody",
        empty_label="Anybody",
        label="Coordinator",
        method="kept_by",
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["need"].extra["choices"] = needs_of(self.request.user)

    def kept_by(self, cases: QuerySet[Case], name: str, who: User | str) -> QuerySet[Case]:
        return cases.filter(nobodys(name) if who == NOBODY else Q(**{name: who}))

    def needing(self, cases: QuerySet[Case], name: str, needs: list[str]) -> QuerySet[Case]:
        """Cases that have every one of these needs: open ones, except that a safeguarding referral waits in any."""
        special = {"new": Q(state__in=NEW), "safeguarding": REFERRAL_WAITS}
        for need in needs:
            cases = cases.filter(special.get(need, Q(**{need: True})))
        return cases if needs == ["safeguarding"] else cases.filter(state__in=OPEN)


def cases_asked_for(request: HttpRequest) -> QuerySet[Case]:
    """The cases that the list shows for this address; the open ones unless a state or a referral is asked for."""
    asked = request.GET
    everything = asked.getlist("state") or asked.getlist("need") == ["safeguarding"]
    cases = cases_for(request.user) if everything else cases_for(request.user).filter(state__in=OPEN)
    return CaseFilterSet(asked, queryset=with_flags(cases, request.user), request=request).qs


class FlagsColumn(Column):
    cell_template_name = "cdop_workflow/flags_cell.html"


class NextLimitColumn(Column):
    cell_template_name = "cdop_workflow/next_limit_cell.html"


class ReceivedColumn(Column):
    cell_template_name = "cdop_workflow/received_cell.html"


REFERENCE = TitleColumn("reference", label="Case", sort_key="reference", get_url=lambda case: case_url(case))
STATE = Column("get_state_display", label="State", sort_key="state")
AGE = Column("age", label="Age at death", accessor=lambda case: age_label(case), classname="cdop-wide")


class CaseListView(Listing):
    may_open = staticmethod(user_can_read_cases)
    model = Case
    page_title = "Cases"
    header_icon = "folder-open-inverse"
    index_url_name = "cases:list"
    index_results_url_name = "cases:list_results"
    results_template_name = "cdop_workflow/list_results.html"
    filterset_class = CaseFilterSet
    search_fields = ["reference"]
    search_backend_name = None
    table_classname = "listing cdop-cases"

    @property
    def columns(self) -> list[Column]:
        """Those who read only what is before the panel are shown no dates."""
        if not user_can_read_every_case(self.request.user):
            return [REFERENCE, STATE, AGE]
        return [
            REFERENCE,
            STATE,
            FlagsColumn("flags", label="Needs attention"),
            NextLimitColumn("next_limit", label="Next time limit"),
            AGE,
            ReceivedColumn("opened_at", label="Received", sort_key="opened_at", classname="cdop-wide"),
        ]

    def get_base_queryset(self) -> QuerySet[Case]:
        """The open cases, until a state or a referral is asked for or something is looked for."""
        cases, asked = cases_for(self.request.user), self.request.GET
        everything = self.is_searching or asked.getlist("state") or asked.getlist("need") == ["safeguarding"]
        found = cases if everything else cases.filter(state__in=OPEN)
        return in_order_of_need(with_flags(found, self.request.user))

    def search_queryset(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        return found_by(cases, self.request.user, self.search_query) if self.is_searching else cases

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        may = {"may_find": user_can_see_identity(user), "may_work": user_can_work_cases(user)}
        context = super().get_context_data(**may, **kwargs)
        if user_can_read_every_case(user):
            context |= {"chips": self._chips(), "saved_filters": filters_for(user)}
            context |= {"save_query": urlencode(asked_in(self.request.GET), doseq=True), "save_screen": "cases"}
        return context

    def _chips(self) -> list[dict[str, Any]]:
        """What can be asked for with one press, with how many cases each would show."""
        counts = how_many(self.request.user)
        chosen = self.request.GET.getlist("need")
        chips = [
            {"label": label, "count": counts[need], "query": f"?need={need}", "on": chosen == [need]}
            for need, label in needs_of(self.request.user)
        ]
        states = set(self.request.GET.getlist("state"))
        ended = "&".join(f"state={state}" for state in State if state in ENDED)
        is_open = not chosen and not self.is_filtering and not self.is_searching
        return [
            {"label": "Open", "count": counts["open"], "query": "", "on": is_open},
            *chips,
            {"label": "Ended", "count": None, "query": f"?{ended}", "on": states == ENDED},
        ]
