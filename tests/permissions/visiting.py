"""Every address of the product, and what somebody gets there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.messages import ERROR
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from tests.permissions.world import World

UNNAMED = {"health/live": "/health/live", "health/ready": "/health/ready", "admin/test404/": "/admin/test404/"}
UNNAMED |= {"admin/^.*/$": "/admin/nothing-is-here/"}


@dataclass(frozen=True)
class Place:
    """One address; its name, or its route where it has none, and the names of its arguments."""

    name: str
    route: str
    wanted: tuple[str, ...]

    @property
    def in_admin(self) -> bool:
        return self.route.startswith("admin/")

    def address(self, world: World) -> str | None:
        if self.route in UNNAMED:
            return UNNAMED[self.route]
        if self.route.startswith("^media/"):
            return f"/media/{world.own['media']['path']}"
        if self.name == "wagtail_serve":
            return "/"
        given = world.arguments(self.name, list(self.wanted))
        if given is None:
            return None
        try:
            named = dict(zip(self.wanted, given, strict=True))
            by_place = "0" in named
            address = reverse(self.name, args=given if by_place else None, kwargs=None if by_place else named)
            return address + world.query.get(self.name, "")
        except NoReverseMatch:
            return None


def places() -> list[Place]:
    """The whole resolver, static files excluded: those are served before it."""
    return list(_walk(get_resolver().url_patterns))


def _walk(
    patterns: list[Any], before: str = "", inside: tuple[str, ...] = (), wanted: tuple[str, ...] = ()
) -> Iterator[Place]:
    for each in patterns:
        route = before + str(each.pattern)
        names = (*wanted, *_arguments(each))
        if isinstance(each, URLPattern):
            yield Place(":".join([*inside, each.name]) if each.name else route, route, names)
        elif isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, route, (*inside, each.namespace) if each.namespace else inside, names)


def _arguments(each: Any) -> list[str]:
    converters, regex = getattr(each.pattern, "converters", {}), each.pattern.regex
    if converters:
        return list(converters)
    return list(regex.groupindex) or [str(number) for number in range(regex.groups)]


OPEN, REFUSED, LOGIN, BROKEN = "open", "refused", "asked to log in", "broken"


def visit(client: Client, address: str, headers: dict[str, str], sent: dict[str, Any]) -> str:
    """What this browser gets at an address. Where nothing can be read, it sends an empty form; that is undone."""
    response = client.get(address, headers=headers)
    if response.status_code == 405:
        with transaction.atomic():
            response = client.post(address, sent, headers=headers)
            transaction.set_rollback(True)
    return outcome(response)


def outcome(response: HttpResponseBase) -> str:
    where = response.headers.get("Location", "")
    if response.status_code == 302 and (where.startswith("/admin/login/") or where.endswith("/code/")):
        return LOGIN
    if response.status_code in (401, 403, 404):
        return REFUSED
    if response.status_code >= 500:
        return BROKEN
    sent_home = response.status_code == 302 and where == reverse("wagtailadmin_home")
    told = response.wsgi_request._messages._queued_messages if sent_home else []
    return REFUSED if any(each.level >= ERROR for each in told) else OPEN
