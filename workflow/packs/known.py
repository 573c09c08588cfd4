"""What is known of the people in a case, so that it can be found in what was written about them."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Named:
    """A person, place or organisation by name, and what a panel reads instead: “the mother”, “the school”."""

    name: str
    role: str


@dataclass(frozen=True)
class Known:
    people: tuple[Named, ...] = ()
    places: tuple[Named, ...] = ()
    addresses: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    born: dt.date | None = None
    died: dt.date | None = None
