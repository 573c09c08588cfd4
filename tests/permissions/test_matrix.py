"""The permission matrix and the product agree: every address is visited as everybody."""

from fnmatch import fnmatchcase

import pytest
from django.conf import settings
from django.template.backends.django import Template

from cdop.matrix import PAGE, Matrix, Row, matrix, page
from tests.permissions.visiting import LOGIN, OPEN, REFUSED, Place, places, visit
from workflow.roles import ROLES

LOGGED_OUT = {"Link holder", "Nobody", "Account without a role"}


def key(place: Place) -> str:
    return f"{place.name} ({place.route})"


def expected(place: Place, row: Row, who: str) -> str:
    if who in row.open:
        return OPEN
    if place.name.startswith("respond:"):
        return LOGIN  # for the code that goes with a link
    asked = place.in_admin or place.name == "forms:mine"
    return LOGIN if asked and who in LOGGED_OUT else REFUSED


def visited(place: Place, who: str) -> bool:
    """Other systems only ever ask the API: elsewhere a token means nothing."""
    return place.name not in matrix().skipped and (place.route.startswith("api/") or not who.endswith(" token"))


@pytest.mark.any_database  # who may open what is asked before anything is read
@pytest.mark.django_db
@pytest.mark.parametrize("half", [0, 1])
def test_everybody_gets_at_every_address_what_the_matrix_says(world, visitor, monkeypatch, half):
    """What the screens look like is left out, or it would take minutes: what is asked before that is not."""
    monkeypatch.setattr(Template, "render", lambda *given, **more: "drawn")
    wrong = []
    for who in list(matrix().who)[half::2]:
        client, headers = visitor(who)
        for place in places():
            row = matrix().row_of(place.name, place.route)
            address = place.address(world)
            if row and address and visited(place, who):
                got = visit(client, address, headers, world.sent.get(place.name, {}))
                if got != expected(place, row, who):
                    wrong.append(f"{who} at {key(place)}: {got}, not {expected(place, row, who)}")
    assert not wrong, "\n".join(wrong)


def test_every_address_is_in_the_matrix():
    missing = [key(place) for place in places() if not matrix().row_of(place.name, place.route)]
    assert [each for each in missing if each.split(" ")[0] not in matrix().skipped] == []


@pytest.mark.django_db
def test_every_address_leads_somewhere_when_it_is_visited(world):
    """None is left out because the test does not know what to ask for."""
    assert [key(place) for place in places() if place.address(world) is None] == []


def test_every_name_in_the_matrix_is_an_address():
    known = places()
    dead = [
        url
        for row in matrix().rows
        for url in row.urls
        if not any(url in (place.name, place.route) or fnmatchcase(place.name, url) for place in known)
    ]
    assert dead == []


def test_an_address_that_is_not_in_the_matrix_is_missed():
    assert matrix().row_of("cases_of_yesterday", "admin/yesterday/") is None


def test_an_exact_name_goes_before_a_pattern_and_the_closer_pattern_before_the_wider():
    rows = tuple(
        Row("", does, frozenset(), (url,)) for does, url in (("wide", "a:*"), ("closer", "a:b*"), ("exact", "a:bc"))
    )
    known = Matrix({}, rows, {})
    assert [known.row_of(name, "").does for name in ("a:x", "a:bx", "a:bc")] == ["wide", "closer", "exact"]


def test_every_role_and_nobody_else_is_in_the_matrix():
    roles = {name for name, told in matrix().who.items() if told == "role"} | {"Panel member"}
    assert roles == set(ROLES)
    assert {name for row in matrix().rows for name in row.open} <= set(matrix().who)


def test_whatever_is_not_visited_has_a_reason():
    assert all(len(why) > 20 for why in matrix().skipped.values())
    assert len(matrix().skipped) <= 3


def test_the_page_in_docs_is_what_the_matrix_says():
    drawn = (settings.ROOT / PAGE).read_text(encoding="utf-8")
    assert drawn == page(), "Run `manage.py draw_permissions` and commit the page."
