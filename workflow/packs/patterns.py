"""What says who somebody is by its shape: numbers, postcodes, addresses, dates."""

import datetime as dt
import re
from collections.abc import Iterator

from workflow.packs.distances import NOT_TOLD, when
from workflow.packs.known import Known
from workflow.packs.ordinary import STREETS
from workflow.packs.spans import Span

MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTHS = {name[:letters]: number for number, name in enumerate(MONTH_NAMES, start=1) for letters in (3, len(name))}
MONTHS["sept"] = 9
MONTH = r"(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")"
DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
FULL_YEAR = r"(?:19|20)[0-9]{2}"
YEAR = rf"(?:{FULL_YEAR}|['’]?[0-9]{{2}})"
MIDYEAR = 7
GAP = r"[\s,./-]{1,3}"
DATES = [
    rf"\b(?P<y>{FULL_YEAR})[-/.](?P<m>[0-9]{{1,2}})[-/.](?P<d>[0-9]{{1,2}})(?![0-9])",
    rf"(?<![0-9/.-])(?P<d>[0-9]{{1,2}})\s?[-/.–]\s?(?P<m>[0-9]{{1,2}})\s?[-/.–]\s?(?P<y>{FULL_YEAR}|[0-9]{{2}})(?![0-9])",
    rf"(?<![0-9])(?P<d>{DAY})(?:st|nd|rd|th)?(?:\s+day)?(?:\s+of)?[\s,./-]{{0,3}}(?P<m>{MONTH})\b(?:{GAP}(?P<y>{YEAR})\b)?",
    rf"\b(?P<m>{MONTH})\b\.?\s{{0,2}}(?:the\s+)?(?P<d>{DAY})(?:st|nd|rd|th)?(?![0-9])(?:{GAP}(?P<y>{FULL_YEAR})\b)?",
    rf"\b(?P<m>{MONTH})\b\.?[\s,/-]{{1,3}}(?P<y>{FULL_YEAR})\b",
]  # fmt: skip
WHOLE_DATES = [re.compile(each, re.IGNORECASE) for each in DATES]
PART_DATES = [
    re.compile(r"(?<![0-9/.])(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})(?![0-9/])"),
    re.compile(rf"(?<![-/.])\b(?P<y>{FULL_YEAR})\b(?![-/.][0-9])"),
    re.compile(r"\b(?P<m>January|February|April|June|July|August|September|October|November|December)\b"),
]
SHAPES = [
    ("email", "[e-mail address]", r"[^\s@<>()\[\]{}\",;]{1,64}@[^\s@<>()\[\]{}\",;]{1,250}\w"),
    ("web", "[web address]", r"\b(?:https?://|www\.)[^\s<>\"]+"),
    ("phone", "[phone number]", r"(?<![0-9])(?:\+\s?44|0)(?:[\s()\-./]{0,2}[0-9]){9,11}(?![0-9])"),
    ("nhs_number", "[NHS number]", r"(?<![0-9])[0-9](?:[\s\-.–]{0,2}[0-9]){9}(?![0-9])"),
    ("number", "[number]", r"(?<![0-9])[0-9](?:[\s\-.–]?[0-9]){10,}(?![0-9])"),
    ("number", "[number]", r"(?<![0-9.,])\b[A-Z]{0,3}[0-9]{6,}\b"),
    ("postcode", "[postcode]", r"\b(?:GIR\s?0AA|[A-Z]{1,2}[0-9][A-Z0-9]?\s{0,2}[0-9][ABD-HJLNP-UW-Z]{2})\b"),
]
ON = re.compile(r"\b(?:on|in)(?: the)?\s+\Z", re.IGNORECASE)
COMPILED = [
    (kind, instead, re.compile(shape, re.IGNORECASE if kind == "postcode" else 0)) for kind, instead, shape in SHAPES
]
ADDRESS = re.compile(
    rf"\b(?:(?:Flat|Apartment|Apt|Unit)\s+\w+,?\s+)?[0-9]{{1,4}}[a-zA-Z]?,?\s+(?:[A-Z][\w'’-]+\s+){{1,4}}(?i:{STREETS})\b"
)


def find_shapes(text: str, known: Known) -> Iterator[Span]:
    for kind, instead, shape in COMPILED:
        yield from (Span(*found.span(), kind, instead) for found in shape.finditer(text))
    yield from (Span(*found.span(), "address", "[address]") for found in ADDRESS.finditer(text))
    yield from _known_numbers(text, known)
    yield from _known_postcodes(text, known)
    yield from find_dates(text, known)


def _known_numbers(text: str, known: Known) -> Iterator[Span]:
    """However somebody spaced the digits."""
    for number in known.numbers:
        digits = re.sub(r"[^0-9]", "", number)
        if len(digits) > 5:
            spaced = re.compile(r"[^\w]{0,3}".join(digits))
            yield from (Span(*found.span(), "number", "[number]") for found in spaced.finditer(text))


def _known_postcodes(text: str, known: Known) -> Iterator[Span]:
    """Also the first half alone, as in “the CB1 area”, and with the first digit of the second."""
    for postcode in known.postcodes:
        whole = re.sub(r"[^A-Z0-9]", "", postcode.upper())
        outward, inward = whole[:-3], whole[-3:]
        if len(outward) > 1:
            rest = r"[\W_]{0,2}".join(inward)
            shape = rf"(?<![A-Z0-9]){outward}(?:[\W_]{{0,3}}(?:{rest}|{inward[0]}))?(?![A-Z0-9])"
            found = re.finditer(shape, text, re.IGNORECASE | re.ASCII)
            yield from (Span(*each.span(), "postcode", "[postcode]") for each in found)


def find_dates(text: str, known: Known) -> Iterator[Span]:
    for shape in WHOLE_DATES:
        yield from (_dated(text, found, known, sure=not _a_verb(found)) for found in shape.finditer(text))
    for shape in PART_DATES:
        for found in shape.finditer(text):
            if _may_be(found.groupdict()):
                yield _dated(text, found, known, sure=False)


def _dated(text: str, found: re.Match[str], known: Known, sure: bool) -> Span:
    """“On 3 May” becomes “2 days before the death”, and “on the day of the death” where it was that day."""
    start, instead = found.start(), _told(found.groupdict(), known)
    before = ON.search(text, max(0, start - 6), start)
    if before and instead != NOT_TOLD and not instead.startswith("the "):
        start = before.start()
    return Span(start, found.end(), "date", instead, sure)


def _a_verb(found: re.Match[str]) -> bool:
    """“At 3 may have …”, “by 2 march …”: the month is a small word and no year follows."""
    parts = found.groupdict()
    return parts["m"] in ("may", "march", "mar") and not parts.get("y")


def _may_be(parts: dict[str, str | None]) -> bool:
    day, month = parts.get("d"), parts.get("m")
    return not (day and month) or (1 <= int(day) <= 31 and 1 <= int(month) <= 12)


def _told(parts: dict[str, str | None], known: Known) -> str:
    """A date is read as it is here, day first; without its year as the one that is nearest to the death."""
    day, month, year = parts.get("d"), parts.get("m"), _year(parts.get("y"), known)
    number = MONTHS.get((month or "").lower()) or int(month or MIDYEAR)
    whole = _date(year, number, int(day) if day else 15) or (_date(year, int(day), number) if day else None)
    if whole is None:
        return NOT_TOLD
    if parts.get("y") is None and known.died:
        whole = min((_moved(whole, years) for years in (-1, 0, 1)), key=lambda each: abs(known.died - each))  # type: ignore[operator]
    return when(whole, known.born, known.died, about=not day)


def _year(written: str | None, known: Known) -> int | None:
    if not written:
        return known.died.year if known.died else None
    number = int(written.strip("'’"))
    if number >= 100:
        return number
    newest = (known.died.year if known.died else dt.date.max.year) + 2
    return 2000 + number if 2000 + number <= newest else 1900 + number


def _date(year: int | None, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year or 0, month, day)
    except ValueError:
        return None


def _moved(day: dt.date, years: int) -> dt.date:
    return _date(day.year + years, day.month, day.day) or day
