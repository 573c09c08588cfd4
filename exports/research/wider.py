"""How a value is made wider step by step, until it says nothing. Plain Python."""

from collections.abc import Callable, Mapping, Sequence

BLANK = ""
BETWEEN = " to "
Widen = Callable[[str], str]


def to_quarter(month: str) -> str:
    """ "2026-Q1" of "2026-03", or of a date in it."""
    return f"{month[:4]}-Q{(int(month[5:7]) + 2) // 3}" if len(month) >= 7 else month


def to_year(period: str) -> str:
    return period[:4]


def to_band(width: int) -> Widen:
    """ "24 to 27" of "25", or of a narrower band in it; what is no number stays, such as "not_known"."""

    def widen(value: str) -> str:
        try:
            low = int(float(value.split(BETWEEN)[0]) // width * width)
        except (ValueError, OverflowError):
            return value
        return f"{low}{BETWEEN}{low + width - 1}"

    return widen


def to_groups(groups: Mapping[str, Sequence[str]]) -> Widen:
    """The group that a code belongs to; a code of none stays."""
    group_of = {code: group for group, codes in groups.items() for code in codes}
    return lambda value: group_of.get(value, value)


def to_beginning(beginnings: Sequence[str]) -> Widen:
    """What a code begins with, such as "white" of "white_irish"; a code that begins otherwise stays."""
    return lambda value: next((start for start in beginnings if value.startswith(f"{start}_")), value)
