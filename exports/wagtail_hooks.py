from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html_join
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from exports import urls
from exports.figures.permissions import user_can_read_figures
from exports.ncmd.permissions import user_can_read_returns
from exports.permissions import user_can_open_exports
from exports.report.permissions import user_can_keep_reports


@hooks.register("register_admin_urls")
def export_urls() -> list[URLPattern | URLResolver]:
    return [path("exports/", include((urls, "exports")))]


class ExportsMenuItem(SubmenuMenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_open_exports(request.user) or user_can_read_figures(request.user)


class TakingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_open_exports(request.user)


class FiguresMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_read_figures(request.user)


class ReportsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_keep_reports(request.user)


class NcmdMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_read_returns(request.user)


@hooks.register("register_admin_menu_item")
def exports_menu_item() -> MenuItem:
    items = [
        TakingMenuItem("Datasets", reverse("exports:datasets"), name="datasets", icon_name="table", order=10),
        NcmdMenuItem("NCMD returns", reverse("exports:ncmd"), name="ncmd", icon_name="upload", order=15),
        FiguresMenuItem("Figures", reverse("exports:figures"), name="figures", icon_name="decimal", order=17),
        ReportsMenuItem("Annual reports", reverse("exports:reports"), name="reports", icon_name="doc-full", order=18),
        TakingMenuItem("Export log", reverse("exports:log"), name="export-log", icon_name="history", order=20),
    ]
    return ExportsMenuItem("Exports", Menu(items=items), name="exports", icon_name="download", order=60)


@hooks.register("insert_global_admin_css")
def export_styles() -> str:
    sheets = (static("cdop_exports/exports.css"), static("cdop_exports/figures.css"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((sheet,) for sheet in sheets))
