from collections.abc import Callable

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html_join
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component

from exports import urls
from exports.figures.permissions import user_can_read_figures
from exports.imports.permissions import user_can_bring_in
from exports.ncmd.permissions import user_can_read_returns
from exports.permissions import user_can_open_exports
from exports.report.editor import a_new_report_is_a_draft, who_sees_no_pages_goes_home
from exports.report.permissions import user_can_keep_reports
from exports.research.home import ResearchPanel
from exports.research.permissions import user_can_read_research
from exports.research.selectors import waiting_for
from workflow.permissions import Person


@hooks.register("register_admin_urls")
def export_urls() -> list[URLPattern | URLResolver]:
    return [path("exports/", include((urls, "exports")))]


class Offered(MenuItem):
    """An entry for those who may open what it leads to."""

    def __init__(self, label: str, name: str, icon: str, order: int, may: Callable[[Person], bool]) -> None:
        super().__init__(label, reverse(f"exports:{name}"), name=f"exports-{name}", icon_name=icon, order=order)
        self.may = may

    def is_shown(self, request: HttpRequest) -> bool:
        return self.may(request.user)


class ExportsMenuItem(SubmenuMenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return any(item.is_shown(request) for item in self.menu.registered_menu_items)


@hooks.register("register_admin_menu_item")
def exports_menu_item() -> MenuItem:
    items = [
        Offered("Datasets", "datasets", "table", 10, user_can_open_exports),
        Offered("Your exports", "prepared", "download", 12, user_can_open_exports),
        Offered("NCMD returns", "ncmd", "upload", 15, user_can_read_returns),
        Offered("Figures", "figures", "decimal", 17, user_can_read_figures),
        Offered("Annual reports", "reports", "doc-full", 18, user_can_keep_reports),
        Offered("Research", "research", "glasses", 19, user_can_read_research),
        Offered("Bring in history", "imports", "doc-full-inverse", 20, user_can_bring_in),
        Offered("Export log", "log", "history", 21, user_can_open_exports),
    ]
    return ExportsMenuItem("Exports", Menu(items=items), name="exports", icon_name="download", order=60)


@hooks.register("insert_global_admin_css")
def export_styles() -> str:
    sheets = (static("cdop_exports/exports.css"), static("cdop_exports/figures.css"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((sheet,) for sheet in sheets))


@hooks.register("construct_homepage_panels")
def research_panel(request: HttpRequest, panels: list[Component]) -> None:
    if projects := list(waiting_for(request.user)):
        panels.append(ResearchPanel(projects))


hooks.register("construct_page_action_menu", a_new_report_is_a_draft)
hooks.register("after_edit_page", who_sees_no_pages_goes_home)
