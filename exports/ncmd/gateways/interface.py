"""What every way to NCMD can do. A gateway carries and listens; it writes nothing."""

from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Parcel:
    """What one sending says. The same `key` is the same sending, however often it arrives."""

    key: str
    case: str
    stage: str
    revision: int
    version: int
    values: dict[str, Any]
    words: dict[str, str]

    def data(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Answer:
    """What NCMD made of a sending. `RECEIVED`: it has it, and has not said yet."""

    outcome: Outcome
    reference: str = ""
    reasons: str = ""


class NotTaken(Exception):
    """It is not known whether NCMD has it. The message is a short code, never what was sent or answered."""


class Gateway(ABC):
    """`waits`: what is handed to it has not gone until `hand_in` or a person says so. `by_worker`: it is then
    carried by the product itself."""

    name: str
    label: str
    waits = True
    by_worker = False

    @property
    def is_open(self) -> bool:
        return True

    @abstractmethod
    def hand_in(self, parcel: Parcel) -> Answer | None:
        """Carry it to NCMD; None where a person does.

        Raises:
            NotTaken: try again later, with the same key.
        """

    def ask(self, key: str) -> Answer | None:
        """What NCMD makes of it by now; None where nobody can ask."""
        return None
