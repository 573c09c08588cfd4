"""How an area answers researchers, read from rules.yaml."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from content.definitions import parsed
from exports.research.wider import Widen, to_band, to_beginning, to_groups

FILE = Path(__file__).parent / "rules.yaml"


@dataclass(frozen=True)
class Rules:
    approve: tuple[str, ...]
    least_k: int
    shift_days: int
    warn_days: int
    never: frozenset[str]
    sensitive: frozenset[str]
    inside: frozenset[str]
    widths: dict[str, list[int]]
    groups: dict[str, dict[str, list[str]]]
    beginnings: dict[str, list[str]]

    def known_outside(self, name: str) -> bool:
        return name not in self.sensitive | self.inside

    def steps(self, name: str) -> list[Widen]:
        """How a column of this name is made wider. Of a number the first applies in any case."""
        bands = [to_band(width) for width in self.widths.get(name, ())]
        groups = [to_groups(self.groups[name])] if name in self.groups else []
        return [*bands, *groups, *([to_beginning(self.beginnings[name])] if name in self.beginnings else [])]


@lru_cache(maxsize=1)
def rules() -> Rules:
    data: dict[str, Any] = parsed(FILE)
    approve = tuple(data.pop("approve"))
    if len(set(approve)) != 2:
        raise ValueError(f"{FILE.name}: “approve” must name two different rights.")
    sets: dict[str, Any] = {name: frozenset(data.pop(name)) for name in ("never", "sensitive", "inside")}
    return Rules(approve=approve, **sets, **data)
