"""What the rows of an import come to, in words. Plain Python."""

from collections.abc import Mapping

from exports.imports.states import CHANGED, NEW, REFUSED


def left_out(refused: int) -> str:
    return "Leave out the row that must be mended" if refused == 1 else f"Leave out the {refused:,} rows to be mended"


def found_in(counted: Mapping[str, int]) -> str:
    """What the check found."""
    rows, refused = sum(counted.values()), counted.get(REFUSED, 0)
    good = counted.get(NEW, 0) + counted.get(CHANGED, 0)
    mend = f" {refused:,} must be mended in the file first, or stay out." if refused else ""
    return f"{good:,} of {in_rows(rows)} can be brought in.{mend}"


def undoing(counted: Mapping[str, int]) -> str:
    """What becomes of the cases."""
    made, changed = counted.get(NEW, 0), counted.get(CHANGED, 0)
    parts = []
    if made == 1:
        parts.append("1 case that it made is emptied and says that it was taken back; who the child was is forgotten.")
    elif made:
        parts.append(
            f"{made:,} cases that it made are emptied and say that they were taken back; "
            "who the children were is forgotten."
        )
    if changed:
        parts.append(f"{changed:,} that it brought up to date {'is' if changed == 1 else 'are'} as before.")
    return " ".join([*parts, "This cannot be undone itself; the file can be brought in again."])


def in_rows(number: int) -> str:
    return f"{number:,} row{'' if number == 1 else 's'}"
