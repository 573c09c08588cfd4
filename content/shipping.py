"""Put shipped pages into a site: once, and never over an editor's work."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from content.definitions import HOME, PageDefinition, read_pages, stream
from content.models import BasePage, GuidancePage, HomePage, ShippedPage

FIELDS = {
    "title": "",
    "summary": "",
    "owner_role": "Child death review team",
    "last_reviewed": None,
    "show_in_menus": False,
    "show_in_footer": False,
}


@transaction.atomic
def load_pages(replace: bool = False) -> list[tuple[str, str]]:
    """What was done for each shipped page, by key: "loaded", "updated", "replaced", "kept", "removed" or "left out".

    A page that nobody edited follows its file when that changes. `replace` also puts the file over an editor's work.
    What an editor deleted is never made again.
    """
    site = Site.objects.select_for_update(of=("self",)).filter(is_default_site=True).first()
    if site is None:
        return []
    definitions = read_pages()
    shipped = {made.key: made for made in ShippedPage.objects.select_related("page")}
    for definition in definitions:
        if definition.key not in shipped and (page := _make(definition, shipped, site)):
            shipped[definition.key] = ShippedPage.objects.create(key=definition.key, page=page)
    pages = {each.key: made.page if (made := shipped.get(each.key)) else None for each in definitions}
    return [(each.key, _bring(each, shipped.get(each.key), pages, replace)) for each in definitions]


def _make(definition: PageDefinition, shipped: Mapping[str, ShippedPage], site: Site) -> Page | None:
    """An empty unpublished page in its place; None where the page above is gone or the address is taken."""
    if definition.key == HOME:
        return _make_home(site)
    above = shipped.get(definition.parent)
    parent = above.page if above else site.root_page if definition.parent == HOME else None
    if parent is None or parent.get_children().filter(slug=definition.slug).exists():
        return None
    page = GuidancePage(title=definition.data["title"], slug=definition.slug, live=False)
    return parent.specific.add_child(instance=page)


def _make_home(site: Site) -> Page | None:
    """The home page instead of Wagtail's welcome page; None where somebody made a home page of their own."""
    welcome = site.root_page
    if welcome.specific_class is not Page:
        return None
    home = Page.get_first_root_node().add_child(instance=HomePage(title="Home", slug="home-page", live=False))
    site.root_page = home
    site.save()
    for child in welcome.get_children():
        child.specific.move(home, pos="last-child")
    Page.objects.get(pk=welcome.pk).delete()
    return Page.objects.get(pk=home.pk)


def _bring(
    definition: PageDefinition, made: ShippedPage | None, pages: Mapping[str, Page | None], replace: bool
) -> str:
    if made is None:
        return "left out"
    if made.page is None:
        return "removed"
    page = made.page.specific
    if made.digest:
        edited = page.latest_revision_id != made.revision_id or not page.live
        if (edited or made.digest == definition.digest) and not (edited and replace):
            return "kept"
        done = "replaced" if edited else "updated"
    else:
        done = "loaded"
    publish(page, definition.data, pages)
    ShippedPage.objects.filter(pk=made.pk).update(revision=page.latest_revision, digest=definition.digest)
    return done


def publish(page: BasePage, written: Mapping[str, Any], pages: Mapping[str, Page | None]) -> None:
    """Give a page the words of a file, and publish it."""
    for name, default in FIELDS.items():
        setattr(page, name, written.get(name, default))
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            raw = stream(field.stream_block, written.get(field.name), pages)
            setattr(page, field.name, field.stream_block.to_python(raw))
    page.save_revision().publish()
    page.refresh_from_db()
