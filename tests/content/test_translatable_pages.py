"""Every public page around the forms, in a language whose words are marked: none of our words is left in English."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest
from django.shortcuts import render
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.views import defaults

from content.blocks import BodyBlock
from content.models import GuidancePage
from forms.limits import Limit, too_many
from tests.translating import mark, mark_area, unmarked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("marked")]
SCREENS: dict[str, Callable[[HttpRequest], Any]] = {
    "400": lambda request: defaults.bad_request(request, ValueError()),
    "403": lambda request: defaults.permission_denied(request, ValueError()),
    "500": defaults.server_error,
    "many requests": lambda request: too_many(request, Limit("test", 1, 3600)),
    "one minute more": lambda request: too_many(request, Limit("test", 1, 60)),
    "answers that cannot be read": lambda request: render(request, "unreadable.html"),
    "a locked account": lambda request: render(request, "locked_out.html"),
}


def marked_words(value: Any, name: str = "") -> Any:
    """What an editor wrote in a block, marked; addresses and choices are left."""
    if isinstance(value, dict):
        return {name: marked_words(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [marked_words(each, name) for each in value]
    if not isinstance(value, str) or not value or name in ("address", "level", "phone", "website"):
        return value
    return re.sub(r"(?<=>)[^<>]+(?=<)", lambda found: mark(found[0]), value) if value.startswith("<") else mark(value)


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("phone", ["", "01223 000 000"])
def test_a_page_that_says_what_went_wrong(name, phone):
    mark_area(phone=phone, banner=mark("banner"))
    assert unmarked(SCREENS[name](RequestFactory().get("/"))) == []


def test_a_page_that_is_not_there_with_head_and_foot(client, site):
    mark_area()
    home = site.root_page
    home.add_child(instance=GuidancePage(title=mark("Page"), slug="page", show_in_menus=True, show_in_footer=True))
    assert unmarked(client.get("/nowhere/")) == []


def test_search(client, site):
    mark_area()
    home = site.root_page
    for number in range(21):
        title = f"{mark('Guidance')} {number}"
        home.add_child(instance=GuidancePage(title=title, slug=f"page-{number}", summary=mark("summary")))
    for query in ("", "?q=⟦nothing⟧", "?q=⟦guidance⟧", "?q=⟦guidance⟧&page=2"):
        assert unmarked(client.get(f"{reverse('search')}{query}")) == []


def test_a_page_of_guidance_with_every_block(client, site):
    mark_area()
    home = site.root_page
    above = home.add_child(instance=GuidancePage(title=mark("Above"), slug="above", owner_role=mark("team")))
    page = GuidancePage(title=mark("Page"), slug="page", owner_role=mark("team"), summary=f"{mark('now')} [time limit]")
    page.last_reviewed = timezone.localdate()
    blocks = BodyBlock().child_blocks
    page.body = [(name, marked_words(block.meta.preview_value)) for name, block in blocks.items()]
    words = "[area] [partners] [time limit] [email] [data protection contact] [rapid review contact]"
    page.body.append(("text", f"<p>{words}</p>"))
    organisation = {"name": mark("name"), "help": mark("help"), "website": "https://invented.example/"}
    page.body.append(("support", {"title": "", "organisations": [organisation | {"phone": mark("two numbers")}]}))
    for level in ("urgent", "emergency"):
        page.body.append(("care", {"level": level, "title": mark("title"), "text": f"<p>{mark('text')}</p>"}))
    above.add_child(instance=page)
    for area in ({}, {"phone": "", "partners": ""}, {"notify_within_hours": 48, "notification_down": mark("down")}):
        mark_area(**area)
        assert unmarked(client.get("/above/page/")) == []
    assert unmarked(client.get("/above/")) == []


def test_a_page_with_a_password(client, site):
    mark_area()
    home = site.root_page
    page = home.add_child(instance=GuidancePage(title=mark("Page"), slug="page"))
    restriction = page.view_restrictions.create(restriction_type="password", password="open")
    assert unmarked(client.get("/page/")) == []
    address = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])
    assert unmarked(client.post(address, {"password": "wrong", "return_url": "/page/"})) == []
