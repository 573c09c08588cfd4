"""A page of a form with forty questions, nothing entered yet: our journey's against Wagtail's own FormPage."""

import sys
from collections.abc import Callable
from typing import Any

from tests.bench.forms_of_forty import FIELDS, application, our_values, peer_environment, people, prepare
from tests.bench.measure import Measured, Row, in_fresh_process, report
from tests.bench.serving import Browser, measure_each

TIMES = 400


def opened(browser: Browser, path: str, inputs: int) -> Callable[[], Any]:
    """A call that opens the page, once it was seen that it asks everything."""
    status, _, body = browser.get(path)
    asked = body.count(b"<input") + body.count(b"<textarea") + body.count(b"<select")
    if not status.startswith("200") or asked < inputs:
        raise RuntimeError(f"{path} answered {status} with {asked} inputs")
    return lambda: browser.get(path)


def ours() -> Measured:
    ((browser, address),) = people(1)
    return measure_each([opened(browser, f"{address}all/", len(FIELDS))] * TIMES)


def filled() -> Measured:
    """The same page with an answer in every question."""
    ((browser, address),) = people(1)
    browser.post(f"{address}all/", our_values())
    return measure_each([opened(browser, f"{address}all/", len(FIELDS))] * TIMES)


def peer() -> Measured:
    return measure_each([opened(Browser(application()), "/core/", len(FIELDS))] * TIMES)


WAYS = {"ours": ours, "filled": filled, "peer": peer}


def row() -> Row:
    prepare()
    measured = {way: in_fresh_process(__name__, way) for way in ("ours", "filled")}
    stock = in_fresh_process(__name__, "peer", **peer_environment())
    return Row(
        "form_get",
        1 / measured["ours"].seconds,
        1 / stock.seconds,
        peak_mb=measured["ours"].added_mb,
        unit="requests/s",
        note=f"all answered {stock.seconds / measured['filled'].seconds:.1f}x",
    )


if __name__ == "__main__":
    report(WAYS[sys.argv[1]]())
