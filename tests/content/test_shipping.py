"""Loading the pages that ship: once, again, after an editor's work, and with a newer product."""

from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from content import shipping
from content.definitions import PageDefinition, read_pages
from content.models import GuidancePage, HomePage, ShippedPage

pytestmark = pytest.mark.django_db


def load(**options) -> str:
    printed = StringIO()
    call_command("load_pages", stdout=printed, **options)
    return printed.getvalue().strip()


@pytest.fixture
def few(monkeypatch):
    """Ships a home page, a part and a page below it; `few[key]` may be changed as a newer product would."""
    files = {
        "home": {"title": "Home", "doors": [{"door": {"title": "Door", "text": "In", "page": "part"}}] * 2},
        "part": {"title": "Part", "show_in_menus": True, "body": [{"text": "See [below](page:part/below)."}]},
        "part/below": {"title": "Below", "body": [{"inset": "In **[area]**"}]},
    }
    monkeypatch.setattr(shipping, "read_pages", lambda: [PageDefinition(*file) for file in files.items()])
    return files


def page(key: str) -> GuidancePage:
    return ShippedPage.objects.get(key=key).page.specific


def edit(key: str, **changes) -> None:
    edited = page(key)
    for name, value in changes.items():
        setattr(edited, name, value)
    edited.save_revision().publish()


def test_an_empty_site_gets_every_page(few):
    assert load() == "3 loaded"
    assert page("part/below").url == "/part/below/"
    assert isinstance(Site.objects.get().root_page.specific, HomePage)
    assert page("home").url == "/"


def test_wagtails_welcome_page_is_gone_and_what_was_below_it_stays(few, notification_form, client):
    load()
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert client.get("/report-a-child-death/").status_code == 200
    assert client.get("/").status_code == 200


def test_loading_again_changes_nothing(few):
    load()
    before = list(Page.objects.order_by("pk").values_list("pk", "latest_revision", "url_path"))
    assert load() == "3 kept"
    assert list(Page.objects.order_by("pk").values_list("pk", "latest_revision", "url_path")) == before


def test_an_editors_change_is_kept(few):
    load()
    edit("part", title="My title")
    few["part"] = {"title": "Newer title"}
    assert load() == "3 kept"
    assert page("part").title == "My title"


def test_a_draft_of_an_editor_is_kept(few):
    load()
    page("part").save_revision()
    few["part"] = {"title": "Newer title"}
    assert load() == "3 kept"


def test_what_an_editor_took_off_the_site_stays_off(few):
    load()
    page("part").unpublish()
    few["part"] = {"title": "Newer title"}
    load()
    assert not page("part").live


def test_replace_puts_the_shipped_page_back(few):
    load()
    edit("part", title="My title", show_in_menus=False)
    assert "1 replaced" in load(replace=True)
    assert page("part").title == "Part"
    assert page("part").show_in_menus
    assert load(replace=True) == "3 kept"


def test_a_newer_product_updates_what_nobody_edited(few):
    load()
    few["part/below"] = {"title": "Newer title", "body": []}
    assert load() == "2 kept, 1 updated"
    assert page("part/below").title == "Newer title"


@pytest.mark.parametrize("replace", [False, True])
def test_what_an_editor_removed_stays_removed(few, replace):
    load()
    page("part/below").delete()
    few["part"]["body"] = [{"text": "Now see [below](page:part/below) again."}]
    assert "1 removed" in load(replace=replace)
    assert not Page.objects.filter(slug="below").exists()
    assert "Now see below again." in str(page("part").body)


def test_a_new_page_below_a_removed_one_is_left_out(few):
    load()
    page("part").delete()
    few["part/new"] = {"title": "New"}
    assert "1 left out" in load()


def test_an_address_that_an_editor_uses_is_left_to_them(few, add_page):
    load()
    page("home").add_child(instance=GuidancePage(title="Mine", slug="new"))
    few["new"] = {"title": "Ours"}
    assert "1 left out" in load()
    assert Page.objects.get(slug="new").title == "Mine"


def test_a_home_page_of_their_own_is_left_alone(few, site):
    mine = Page.get_first_root_node().add_child(instance=HomePage(title="Mine", slug="mine"))
    site.root_page = mine
    site.save()
    assert load() == "1 left out, 2 loaded"
    assert Site.objects.get().root_page_id == mine.pk
    assert page("part").get_parent().pk == mine.pk


def test_without_a_site_it_says_so(few, site):
    site.delete()
    assert load() == "There is no site."


def test_a_link_leads_to_the_page_wherever_it_moves(few, client):
    load()
    edit("part/below", slug="elsewhere")
    assert 'href="/part/elsewhere/">below</a>' in client.get("/part/").content.decode()


def test_an_editor_can_save_every_shipped_page_as_it_is(db):
    load()
    for definition in read_pages():
        shipped = page(definition.key)
        for name in ("doors", "body"):
            if stream := getattr(shipped, name, None):
                stream.stream_block.clean(stream)


def test_a_file_cannot_name_a_page_that_does_not_ship(few):
    few["part"]["body"] = [{"text": "See [nothing](page:nowhere)."}]
    with pytest.raises(KeyError, match="nowhere"):
        load()
    assert not ShippedPage.objects.exists()
