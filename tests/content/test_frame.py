"""The head and foot of every page: what an editor changes shows at once, and costs hardly a query."""

import pytest
from wagtail.models import Site

from content.models import AreaSettings, GuidancePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    return Site.objects.get(is_default_site=True)


def add_page(site: Site, **fields) -> GuidancePage:
    return site.root_page.add_child(instance=GuidancePage(**({"title": "A page", "slug": "a-page"} | fields)))


def get(client, path="/nowhere/") -> str:
    return client.get(path).content.decode()


def test_a_page_is_in_the_menu_once_published(client, site):
    page = add_page(site, title="For everybody", live=False, show_in_menus=True)
    assert "For everybody" not in get(client)
    page.save_revision().publish()
    assert 'href="/a-page/">For everybody' in get(client)


def test_the_menu_marks_the_page_and_the_part_of_the_site(client, site):
    page = add_page(site, show_in_menus=True)
    page.add_child(instance=GuidancePage(title="Below", slug="below"))
    page.save_revision().publish()
    assert 'href="/a-page/" aria-current="page"' in get(client, "/a-page/")
    assert 'href="/a-page/" aria-current="true"' in get(client, "/a-page/below/")
    assert "aria-current" not in get(client, "/search/")


def test_a_page_may_be_in_the_footer(client, site):
    add_page(site, title="Cookies", show_in_footer=True).save_revision().publish()
    assert 'nhsuk-footer__list-item-link" href="/a-page/">Cookies' in get(client)


def test_the_area_is_named_and_its_banner_shown(client, site):
    assert "Cambridgeshire and Peterborough" in get(client)
    assert "nhsuk-notification-banner" not in get(client)
    AreaSettings.objects.update_or_create(
        site=site, defaults={"area_name": "Nowhere <shire>", "banner": "Phones are down", "partners": "One\nTwo\n\n"}
    )
    shown = get(client)
    assert "Nowhere &lt;shire&gt;" in shown
    assert "<p>Phones are down</p>" in shown
    assert "The child death review partners are One and Two." in shown


def test_a_private_page_is_not_in_the_menu(client, site):
    page = add_page(site, title="Secret", show_in_menus=True)
    page.save_revision().publish()
    assert "Secret" in get(client)
    page.view_restrictions.create(restriction_type="login")
    assert "Secret" not in get(client)
    page.view_restrictions.all().delete()
    assert "Secret" in get(client)
