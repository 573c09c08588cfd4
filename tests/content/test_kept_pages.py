"""A page that anybody may see is kept whole, and never a moment too long nor for the wrong person."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.test import Client
from wagtail.models import Page, Site

from content.models import AreaSettings, GuidancePage
from content.selectors import STAMP_KEY, stamp

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(add_page) -> GuidancePage:
    return add_page(title="First title", summary="First summary")


@pytest.fixture
def editor(roles) -> User:
    user = User.objects.create_user("an-editor")
    user.groups.add(Group.objects.get(name="Site editor"))
    return user


def get(client: Client, path: str = "/a-page/", **extra) -> str:
    return client.get(path, **extra).content.decode()


def test_a_kept_page_asks_nothing_of_the_database(client, page, queries):
    first = client.get("/a-page/")
    with queries() as asked:
        second = client.get("/a-page/")
    assert asked == []
    assert second.content == first.content
    assert second.headers == first.headers
    assert "script-src 'self'" in second.headers["Content-Security-Policy"]


def test_reading_sets_no_cookie(client, page):
    for _ in range(2):
        assert not client.get("/a-page/").cookies


def publish(page):
    page.summary = "Second summary"
    page.save_revision().publish()


def rename(page):
    page.title = "Second title"
    page.save_revision().publish()


def ban(page):
    AreaSettings.objects.update_or_create(site=Site.objects.get(), defaults={"banner": "A banner"})


@pytest.mark.parametrize(
    ("change", "shown"), [(publish, "Second summary"), (rename, "Second title"), (ban, "A banner")]
)
def test_a_change_shows_at_once(client, page, change, shown):
    assert shown not in get(client)
    change(page)
    assert shown in get(client)


def unpublish(page):
    page.unpublish()


def delete(page):
    page.delete()


def move(page):
    other = page.get_parent().add_child(instance=GuidancePage(title="Other", slug="other"))
    page.move(other, pos="last-child")


def give_another_address(page):
    page.slug = "another-address"
    page.save_revision().publish()


@pytest.mark.parametrize("change", [unpublish, delete, move, give_another_address])
def test_a_page_that_went_is_gone_at_once(client, page, change):
    assert client.get("/a-page/").status_code == 200
    change(Page.objects.get(pk=page.pk).specific)
    assert client.get("/a-page/").status_code in (301, 404)


def test_a_link_follows_the_page_that_moved(client, page, add_page):
    add_page(slug="links", body=[("text", f'<p><a linktype="page" id="{page.pk}">There</a></p>')])
    assert 'href="/a-page/">There' in get(client, "/links/")
    give_another_address(page)
    assert 'href="/another-address/">There' in get(client, "/links/")


def test_a_draft_is_never_shown(client, page):
    get(client)
    page.summary = "Not yet"
    page.save_revision()
    assert "Not yet" not in get(client)
    assert "First summary" in get(client)


@pytest.mark.parametrize(
    "restriction", [{"restriction_type": "login"}, {"restriction_type": "password", "password": "x"}]
)
def test_a_page_made_private_is_private_at_once(client, page, restriction):
    assert "First summary" in get(client)
    page.view_restrictions.create(**restriction)
    for _ in range(2):
        assert "First summary" not in get(client)


def test_a_private_page_that_was_read_is_not_kept_for_others(client, page, editor):
    page.view_restrictions.create(restriction_type="login")
    client.force_login(editor)
    assert "First summary" in get(client)
    assert "First summary" not in get(Client())


def test_an_editor_gets_the_bar_and_nobody_else_does(client, page, editor):
    assert "wagtail-userbar" not in get(Client())
    client.force_login(editor)
    assert "wagtail-userbar" in get(client)
    assert "wagtail-userbar" not in get(Client())


def test_a_preview_is_not_kept(client, page, editor):
    client.force_login(editor)
    page.summary = "Only a preview"
    response = page.make_preview_request(original_request=client.get("/a-page/").wsgi_request)
    assert "Only a preview" in response.rendered_content
    assert "Only a preview" not in get(Client())


def test_an_address_with_a_question_is_drawn_anew(client, page, queries):
    get(client, "/a-page/?from=letter")
    with queries() as asked:
        get(client, "/a-page/?from=letter")
    assert asked


def test_nothing_is_kept_of_a_refused_method(client, page):
    assert client.post("/a-page/").status_code == 405
    assert "First summary" in get(client)


@pytest.mark.parametrize(
    "personal", ["{% csrf_token %}", "{{ request.csp_nonce }}", "{{ request.session.session_key }}"]
)
def test_a_page_that_uses_something_personal_is_not_kept(client, page, settings, queries, personal):
    (template,) = settings.TEMPLATES
    loader = (
        "django.template.loaders.locmem.Loader",
        {"cdop_content/guidance_page.html": personal + "{{ page.title }}"},
    )
    options = template["OPTIONS"] | {"loaders": [loader]}
    settings.TEMPLATES = [template | {"APP_DIRS": False, "OPTIONS": options}]
    first = get(Client())
    with queries() as asked:
        second = get(Client())
    assert asked
    if "session" not in personal:
        assert first != second


def test_two_visitors_of_the_form_get_tokens_of_their_own(notification_form):
    tokens = {
        get(Client(), "/report-a-child-death/").split('name="csrfmiddlewaretoken" value="')[1][:64] for _ in range(3)
    }
    assert len(tokens) == 3


def test_two_sites_on_one_server_are_kept_apart(client, page, site):
    other = Page.get_first_root_node().add_child(instance=GuidancePage(title="Other home", slug="other"))
    other.add_child(instance=GuidancePage(title="Other page", slug="a-page"))
    Site.objects.create(hostname="other.example", root_page=other)
    assert "First title" in get(client)
    assert "Other page" in get(client, headers={"host": "other.example"})
    assert "First title" in get(client)


def test_once_committed_this_process_knows_the_new_state_without_asking(page, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert cache.get(STAMP_KEY) == stamp()


def test_a_state_that_is_not_committed_is_told_to_nobody(page):
    page.save_revision().publish()
    stamp()
    assert cache.get(STAMP_KEY) is None
