"""The head and foot of every public page, read once for each change of the site."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import F, Q
from wagtail.models import Page, Site

from content.models import AreaSettings
from content.selectors.stamp import stamp


@dataclass(frozen=True)
class Link:
    title: str
    url: str

    def leads_to(self, path: str) -> bool:
        """Whether a page at `path` is this link's page or below it."""
        return path.startswith(self.url)


@dataclass(frozen=True, eq=False)
class Frame:
    """One state of the site. Two frames are never equal, so that what is drawn from one is kept apart from the next."""

    area: AreaSettings
    menu: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()


def frame() -> Frame:
    return frame_at(stamp())


def current_link(path: str) -> Link | None:
    """The menu link that leads to the page at `path`, if one does."""
    return next((link for link in frame().menu if link.leads_to(path)), None)


@lru_cache(maxsize=2)
def frame_at(_stamp: str) -> Frame:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return Frame(AreaSettings())
    area = AreaSettings.objects.filter(site=site).first() or AreaSettings(site=site)
    pages = list(
        Page.objects.descendant_of(site.root_page)
        .live()
        .public()
        .filter(Q(show_in_menus=True) | Q(guidancepage__show_in_footer=True))
        .annotate(in_footer=F("guidancepage__show_in_footer"))
        .order_by("path")
    )
    menu = tuple(Link(page.title, page.url) for page in pages if page.show_in_menus)
    return Frame(area, menu, tuple(Link(page.title, page.url) for page in pages if page.in_footer))
