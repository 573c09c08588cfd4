"""Disclosure control: what a figure may show so that nobody can find a child in it.

Every public figure goes through `protect`. It is plain Python, with no database and no settings: a table and a rule go
in, what may be shown comes out.
"""

from exports.disclosure.percentages import percentage
from exports.disclosure.pooling import merge, pool
from exports.disclosure.protect import Earlier, Protected, TooMuchTogether, protect, protect_all
from exports.disclosure.rule import Rule
from exports.disclosure.table import Cell, Table

__all__ = [
    "Cell",
    "Earlier",
    "Protected",
    "Rule",
    "Table",
    "TooMuchTogether",
    "merge",
    "percentage",
    "pool",
    "protect",
    "protect_all",
]
