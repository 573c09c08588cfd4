from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from exports import urls
from exports.imports.permissions import user_can_bring_in
from exports.ncmd.permissions import user_can_read_returns
from exports.permissions import user_can_open_exports


@hooks.register("register_admin_urls")
def export_urls() -> list[URLPattern | URLResolver]:
    return [path("exports/", include((urls, "exports")))]


class ExportsMenuItem(SubmenuMenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_open_exports(request.user)


class NcmdMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_read_returns(request.user)


class ImportsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_bring_in(request.user)


@hooks.register("register_admin_menu_item")
def exports_menu_item() -> MenuItem:
    items = [
        MenuItem("Datasets", reverse("exports:datasets"), name="datasets", icon_name="table", order=10),
        NcmdMenuItem("NCMD returns", reverse("exports:ncmd"), name="ncmd", icon_name="upload", order=15),
        ImportsMenuItem(
            "Bring in history", reverse("exports:imports"), name="imports", icon_name="doc-full-inverse", order=17
        ),
        MenuItem("Export log", reverse("exports:log"), name="export-log", icon_name="history", order=20),
    ]
    return ExportsMenuItem("Exports", Menu(items=items), name="exports", icon_name="download", order=60)


@hooks.register("insert_global_admin_css")
def export_styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("cdop_exports/exports.css"))
