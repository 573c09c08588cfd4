"""The k-anonymity report in words, on screen and in the package."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from exports.research.making import Made

LIMITS = """What this does not promise
Days between two dates of a child are kept where dates are shifted; somebody who knows them exactly could know the child
by them, and shifted dates are not among the columns above. Somebody who holds two extracts of one project, made at
different times, can compare them. Nobody may try to find out who a child is."""


def facts(report: dict[str, Any], titles: Mapping[str, str] = MappingProxyType({})) -> list[tuple[str, str]]:
    """What the report says, line by line; columns by their `titles`, or else by their names."""

    def title(name: str) -> str:
        return titles.get(name, name)

    def cells(found: dict[str, int]) -> str:
        told = (f"{title(name)}: {cells} cell{'' if cells == 1 else 's'}" for name, cells in found.items())
        return "; ".join(told) or "No cells"

    return [
        ("Children", str(report["rows"])),
        ("Left out", str(report["left_out"])),
        ("Children who look alike, at least (k)", f"{report['k']}; asked for: {report['k_asked']}"),
        ("What an outsider may know", "; ".join(map(title, report["known"])) or "Nothing"),
        *(
            (f"{title(name)}: different values among children who look alike, at least (l)", str(least))
            for name, least in report["l"].items()
        ),
        ("Called “other” as rare", cells(report["grouped"])),
        ("Made wider", cells(report["widened"])),
        ("Blanked", cells(report["blanked"])),
    ]


def in_words(made: Made) -> str:
    lines = "\n".join(f"{label}: {value}" for label, value in facts(made.report))
    return f"How nobody stands alone in this file\n\n{lines}\n\n{LIMITS}\n"
