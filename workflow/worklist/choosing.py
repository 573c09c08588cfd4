"""What of a list of work somebody wants to see. Plain Python, but for the sources that it chooses from."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from workflow.worklist.desk import Days, Desk, Item
from workflow.worklist.items import SOURCES, items

KINDS = [
    ("limits", "Time limits"),
    ("tasks", "Tasks and notes"),
    ("requests", "Requests"),
    ("actions", "Actions"),
    ("safeguarding", "Safeguarding referrals"),
    ("holds", "Holds to look at again"),
    ("meetings", "Meetings"),
]
WHENS = [
    ("late", "Late"),
    ("today", "Today"),
    ("soon", "In the next seven days"),
    ("read", "To read and settle"),
    ("waiting", "Waiting on others"),
]
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


@dataclass(frozen=True)
class Chosen:
    """Empty words choose everything that is late, due within a week, or to be read."""

    kind: str = ""
    when: str = ""

    def days(self, today: dt.date) -> Days:
        spans = {
            "late": Days(last=today - DAY),
            "today": Days(today, today),
            "soon": Days(today + DAY, today + WEEK),
            "waiting": Days(),
        }
        return spans.get(self.when, Days(last=today + WEEK))

    def items(self, desk: Desk, today: dt.date) -> list[Item]:
        dated, undated = self.when != "read", self.when in ("", "read")
        sources = [
            source
            for source in SOURCES
            if self.kind in ("", source.kind)
            and (dated if source.dated else undated)
            and (source.others or self.when != "waiting")
        ]
        return items(desk, self.days(today), sources)


def by_day(found: Iterable[Item], today: dt.date) -> dict[str, tuple[str, list[Item]]]:
    """The lines under the headings of the list, in its order; a heading without a line is left out."""
    headings = dict(WHENS) | {"later": "Later"}
    lists: dict[str, tuple[str, list[Item]]] = {}
    for item in found:
        name = _heading(item.due, today)
        lists.setdefault(name, (headings[name], []))[1].append(item)
    return lists


def _heading(due: dt.date | None, today: dt.date) -> str:
    if due is None:
        return "read"
    if due <= today:
        return "late" if due < today else "today"
    return "soon" if due <= today + WEEK else "later"
