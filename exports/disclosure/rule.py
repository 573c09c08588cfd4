"""How small is too small."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """`threshold`: counts from 1 to one less are hidden. `rounding`: what is shown is rounded to this (1: not at all).

    `hide_zeros` treats 0 like the small counts. `smallest_base`: no percentage of fewer than this. None of the figures
    is confirmed national policy, so they are for each area to set; 5 and 20 are common in public health.

    Raises:
        ValueError: a figure that protects nobody or everybody.
    """

    threshold: int = 5
    rounding: int = 1
    hide_zeros: bool = False
    smallest_base: int = 20

    def __post_init__(self) -> None:
        if self.threshold < 1 or self.rounding < 1 or self.smallest_base < 1:
            raise ValueError("Threshold, rounding and smallest base are 1 or more.")

    def hides(self, count: int) -> bool:
        """Whether a count is small enough to point at a child."""
        return self.lowest <= count < self.threshold

    @property
    def lowest(self) -> int:
        return 0 if self.hide_zeros else 1

    @property
    def highest(self) -> int:
        """The largest count that is hidden."""
        return self.threshold - 1

    @property
    def width(self) -> int:
        """How far apart the least and the most that a hidden count may be must stay."""
        return max(self.highest - self.lowest, 0)

    def rounded(self, count: int) -> int:
        return (count + self.rounding // 2) // self.rounding * self.rounding
