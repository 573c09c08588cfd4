"""Stretches of a text that may say who somebody is, and what could stand there instead."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

LABELS = {
    "name": "Name",
    "nhs_number": "NHS number",
    "number": "Number",
    "postcode": "Postcode",
    "address": "Address",
    "place": "Place or organisation",
    "date": "Date",
    "phone": "Phone number",
    "email": "E-mail address",
    "web": "Web address",
    "perhaps": "Perhaps a name",
}


@dataclass(frozen=True)
class Span:
    """From `start` up to `end`. One that is not `sure` is shown, and only a person takes it out."""

    start: int
    end: int
    kind: str
    instead: str
    sure: bool = True

    @property
    def label(self) -> str:
        return LABELS[self.kind] if self.sure or self.kind == "perhaps" else f"Perhaps: {LABELS[self.kind].lower()}"


def apart(found: Iterable[Span]) -> list[Span]:
    """In order, none over another: where several meet, one that reaches over all of them, as the surest tells it."""
    joined: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if joined and span.start < joined[-1].end:
            best = max(joined[-1], span, key=lambda each: (each.sure, each.end - each.start))
            joined[-1] = replace(best, start=joined[-1].start, end=max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def replaced(text: str, spans: Iterable[Span]) -> str:
    """The text with every one of these spans taken out."""
    return "".join(span.instead if span else piece for piece, span in pieces(text, spans))


def suggested(text: str, spans: Iterable[Span]) -> str:
    """The text as it is proposed: what is only perhaps a name still stands in it."""
    return replaced(text, [span for span in spans if span.sure])


def pieces(text: str, spans: Iterable[Span]) -> list[tuple[str, Span | None]]:
    """The text in order, piece by piece, each with the span that it is, if it is one."""
    marked = list(spans)
    edges = [0, *(edge for span in marked for edge in (span.start, span.end)), len(text)]
    by_start = {span.start: span for span in marked}
    return [
        (text[start:end], by_start.get(start) if place % 2 else None)
        for place, (start, end) in enumerate(pairwise(edges))
        if end > start
    ]
