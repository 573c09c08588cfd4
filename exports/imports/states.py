"""Where an import is, and what becomes of a row. Plain Python: no Django here."""

from enum import StrEnum


class ImportState(StrEnum):
    MAPPING = "mapping"
    CHECKING = "checking"
    CHECKED = "checked"
    MAKING = "making"
    MADE = "made"
    UNDOING = "undoing"
    UNDONE = "undone"
    DISCARDED = "discarded"


LABELS = {
    ImportState.MAPPING: "Columns to be named",
    ImportState.CHECKING: "Being checked",
    ImportState.CHECKED: "Checked, nothing brought in yet",
    ImportState.MAKING: "Being brought in",
    ImportState.MADE: "Brought in",
    ImportState.UNDOING: "Being undone",
    ImportState.UNDONE: "Undone",
    ImportState.DISCARDED: "Given up",
}
BEFORE_MAKING = frozenset({ImportState.MAPPING, ImportState.CHECKING, ImportState.CHECKED})
AT_WORK = frozenset({ImportState.CHECKING, ImportState.MAKING, ImportState.UNDOING})

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"
OUTCOMES = [
    (REFUSED, "To be mended"),
    (NEW, "New"),
    (CHANGED, "Changed"),
    (SAME, "Already here, the same"),
]

POSTCODES, ORGANISATIONS, POPULATION, BIRTHS = "postcodes", "organisations", "population", "births"
GROUPS, ELSEWHERE = "groups", "elsewhere"
LISTS = [
    (POSTCODES, "Postcodes and their areas"),
    (ORGANISATIONS, "Organisations"),
    (POPULATION, "Populations"),
    (BIRTHS, "Births"),
    (GROUPS, "Children who live here, by group"),
    (ELSEWHERE, "Published rates of elsewhere"),
]
# What stands in these two: which groups there are of what, and which rates.
GROUPS_OF = {
    "ethnicity": ("white", "mixed", "asian", "black", "other"),
    "imd_quintile": ("1", "2", "3", "4", "5"),
}
RATES_OF = ("neonatal", "infant")
