"""The trend of an indicator as bars, in the coordinates of an SVG. The table beside it has the figures."""

from collections.abc import Mapping
from dataclasses import dataclass

from exports.ncmd.indicators.declared import SHARE, Indicator

WIDTH, HEIGHT, GAP = 480, 120, 12
FULL_SHARE = 100.0


@dataclass(frozen=True)
class Bar:
    """`x` and `y` of its upper left corner, and the `middle` of it for what is written below."""

    period: str
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Picture:
    bars: list[Bar]
    top: str
    width: int = WIDTH
    height: int = HEIGHT


def picture(indicator: Indicator, periods: list[str], values: Mapping[str, float | None]) -> Picture | None:
    """None where fewer than two periods have something to show: that is no trend."""
    known = {period: value for period in periods if (value := values.get(period)) is not None}
    if len(known) < 2:
        return None
    top = FULL_SHARE if indicator.kind == SHARE else max(known.values()) or 1
    step = WIDTH / len(periods)
    bars = [_bar(period, number * step, step, known.get(period, 0) / top) for number, period in enumerate(periods)]
    return Picture(bars, f"{top:.0f}%" if indicator.kind == SHARE else f"{top:,.0f}")


def _bar(period: str, x: float, step: float, share: float) -> Bar:
    height = round(HEIGHT * share, 1)
    return Bar(period, round(x + GAP / 2, 1), round(HEIGHT - height, 1), round(step - GAP, 1), height)
