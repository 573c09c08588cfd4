"""The only place that writes imports. What takes long is done in batches, here or by `run_due`."""

from exports.imports.services.asking import begin, discard, give_meanings, make, name_columns, undo
from exports.imports.services.working import bring_further, work

__all__ = ["begin", "bring_further", "discard", "give_meanings", "make", "name_columns", "undo", "work"]
