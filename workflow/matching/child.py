"""What a notification says of who a child is, tidied so that it can be compared."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

Words = tuple[str, ...]

# What is written where a first name is asked of a child who was given none.
ORDERS = {
    "1": "1", "2": "2", "3": "3", "4": "4", "one": "1", "two": "2", "three": "3", "four": "4",
    "a": "1", "b": "2", "c": "3", "d": "4", "i": "1", "ii": "2", "iii": "3", "iv": "4",
    "first": "1", "second": "2", "third": "3", "fourth": "4",
}  # fmt: skip
SEXES = {"boy": "male", "male": "male", "son": "male", "girl": "female", "female": "female", "daughter": "female"}
STEMS = {"baby", "infant", "newborn", "neonate", "child", "twin", "triplet", "unnamed", "unknown"} | set(SEXES)
FILLERS = {"not", "no", "name", "named", "given", "known", "yet", "the", "nil", "none", "tbc"}
PLACEHOLDERS = STEMS | FILLERS | set(ORDERS)


@dataclass(frozen=True)
class Child:
    """Names in small letters without accents, word by word. `order` tells twins apart who have no name yet."""

    nhs_number: str = ""
    first_names: Words = ()
    family_name: Words = ()
    born: dt.date | None = None
    died: dt.date | None = None
    sex: str = ""
    order: str = ""


def child_of(details: Mapping[str, str | None], sex: str = "") -> Child:
    """The child whom the identity record of a case tells of; `sex` is what the case records."""
    written = words(details.get("first_names") or "")
    first_names = given(written)
    marks = [word for word in written if word not in first_names]
    told = next((SEXES[word] for word in marks if word in SEXES), "")
    return Child(
        nhs_number=details.get("nhs_number") or "",
        first_names=first_names,
        family_name=words(details.get("family_name") or ""),
        born=_day(details.get("date_of_birth")),
        died=_day(details.get("date_of_death")),
        sex=sex if sex in SEXES.values() else told,
        order=next((ORDERS[word] for word in marks if word in ORDERS), ""),
    )


def words(name: str) -> Words:
    """“Zoë O’Brien-Smith” → zoe, obrien, smith."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return tuple(re.findall(r"\w+", re.sub(r"['’‘`_]", "", letters)))


def given(written: Words) -> Words:
    """The first names among what was written: none in “Baby boy of Jane” and “Not named yet”, one in “Baby Jane”."""
    own = written[: written.index("of")] if "of" in written else written
    if own and (own[0] in STEMS or set(own) <= PLACEHOLDERS - set(ORDERS)):
        return tuple(word for word in own if word not in PLACEHOLDERS)
    return written


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return None
