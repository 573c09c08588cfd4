"""Packs in words for the screens."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.formats import date_format

from workflow.models import Case, Pack, PackPassage
from workflow.packs.forms import digest
from workflow.packs.known import Known
from workflow.packs.scanning import Span, pieces, scan
from workflow.packs.selectors import counted, is_out_of_date, may_prepare, newest_decision, pack_in_hand, pack_to_read
from workflow.permissions import user_can_read_every_case

MOMENT = "j F Y, H:i"
OPENINGS_SHOWN = 20


@dataclass(frozen=True)
class Looked:
    """A passage on the screen on which it is decided: what was found in it, piece by piece, and the text proposed."""

    passage: PackPassage
    pieces: list[tuple[str, Span | None]]
    text: str
    errors: list[str]
    may_keep: bool

    @property
    def field(self) -> str:
        """The name under which its text is sent: it says which text the person changed."""
        return f"text-{self.passage.pk}-{digest(self.passage.shown)}"

    @property
    def seen(self) -> str:
        return newest_decision(self.passage)

    @property
    def found(self) -> int:
        return sum(span is not None for _, span in self.pieces)


def looked_at(passage: PackPassage, known: Known, typed: str | None, errors: list[str]) -> Looked:
    original = passage.original
    text = passage.shown if typed is None else typed
    return Looked(passage, pieces(original, scan(original, known)), text, errors, bool(errors))


def by_section(passages: Iterable[PackPassage]) -> list[tuple[str, list[PackPassage]]]:
    return [(section, list(found)) for section, found in groupby(passages, key=lambda passage: passage.section)]


def watermark(user: User) -> str:
    """Whose copy this is: name, roles, and now."""
    roles = ", ".join(sorted(user.groups.values_list("name", flat=True))) or "no role"
    now = date_format(timezone.localtime(), MOMENT)
    return f"{user.get_full_name() or user.username} ({roles}), {now}"


def panel_of(case: Case, user: User) -> dict[str, object]:
    """What the page of a case says of its pack; empty for those whom it does not concern."""
    readable, prepares = pack_to_read(case, user), may_prepare(user) and case.is_open
    if not (readable or prepares):
        return {}
    in_hand = pack_in_hand(case) if prepares else None
    openings = readable.openings.select_related("by")[:OPENINGS_SHOWN] if readable else []
    return {
        "readable": readable,
        "prepares": prepares,
        "withdraws": may_prepare(user),
        "in_hand": in_hand,
        "counts": counted(in_hand) if in_hand else {},
        "out_of_date": readable is not None and is_out_of_date(readable),
        "openings": list(openings) if user_can_read_every_case(user) else [],
    }


def passages_to_read(pack: Pack) -> list[tuple[str, list[PackPassage]]]:
    """What goes in, by section; what was written is not even loaded as it was written."""
    found = pack.passages.defer("sealed_original").filter(
        decision__in=[PackPassage.Decision.CODED, PackPassage.Decision.CONFIRMED]
    )
    return by_section(found)
