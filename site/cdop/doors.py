"""Screens that Wagtail opens to everybody who may log in to the admin, and who needs them.

Its choosers, its API and some of its dialogues ask for no right of their own: an analyst could list the systems that
have a token. Asked for is a right and never a role, so that a panel may make roles of its own.
"""

from collections.abc import Callable
from fnmatch import fnmatchcase

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import ResolverMatch
from wagtail.admin.auth import permission_denied
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from workflow.permissions import Person

Need = Callable[[Person, ResolverMatch], bool]
CHOOSERS = "wagtailsnippetchoosers_"
ANY = ("add", "change", "delete", "view")


def _makes_pages(user: Person, match: ResolverMatch) -> bool:
    return policy_registry.get_by_type(Page).user_has_any_permission(user, {"add", "change", "publish"})


def _makes_or_approves_pages(user: Person, match: ResolverMatch) -> bool:
    """Whoever approves needs no right on pages: Wagtail lets them at the one that waits for them."""
    if _makes_pages(user, match):
        return True
    page = Page.objects.filter(pk=match.kwargs.get("page_id")).first()
    task = page and page.current_workflow_task
    return bool(task and task.user_can_access_editor(page, user))


def _writes(user: Person, match: ResolverMatch) -> bool:
    """Pages, or forms, whose texts can link to a page."""
    return _makes_pages(user, match) or user.has_perm("cdop_forms.change_form")


def _changes_forms(user: Person, match: ResolverMatch) -> bool:
    return user.has_perm("cdop_forms.change_form")


def _keeps_workflows(user: Person, match: ResolverMatch) -> bool:
    return _has_any(user, "wagtailcore", "task") or _has_any(user, "wagtailcore", "workflow")


def _chooses_documents(user: Person, match: ResolverMatch) -> bool:
    return policy_registry.get_by_type(get_document_model()).user_has_any_permission(user, {"add", "change", "choose"})


def _chooses_images(user: Person, match: ResolverMatch) -> bool:
    return policy_registry.get_by_type(get_image_model()).user_has_any_permission(user, {"add", "change", "choose"})


def _may_know_of(user: Person, match: ResolverMatch) -> bool:
    """Of things of that kind: whoever has any right on them. Who makes pages puts forms on them."""
    app, _, model = match.view_name.removeprefix(CHOOSERS).partition(":")[0].rpartition("_")
    return _has_any(user, app, model) or (model == "form" and _makes_pages(user, match))


def _may_change_many(user: Person, match: ResolverMatch) -> bool:
    """A screen about many things at once names those that the person may not touch."""
    app, model = match.kwargs["app_label"], match.kwargs["model_name"]
    if (app, model) == ("wagtailcore", "page"):
        return _makes_pages(user, match)
    files = {"wagtaildocs": _chooses_documents, "wagtailimages": _chooses_images}
    return files[app](user, match) if app in files else _has_any(user, app, model)


def _has_any(user: Person, app: str, model: str) -> bool:
    return any(user.has_perm(f"{app}.{act}_{model}") for act in ANY)


def _is_superuser(user: Person, match: ResolverMatch) -> bool:
    return user.is_superuser


DOORS: list[tuple[str, Need]] = [
    ("wagtailadmin_error_test", _is_superuser),
    ("wagtailadmin_choose_*", _writes),
    ("wagtailembeds:*", _writes),
    ("wagtailadmin_api:*", _makes_pages),
    ("wagtailadmin_pages:*", _makes_or_approves_pages),
    ("wagtailadmin_tag_*", _makes_pages),
    ("wagtailadmin_workflows:*", _keeps_workflows),
    ("wagtail_bulk_action", _may_change_many),
    ("wagtaildocs_chooser:*", _chooses_documents),
    ("wagtailimages_chooser:*", _chooses_images),
    ("wagtailsnippets_cdop_forms_form:confirm_workflow_cancellation", _changes_forms),
    (f"{CHOOSERS}*", _may_know_of),
]


class Doors:
    """Turns away whoever has no use for such a screen, as Wagtail does elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None or not match.view_name or not match.view_name.startswith("wagtail"):
            return None
        need = next((need for pattern, need in DOORS if fnmatchcase(match.view_name, pattern)), None)
        if need is None or not request.user.has_perm("wagtailadmin.access_admin") or need(request.user, match):
            return None  # who cannot come into the admin at all is asked to log in, by the screen itself
        return permission_denied(request)
