"""The head and foot of every page: what an editor changes shows at once, and costs hardly a query."""

import pytest

from content.models import AreaSettings, GuidancePage

pytestmark = pytest.mark.django_db


def get(client, path="/nowhere/") -> str:
    return client.get(path).content.decode()


def test_a_page_is_in_the_menu_once_published(client, add_page):
    page = add_page(publish=False, title="For everybody", live=False, show_in_menus=True)
    assert "For everybody" not in get(client)
    page.save_revision().publish()
    assert 'href="/a-page/">For everybody' in get(client)


def test_the_menu_marks_the_page_and_the_part_of_the_site(client, add_page):
    add_page(show_in_menus=True).add_child(instance=GuidancePage(title="Below", slug="below"))
    assert 'href="/a-page/" aria-current="page"' in get(client, "/a-page/")
    assert 'href="/a-page/" aria-current="true"' in get(client, "/a-page/below/")
    assert "aria-current" not in get(client, "/search/")


def test_a_page_may_be_in_the_footer(client, add_page):
    add_page(title="Cookies", show_in_footer=True)
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


def test_a_private_page_is_not_in_the_menu(client, add_page):
    page = add_page(title="Secret", show_in_menus=True)
    assert "Secret" in get(client)
    page.view_restrictions.create(restriction_type="login")
    assert "Secret" not in get(client)
    page.view_restrictions.all().delete()
    assert "Secret" in get(client)


def test_breadcrumbs_lead_home(client, add_page):
    page = add_page(title="Part").add_child(instance=GuidancePage(title="Below", slug="below"))
    html = get(client, page.url)
    assert '<a class="nhsuk-breadcrumb__link" href="/">Home</a>' in html
    assert '<a class="nhsuk-breadcrumb__link" href="/a-page/">Part</a>' in html
    assert '<span class="nhsuk-u-visually-hidden">Back to </span>Part</a>' in html


def test_the_frame_is_free_while_nothing_changes(client, add_page, queries):
    add_page(show_in_menus=True)
    get(client, "/search/")
    with queries() as asked:
        get(client, "/search/")
    assert asked == []


def test_a_page_costs_the_same_however_large_the_menu(client, add_page, queries):
    for number in range(12):
        add_page(title=f"Page {number}", slug=f"page-{number}", show_in_menus=True, show_in_footer=True)
    with queries() as asked:
        get(client, "/page-3/")
    assert len(asked) <= 11
