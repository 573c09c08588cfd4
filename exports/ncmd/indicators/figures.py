"""The figures of each indicator by year and quarter, from what is known of the cases. A year ends on 31 March."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import quantiles

from django.utils import timezone

from exports.ncmd.indicators.limits import Limits
from exports.ncmd.indicators.stories import Story

YEAR, QUARTER = "year", "quarter"
SPANS = {YEAR: "Years", QUARTER: "Quarters"}


@dataclass(frozen=True)
class Seen:
    """One observation: `part` of `base` of an indicator on a day, or `days` that something took."""

    indicator: str
    on: dt.datetime
    part: int = 0
    base: int = 0
    days: float | None = None
    group: str = ""


@dataclass(frozen=True)
class Figure:
    """Of `DAYS`, `base` is how many and `median`, `lower`, `upper` the quartiles."""

    indicator: str
    group: str
    span: str
    period: str
    part: int
    base: int
    median: float | None = None
    lower: float | None = None
    upper: float | None = None


def periods_of(moment: dt.datetime) -> dict[str, str]:
    """Such as "2026-27" and "2026-27 Q1", which is April to June."""
    day = timezone.localtime(moment)
    first = day.year if day.month > 3 else day.year - 1
    year = f"{first}-{(first + 1) % 100:02}"
    return {YEAR: year, QUARTER: f"{year} Q{(day.month - 4) % 12 // 3 + 1}"}


def figures(seen: Iterable[Seen]) -> list[Figure]:
    gathered: dict[tuple[str, str, str, str], list[Seen]] = defaultdict(list)
    for each in seen:
        for span, period in periods_of(each.on).items():
            gathered[each.indicator, each.group, span, period].append(each)
    return [_figure(*key, found) for key, found in sorted(gathered.items())]


def _figure(indicator: str, group: str, span: str, period: str, found: list[Seen]) -> Figure:
    days = [each.days for each in found if each.days is not None]
    if not days:
        part, base = sum(each.part for each in found), sum(each.base for each in found)
        return Figure(indicator, group, span, period, part, base)
    lower, median, upper = quantiles(days, n=4, method="inclusive") if len(days) > 1 else days * 3
    return Figure(indicator, group, span, period, 0, len(days), median, lower, upper)


def seen_in(story: Story, now: dt.datetime, limits: Limits) -> Iterator[Seen]:
    yield from _about_the_death(story, now, limits)
    yield from _about_the_time(story)
    if panel := story.steps.get("panel"):
        yield from _about_the_review(story, panel, limits)


def _about_the_death(story: Story, now: dt.datetime, limits: Limits) -> Iterator[Seen]:
    died, told = story.died_at, story.steps.get("ncmd")
    yield Seen("deaths", died, 1, 1)
    limit = died + dt.timedelta(hours=limits.hours_to_ncmd)
    if told or now > limit:
        yield Seen("notified_ncmd", died, int(bool(told and told <= limit)), 1)
    if story.told_here is not None:
        yield Seen("notified_here", died, int(story.told_here), 1)
    for item in limits.items:
        yield Seen("complete", died, int(item in story.known), 1, group=item)
        yield Seen("not_known", died, int(item in story.unknown), 1, group=item)
    if story.open and now - died > dt.timedelta(days=limits.open_days):
        yield Seen("open_long", died, 1, 1)
    for kind in story.holds if story.open else ():
        yield Seen("on_hold", died, 1, 1, group=kind)


def _about_the_time(story: Story) -> Iterator[Seen]:
    for step in ("jar", "cdrm", "panel", "final"):
        if at := story.steps.get(step):
            yield Seen(f"death_to_{step}", at, days=_between(story.died_at, at))
    panel, final = story.steps.get("panel"), story.steps.get("final")
    if panel and final:
        yield Seen("panel_to_final", final, days=_between(panel, final))


def _about_the_review(story: Story, panel: dt.datetime, limits: Limits) -> Iterator[Seen]:
    yield Seen("reviews", panel, 1, 1)
    for indicator, days in limits.reviewed.items():
        yield Seen(indicator, panel, int(_between(story.died_at, panel) <= days), 1)
    if not story.says:
        return
    factors = story.says.get("factors") or []
    yield Seen("ungraded", panel, sum(not factor.get("level") for factor in factors), len(factors))
    found = story.says.get("modifiability")
    if found in ("identified", "none_identified"):
        yield Seen("modifiable", panel, int(found == "identified"), 1)
    if found:
        yield Seen("inadequate", panel, int(found == "inadequate_information"), 1)


def _between(start: dt.datetime, end: dt.datetime) -> float:
    return max((timezone.localdate(end) - timezone.localdate(start)).days, 0)
