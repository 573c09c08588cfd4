"""How often one address may do something. Counted in the cache, under a hash: no address is kept."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class Limit(NamedTuple):
    """At most `most` times in `seconds`, counted apart for each `name`."""

    name: str
    most: int
    seconds: int


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: the socket, or the header that the operator's own proxy sets."""
    header = settings.CLIENT_ADDRESS_HEADER
    named = request.headers.get(header, "").split(",")[-1].strip() if header else ""
    return named or request.META.get("REMOTE_ADDR", "")


def exceeded(limit: Limit, who: str) -> bool:
    """Count one more for `who`; whether that was one too many."""
    key = f"limit:{limit.name}:{hashlib.sha256(f'{settings.SECRET_KEY}:{who}'.encode()).hexdigest()}"
    if cache.add(key, 1, limit.seconds):
        return limit.most < 1
    try:
        return cache.incr(key) > limit.most
    except ValueError:  # it ran out between the two calls
        return False


def too_many(request: HttpRequest, limit: Limit) -> HttpResponse:
    """The page that says so, and how to reach us instead."""
    context = {"minutes": max(1, round(limit.seconds / 60))}
    response = render(request, "cdop_forms/too_many.html", context, status=429)
    response["Retry-After"] = str(limit.seconds)
    return response


def limited(limit: Limit) -> Callable[..., Any]:
    """Decorates the `post` of a view: one too many is answered with the page that says so."""

    def wrap(post: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(post)
        def counted(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if exceeded(limit, address_of(request)):
                return too_many(request, limit)
            return post(view, request, *args, **kwargs)

        return counted

    return wrap
