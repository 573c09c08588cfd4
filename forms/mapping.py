"""The pages of a form and their branches, for a picture and for the same in words."""

from dataclasses import dataclass
from itertools import pairwise

from forms.checks.findings import answerable
from forms.schema import FormSchema
from forms.wording import condition_in_words

WIDTH, HEIGHT, GAP, INDENT, MARGIN = 340, 52, 28, 70, 24


@dataclass(frozen=True)
class Stop:
    """One page on the map: where its box stands (px), and from where a person comes when it is left out."""

    number: int
    title: str
    questions: int  # that a person answers
    when: str  # "" for a page that everybody sees
    sometimes: int  # of these, how many only some are asked
    x: int
    y: int

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def below(self) -> int:
        return self.y + HEIGHT

    @property
    def short(self) -> str:
        return self.title if len(self.title) <= 38 else f"{self.title[:37]}…"


@dataclass(frozen=True)
class Map:
    """`lines` are the ways between boxes as SVG paths; those round a page that is left out are `dashed`."""

    stops: tuple[Stop, ...]
    lines: tuple[tuple[str, bool], ...]
    width: int
    height: int
    box_width: int = WIDTH
    box_height: int = HEIGHT


def map_of(schema: FormSchema) -> Map:
    stops = tuple(
        Stop(
            number=number + 1,
            title=page.title,
            questions=sum(map(answerable, page.questions)),
            when=condition_in_words(page.show_if, schema),
            sometimes=sum(answerable(question) and bool(question.show_if.tests) for question in page.questions),
            x=MARGIN + (INDENT if page.show_if.tests else 0),
            y=MARGIN + number * (HEIGHT + GAP),
        )
        for number, page in enumerate(schema.pages)
    )
    height = 2 * MARGIN + len(stops) * (HEIGHT + GAP)
    return Map(stops, tuple(_lines(stops)), WIDTH + INDENT + 2 * MARGIN, height)


def _lines(stops: tuple[Stop, ...]) -> list[tuple[str, bool]]:
    """From each page to the next, and past runs of pages that may be left out."""
    lines = [(f"M{one.x + 40} {one.below} L{other.x + 40} {other.y}", False) for one, other in pairwise(stops)]
    always = [stop for stop in stops if not stop.when]
    for one, other in pairwise(always):
        if other.number - one.number > 1:
            side = MARGIN + INDENT // 3
            lines.append((f"M{side} {one.below} L{side} {other.y}", True))
    return lines
