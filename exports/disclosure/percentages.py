"""Percentages, always with their base."""

from exports.disclosure.rule import Rule


def percentage(part: int, whole: int, rule: Rule) -> str:
    """Such as "48% (12 of 25)"; empty when the part, what is left of the whole, or the whole is too small.

    Raises:
        ValueError: the part is no part of the whole.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}.")
    if whole < rule.smallest_base or rule.hides(part) or rule.hides(whole - part):
        return ""
    shown, base = rule.rounded(part), rule.rounded(whole)
    return f"{100 * shown / base:.0f}% ({shown:,} of {base:,})"
