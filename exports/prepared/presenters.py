"""A prepared export in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from exports.models import PreparedExport
from exports.prepared.states import PreparedState


@dataclass(frozen=True)
class Shown:
    prepared: PreparedExport
    title: str
    is_being_made: bool
    is_ready: bool
    percent: int
    progress: str


def shown(prepared: PreparedExport, titles: Mapping[str, str]) -> Shown:
    name = prepared.log.dataset
    making = prepared.state == PreparedState.WAITING
    percent = min(100, prepared.made * 100 // prepared.rows) if prepared.rows else 0
    is_ready = prepared.state == PreparedState.READY
    return Shown(prepared, titles.get(name, name), making, is_ready, percent, _progress(prepared, making))


def _progress(prepared: PreparedExport, making: bool) -> str:
    if not making:
        return f"{prepared.made:,} row{'' if prepared.made == 1 else 's'}"
    if prepared.rows and prepared.made >= prepared.rows:
        return f"{prepared.made:,} rows, being put together"
    return f"{prepared.made:,} of {prepared.rows:,} rows" if prepared.made else "Waits for its turn"
