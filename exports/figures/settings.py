"""How small is too small, as this area has set it."""

from exports.disclosure import Rule
from exports.models import FigureSettings


def rule_in_force() -> Rule:
    kept = FigureSettings.load()
    return Rule(kept.threshold, kept.rounding, kept.hide_zeros, kept.smallest_base)
