from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html_join
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from workflow import urls
from workflow.analyses.views.learning import LearningView
from workflow.dashboard import CasesPanel
from workflow.permissions import (
    user_can_read_audit,
    user_can_read_cases,
    user_can_read_every_case,
    user_can_work_cases,
)
from workflow.views.audit import OpenedCasesView
from workflow.views.audit_log import AuditLogView
from workflow.viewsets import (
    AgencyViewSet,
    ClockRuleViewSet,
    LetterTemplateViewSet,
    MessageTemplateViewSet,
    ReferralRecipientViewSet,
    ReminderRuleViewSet,
)

# Wagtail's own reports of what people did, by menu name.
WATCHING = {"site-history", "workflows", "workflow-tasks", "locked-pages", "aging-pages", "page-types-usage"}

SETTINGS = (
    ClockRuleViewSet,
    LetterTemplateViewSet,
    MessageTemplateViewSet,
    ReferralRecipientViewSet,
    ReminderRuleViewSet,
)

for viewset in (AgencyViewSet, *SETTINGS):
    register_snippet(viewset)


@hooks.register("register_admin_urls")
def case_urls() -> list[URLPattern | URLResolver]:
    opened, log = OpenedCasesView.as_view, AuditLogView.as_view
    return [
        path("cases/", include((urls, "cases"))),
        path("answers/", include((urls.answers, "answers"))),
        path("meetings/", include("workflow.meetings.urls")),
        path("actions/", include("workflow.actions.urls")),
        path("learning/", LearningView.as_view(), name="learning"),
        path("learning/results/", LearningView.as_view(results_only=True), name="learning_results"),
        path("work/", include("workflow.worklist.urls")),
        path("reports/opened-cases/", opened(), name="opened_cases"),
        path("reports/opened-cases/results/", opened(results_only=True), name="opened_cases_results"),
        path("reports/audit-log/", log(), name="audit_log"),
        path("reports/audit-log/results/", log(results_only=True), name="audit_log_results"),
    ]


class AuditMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_read_audit(request.user)


@hooks.register("register_reports_menu_item")
def opened_cases_menu_item() -> MenuItem:
    return AuditMenuItem(
        "Who opened which case", reverse("opened_cases"), name="opened-cases", icon_name="view", order=100
    )


@hooks.register("register_reports_menu_item")
def audit_log_menu_item() -> MenuItem:
    return AuditMenuItem("Audit log", reverse("audit_log"), name="audit-log", icon_name="history", order=90)


@hooks.register("construct_reports_menu")
def reports_for_those_who_keep_watch(request: HttpRequest, items: list[MenuItem]) -> None:
    """What colleagues have done is for information governance and administrators to read."""
    if not user_can_read_audit(request.user):
        items[:] = [item for item in items if item.name not in WATCHING]


class CasesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_read_cases(request.user)


class WorkMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_work_cases(request.user)


@hooks.register("register_admin_menu_item")
def work_menu_item() -> MenuItem:
    return WorkMenuItem("My work", reverse("work:mine"), name="work", icon_name="list-ul", order=45)


@hooks.register("register_admin_menu_item")
def cases_menu_item() -> MenuItem:
    return CasesMenuItem("Cases", reverse("cases:list"), name="cases", icon_name="folder-open-inverse", order=50)


@hooks.register("register_admin_menu_item")
def meetings_menu_item() -> MenuItem:
    return CasesMenuItem("Meetings", reverse("meetings:list"), name="meetings", icon_name="group", order=52)


class WholeCasesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_read_every_case(request.user)


@hooks.register("register_admin_menu_item")
def actions_menu_item() -> MenuItem:
    return WholeCasesMenuItem("Actions", reverse("actions:list"), name="actions", icon_name="tasks", order=53)


@hooks.register("register_admin_menu_item")
def learning_menu_item() -> MenuItem:
    return WholeCasesMenuItem("Learning", reverse("learning"), name="learning", icon_name="openquote", order=54)


class AnswersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_work_cases(request.user)


@hooks.register("register_admin_menu_item")
def answers_menu_item() -> MenuItem:
    return AnswersMenuItem("Answers", reverse("answers:list"), name="answers", icon_name="clipboard-list", order=55)


@hooks.register("register_admin_menu_item")
def outbox_menu_item() -> MenuItem:
    return WorkMenuItem("Outbox", reverse("cases:outbox"), name="outbox", icon_name="mail", order=57)


@hooks.register("insert_global_admin_css")
def case_styles() -> str:
    names = ("cases", "requests", "packs", "work", "letters")
    sheets = ((static(f"cdop_workflow/{name}.css"),) for name in names)
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("construct_homepage_panels")
def cases_panel(request: HttpRequest, panels: list[Component]) -> None:
    if user_can_read_cases(request.user):
        panels.append(CasesPanel())
