"""Values that few rows have are called "other" together. Plain Python."""

from collections import Counter
from collections.abc import Collection, Sequence

OTHER = "other"


def group_rare(cells: Sequence[str], least: int, kept: Collection[str] = ("",)) -> tuple[list[str], int]:
    """The column with values that fewer than `least` rows have as "other", and how many cells that changed.

    Where the rare ones together are fewer than `least`, the next rarest goes with them. `kept` says nothing: it stays.
    """
    counted = Counter(cell for cell in cells if cell not in kept)
    grouped: set[str] = set()
    together = 0
    for value, rows in sorted(counted.items(), key=lambda found: (found[1], found[0])):
        if rows >= least and (not grouped or together >= least):
            break
        grouped.add(value)
        together += rows
    if grouped <= {OTHER}:
        return list(cells), 0
    return [OTHER if cell in grouped else cell for cell in cells], together
