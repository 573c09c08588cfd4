"""Whether a panel is quorate. Plain Python."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from workflow.meetings.states import SEATS

NEVER_COUNT = frozenset({"coordinator"})


@dataclass(frozen=True)
class Quorum:
    """How many count, how many are needed, and which seats (in words) must be filled and are not."""

    members: int
    needed: int
    missing: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        return self.members >= self.needed and not self.missing

    @property
    def words(self) -> str:
        counted = f"{self.members} member{'' if self.members == 1 else 's'}, {self.needed} needed"
        return f"{counted}; nobody for {', '.join(self.missing)}" if self.missing else counted


def quorum(seats: Iterable[str], needed: int, required: Collection[str]) -> Quorum:
    """The quorum of those who come or came, by the codes of their seats."""
    counted = [seat for seat in seats if seat not in NEVER_COUNT]
    missing = tuple(label for code, label in SEATS if code in required and code not in counted)
    return Quorum(len(counted), needed, missing)
