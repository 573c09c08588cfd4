"""Sending forty answers, stored and redirected: our last step, and our page and last step together, against stock
wagtailstreamforms, which takes them all in one."""

import sys
from collections.abc import Callable
from typing import Any

from tests.bench.forms_of_forty import (
    ENVIRONMENT,
    application,
    our_values,
    peer_environment,
    peer_values,
    people,
    prepare,
)
from tests.bench.measure import Measured, Row, in_fresh_process, report
from tests.bench.serving import Browser, measure_each

TIMES = 200


def redirected(browser: Browser, path: str, data: dict[str, str]) -> None:
    status, _, body = browser.post(path, data)
    if not status.startswith("302"):
        raise RuntimeError(f"{path} answered {status}: {body[-500:].decode()}")


def filling(browser: Browser, address: str) -> Callable[[], Any]:
    return lambda: redirected(browser, f"{address}all/", our_values())


def sending(browser: Browser, address: str) -> Callable[[], Any]:
    return lambda: redirected(browser, f"{address}check/", {"declaration": "yes"})


def ours() -> Measured:
    visitors = people(TIMES)
    for browser, address in visitors:
        filling(browser, address)()
    return measured([sending(*visitor) for visitor in visitors])


def whole() -> Measured:
    """Everything a visitor posts: the page of forty answers, then Send."""

    def one(visitor: tuple[Browser, str]) -> Callable[[], Any]:
        return lambda: (filling(*visitor)(), sending(*visitor)())

    return measured([one(visitor) for visitor in people(TIMES)])


def measured(calls: list[Callable[[], Any]]) -> Measured:
    from forms.models import Submission

    before = Submission.objects.count()
    found = measure_each(calls)
    if Submission.objects.count() != before + TIMES:
        raise RuntimeError("Not everything that was sent was stored.")
    return found


def peer() -> Measured:
    browser = Browser(application())
    browser.get("/stream/")
    from wagtailstreamforms.models import FormSubmission

    before = FormSubmission.objects.count()
    found = measure_each([lambda: redirected(browser, "/stream/", peer_values())] * TIMES)
    stored = FormSubmission.objects.count() - before
    if stored != TIMES or "Invented words" not in FormSubmission.objects.last().form_data:
        raise RuntimeError("Not everything that was sent was stored.")
    return found


WAYS = {"ours": ours, "whole": whole, "peer": peer}


def row() -> Row:
    prepare()
    found = {way: in_fresh_process(__name__, way, **ENVIRONMENT) for way in ("ours", "whole")}
    stock = in_fresh_process(__name__, "peer", **peer_environment())
    return Row(
        "form_post",
        1 / found["ours"].seconds,
        1 / stock.seconds,
        peak_mb=found["ours"].added_mb,
        unit="requests/s",
        note=f"page and Send together {stock.seconds / found['whole'].seconds:.1f}x",
    )


if __name__ == "__main__":
    report(WAYS[sys.argv[1]]())
