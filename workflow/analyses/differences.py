"""What is different between two analyses, section by section, over answers in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from forms.selectors import Row, Section
from workflow.analyses.findings import ABOUT_THE_MEETING

# By which of its answers an item of a group is known again; otherwise by the first.
KNOWN_BY = {"factors": ("domain", "factor_code")}
HEADED_BY = {"factors": "factor_code"}
GRADE = "level"
ALIKE = 0.5
LONG = 90

Item = tuple[Row, ...]


class What(StrEnum):
    SAME = "The same"
    CHANGED = "Changed"
    REGRADED = "Graded otherwise"
    ADDED = "Added"
    LEFT_OUT = "Left out"


@dataclass(frozen=True)
class Line:
    """One question, or one item of a group, in both analyses; `detail` says in words what is different."""

    label: str
    before: str
    after: str
    what: What
    detail: str = ""

    @property
    def differs(self) -> bool:
        return self.what is not What.SAME


@dataclass(frozen=True)
class Compared:
    """One section of the form."""

    title: str
    lines: tuple[Line, ...]

    @property
    def differences(self) -> list[Line]:
        return [line for line in self.lines if line.differs]


def compare(before: Sequence[Section], after: Sequence[Section]) -> list[Compared]:
    """Every section in which either says something, in the order of the later one."""
    old = {row.key: row for section in before for row in section.rows if row.key not in ABOUT_THE_MEETING}
    found: list[tuple[str, str, list[Line]]] = []
    asked = set()
    for section in after:
        rows = [row for row in section.rows if row.key not in ABOUT_THE_MEETING]
        asked |= {row.key for row in rows}
        found.append((section.key, section.title, [line for row in rows for line in _lines(old.get(row.key), row)]))
    for section in before:
        gone = [line for row in section.rows if row.key in old.keys() - asked for line in _lines(row, None)]
        place = next((lines for key, _, lines in found if key == section.key), None)
        if place is None:
            found.append((section.key, section.title, gone))
        else:
            place.extend(gone)
    return [Compared(title, tuple(lines)) for _, title, lines in found if lines]


def _lines(before: Row | None, after: Row | None) -> Iterator[Line]:
    asked = after or before
    if asked is None:
        return
    if (before and before.items) or (after and after.items):
        yield from _items(asked, before.items if before else (), after.items if after else ())
        return
    was, now = before.text if before else "", after.text if after else ""
    if was or now:
        yield _line(asked.label, was, now)


def _line(label: str, was: str, now: str) -> Line:
    if was == now:
        return Line(label, was, now, What.SAME)
    if not was or not now:
        what = What.ADDED if now else What.LEFT_OUT
        return Line(label, was, now, what, _told(label, f"{what.lower()}{_quoted(now or was)}"))
    short = len(was) <= LONG and len(now) <= LONG
    detail = f"from “{was}” to “{now}”" if short else "written otherwise"
    return Line(label, was, now, What.CHANGED, _told(label, detail))


def _told(label: str, what: str) -> str:
    return f"{label} {what[0].upper()}{what[1:]}" if label.endswith("?") else f"{label}: {what}"


def _quoted(text: str) -> str:
    return f", “{text}”" if len(text) <= LONG else ""


def _items(group: Row, before: Sequence[Item], after: Sequence[Item]) -> Iterator[Line]:
    """The items of the later one in their order, then those that are no longer there."""
    partners = pair(group.key, before, after)
    for number, item in enumerate(after):
        partner = partners.get(number)
        yield _item(group, before[partner] if partner is not None else None, item)
    for number, item in enumerate(before):
        if number not in partners.values():
            yield _item(group, item, None)


def pair(group: str, before: Sequence[Item], after: Sequence[Item]) -> dict[int, int]:
    """Which later item is which earlier one, by place: the same words first, then the same thing, then words alike."""
    partners: dict[int, int] = {}
    ways = [
        lambda one, other: _said(one) == _said(other),
        lambda one, other: _known_by(group, one) == _known_by(group, other),
    ]
    if group not in KNOWN_BY:
        ways.append(_alike)
    for same in ways:
        for number, item in enumerate(after):
            if number in partners:
                continue
            free = (place for place in range(len(before)) if place not in partners.values())
            place = next((place for place in free if same(before[place], item)), None)
            if place is not None:
                partners[number] = place
    return partners


def _said(item: Item) -> tuple[tuple[str, str], ...]:
    return tuple((part.key, part.text) for part in item if part.text)


def _known_by(group: str, item: Item) -> tuple[str, ...]:
    said = dict(_said(item))
    keys = KNOWN_BY.get(group) or tuple(part.key for part in item[:1])
    return tuple(said.get(key, "") for key in keys)


def _alike(one: Item, other: Item) -> bool:
    """Whether two share at least half of their words."""
    words = [{word for _, text in _said(item) for word in text.casefold().split()} for item in (one, other)]
    together = words[0] | words[1]
    return bool(together) and len(words[0] & words[1]) / len(together) >= ALIKE


def _item(group: Row, before: Item | None, after: Item | None) -> Line:
    parts = {part.key: part.text for part in after or before or ()}
    head = parts.get(HEADED_BY.get(group.key, ""), "")
    label, was, now = head or group.label, _words(before), _words(after)
    if before is None or after is None:
        what = What.ADDED if before is None else What.LEFT_OUT
        quoted = "" if head else _quoted(next(iter(parts.values()), ""))
        return Line(label, was, now, what, _told(label, f"{what.lower()}{quoted}"))
    if head and _grade(before) != _grade(after):
        detail = f"graded otherwise, from “{_grade(before)}” to “{_grade(after)}”"
        return Line(label, was, now, What.REGRADED, _told(label, detail))
    return _line(label, was, now)


def _grade(item: Item) -> str:
    return {part.key: part.text for part in item}.get(GRADE, "")


def _words(item: Item | None) -> str:
    parts = (part for part in item or () if part.text)
    return "\n".join(f"{part.label}{'' if part.label.endswith('?') else ':'} {part.text}" for part in parts)
