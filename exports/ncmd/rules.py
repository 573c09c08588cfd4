"""What is missing before a stage can be sent, by the rules of rules.yaml."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from content.definitions import parsed
from exports.ncmd.checks import CHECKS
from exports.ncmd.evidence import Evidence
from exports.ncmd.gateways import GATEWAYS
from exports.ncmd.sheet import sheet
from exports.ncmd.states import Stage

FILE = Path(__file__).parent / "rules.yaml"


@dataclass(frozen=True)
class Rule:
    """`known`: one of these items is answered; or `check`, a function of checks.py. `mend` is a screen of the case."""

    stage: Stage
    known: tuple[str, ...] = ()
    check: str = ""
    says: str = ""
    stops: bool = False
    mend: str = ""

    def broken(self, known: Evidence) -> str:
        if self.check:
            return CHECKS[self.check](known)
        return "" if any(known.knows(item) for item in self.known) else self.says


@dataclass(frozen=True)
class Missing:
    """A rule that does not hold. `item` is the data item that mends it, where it was asked; else `mend` a screen."""

    text: str
    stops: bool
    mend: str
    item: str = ""


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(**written | {"stage": Stage(written["stage"]), "known": tuple(written.get("known", ()))})
        for written in parsed(FILE)
    )


def missing(stage: str, known: Evidence) -> list[Missing]:
    """What `stops` a sending first."""
    found = [
        Missing(text, rule.stops, rule.mend, next((name for name in rule.known if name in known.record), ""))
        for rule in rules()
        if rule.stage == stage and (text := rule.broken(known))
    ]
    return sorted(found, key=lambda each: not each.stops)


def stopping(stage: str, gateway: str, known: Evidence) -> list[str]:
    """What stands in the way of the stage itself. A person can see on the sheet what differs; a program cannot."""
    found = [each.text for each in missing(stage, known) if each.stops]
    if GATEWAYS[gateway].waits:
        found += [f"Agencies differ: {line.label}. Settle it first." for line in sheet(known, stage) if line.to_choose]
    return found
