"""Names that other systems chose, as names we can keep."""

import re
from collections.abc import Iterable

from django.utils.text import slugify

from forms.exchange.findings import Finding
from forms.schema import KEY, NO_PAGE_KEYS, PAGE_KEY

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,50}")
LONGEST = 60


class Names:
    """Gives each foreign name one key of ours, and remembers which."""

    def __init__(self, pattern: str = KEY, joint: str = "_") -> None:
        self.pattern = re.compile(pattern)
        self.joint = joint
        self.taken: set[str] = set()

    def key(self, name: str, where: str, findings: list[Finding]) -> str:
        """The name itself where it is a key nobody has; else the nearest key, and a finding."""
        key = self.free(self._nearest(name))
        if key != name:
            findings.append(Finding(where, f"“{name}” is called “{key}” here."))
        return key

    def free(self, wanted: str) -> str:
        """The wanted key, or the first of wanted_2, wanted_3 … that nobody has; it is taken from now on."""
        tries = (wanted, *(f"{wanted[: LONGEST - 5]}{self.joint}{number}" for number in range(2, 10_000)))
        key = next(each for each in tries if each not in self.taken)
        self.taken.add(key)
        return key

    def _nearest(self, name: str) -> str:
        if self.pattern.fullmatch(name):
            return name
        words = re.sub(r"[^a-z0-9]+", self.joint, slugify(name).replace("-", " "))
        return (words if words[:1].isalpha() else f"q{self.joint}{words}")[:LONGEST].strip(self.joint) or "q"


def page_names() -> Names:
    names = Names(PAGE_KEY, "-")
    names.taken |= NO_PAGE_KEYS
    return names


def slug_of(wanted: Iterable[str], findings: list[Finding]) -> str:
    """The first of the names that can be a form's key; else one made of them."""
    names = [name for name in wanted if name]
    if names and SLUG.fullmatch(names[0]):
        return names[0]
    slug = next((made for name in names if (made := slugify(name)[:50].strip("-"))), "imported-form")
    findings.append(Finding("", f"The form’s key is “{slug}” here."))
    return slug
