"""Two cases laid side by side, row by row."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import date_format

from forms.conditions import as_date
from forms.models import Submission
from forms.selectors import Row, answer_sections
from workflow.models import Case
from workflow.presenters import DAY_MONTH_YEAR, in_threes

IDENTITY = {
    "first_names": "First names",
    "family_name": "Family name",
    "nhs_number": "NHS number",
    "date_of_birth": "Date of birth",
    "date_of_death": "Date of death",
    "postcode": "Postcode",
}
# In the notification these are asked under other keys; they are shown once.
SHOWN_ABOVE = set(IDENTITY) | {"child_first_names", "child_family_name", "declaration"}
Line = tuple[str, str, str]  # key, label, words


@dataclass(frozen=True)
class Pair:
    """One row of the comparison."""

    label: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        """Both were answered, and not in the same way."""
        return bool(self.left and self.right) and self.left.casefold() != self.right.casefold()


@dataclass(frozen=True)
class Side:
    """One of two cases, as this person may read it. Without `identity` nothing sealed is opened."""

    case: Case
    identity: bool

    @cached_property
    def notifications(self) -> list[Submission]:
        """What came for this case; for a duplicate, what came for it and is now with the case that is kept."""
        received = self.case.submissions.filter(kind="notification").select_related("submission__version")
        if not self.identity:
            received = received.defer("submission__sealed")
        return [item.submission for item in received]

    def child(self) -> Iterable[Line]:
        details = self.case.identity.details if self.identity and hasattr(self.case, "identity") else {}
        for name, label in IDENTITY.items():
            yield name, label, _in_words(name, details.get(name) or "")

    def told(self) -> Iterable[Line]:
        """What the first notification says, but for what is shown of the child."""
        for submission in self.notifications[:1]:
            for section in answer_sections(submission, self.identity):
                yield from ((row.key, row.label, _words(row)) for row in section.rows if row.key not in SHOWN_ABOVE)


def in_pairs(left: Iterable[Line], right: Iterable[Line]) -> list[Pair]:
    """The answers to the same questions in one row each; what neither answered is left out."""
    one, other = ({key: (label, words) for key, label, words in side} for side in (left, right))
    pairs = [
        Pair((one.get(key) or other[key])[0], one.get(key, ("", ""))[1], other.get(key, ("", ""))[1])
        for key in one | other
    ]
    return [pair for pair in pairs if pair.left or pair.right]


def _in_words(name: str, value: str) -> str:
    if name == "nhs_number":
        return in_threes(value)
    day = as_date(value) if name.startswith("date_") else None
    return date_format(day, DAY_MONTH_YEAR) if day else value


def _words(row: Row) -> str:
    items = (", ".join(part.text for part in item if part.text) for item in row.items)
    return "; ".join(items) if row.items else row.text
