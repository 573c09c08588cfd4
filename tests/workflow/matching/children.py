"""Invented children for the engine, and ways in which a notification gets one of them wrong."""

import datetime as dt
from dataclasses import replace

from hypothesis import strategies as st

from forms.kinds.text import is_nhs_number
from workflow.matching.child import Child, child_of

NUMBERS = [f"999000{number:03}{check}" for number in range(60) for check in range(10)]
VALID = [number for number in NUMBERS if is_nhs_number(number)]
names = st.text("abcdefghiklmnoprstuvwyz", min_size=4, max_size=12)
days = st.dates(dt.date(2001, 1, 1), dt.date(2026, 11, 1))


def known(
    first="Aster", family="Madeup", born="2020-03-04", died="2026-10-20", number="9990000018", sex="female"
) -> Child:
    details = {
        "first_names": first,
        "family_name": family,
        "date_of_birth": born,
        "date_of_death": died,
        "nhs_number": number,
    }
    return child_of(details, sex)


children = st.builds(
    Child,
    nhs_number=st.sampled_from(VALID),
    first_names=st.tuples(names) | st.tuples(names, names),
    family_name=st.tuples(names) | st.tuples(names, names),
    born=days,
    died=days,
    sex=st.sampled_from(["", "female", "male"]),
)
partly_known = st.builds(
    lambda child, missing: replace(child, **{field: () if "name" in field else "" for field in missing}),
    children,
    st.sets(st.sampled_from(["nhs_number", "first_names", "family_name", "sex"])),
)


def mistyped(name: str, place: int, letter: str) -> str:
    """One letter of a name is another one."""
    place %= len(name)
    return name[:place] + letter + name[place + 1 :]


def with_one_typo(child: Child, field: str, place: int, letter: str) -> Child:
    value = getattr(child, field)
    if field in ("first_names", "family_name"):
        return replace(child, **{field: (mistyped(value[0], place, letter), *value[1:])})
    if field == "nhs_number":
        return replace(child, nhs_number=mistyped(value, place, str(place % 10)))
    return replace(child, **{field: value + dt.timedelta(days=1)})
