"""Children who never lived, and what a notification would say about them."""

import datetime as dt
from random import Random
from typing import Any

from cdop.auth import DEMO_EMAIL_DOMAIN
from forms.kinds.text import is_nhs_number

FIRST_NAMES = ["Aster", "Bryony", "Cedar", "Daffodil", "Elder", "Fern", "Hazel", "Ivy", "Juniper", "Linden", "Rowan"]
FAMILY_NAMES = ["Demo", "Example", "Fictional", "Imaginary", "Invented", "Madeup", "Pretend", "Sample"]
MISHEARD = {
    "Demo": "Demmo", "Example": "Exampel", "Fictional": "Fiktional", "Imaginary": "Immaginary", "Invented": "Invanted",
    "Madeup": "Maydeup", "Pretend": "Prettend", "Sample": "Sampel",
}  # fmt: skip
TOWNS = ["Exampleton", "Fictionbury", "Inventford", "Pretendham"]
# Of the postcodes that stand for no place.
HOMES = dict(zip(TOWNS, ["ZZ99 3CZ", "ZZ99 3GZ", "ZZ99 3VZ", "ZZ99 3WZ"], strict=True))
NEWBORN_PLACES = ["neonatal_unit", "delivery_suite"]
OLDER_PLACES = ["intensive_care", "emergency_department", "home", "hospice", "public_place"]
AGES_IN_DAYS = [(0, 6), (7, 27), (28, 364), (365, 1800), (1826, 3600), (3700, 5400), (5500, 6550)]
NOTIFIERS = [
    ("Demo Registrar", "Paediatric registrar", "Exampleton Hospital"),
    ("Demo Midwife", "Senior midwife", "Exampleton Hospital"),
    ("Demo Paramedic", "Duty officer", "Invented Ambulance Service"),
    ("Demo Nurse", "Community children’s nurse", "Pretendham Hospice"),
]


def nhs_number(random: Random) -> str:
    """A number from the range that is never issued (999 …) whose check digit is right."""
    while True:
        digits = f"999{random.randrange(10**6):06}"
        for check in range(10):
            if is_nhs_number(f"{digits}{check}"):
                return f"{digits}{check}"


def notification(random: Random, died: dt.date) -> dict[str, Any]:
    """Answers to the notification form for a child who died on that day."""
    low, high = random.choice(AGES_IN_DAYS)
    days = random.randint(low, high)
    answers = notifier(random) | {
        "sibling_concerns": "yes" if random.random() < 0.1 else "no",
        "child_first_names": random.choice(FIRST_NAMES),
        "child_family_name": random.choice(FAMILY_NAMES),
        "nhs_number": nhs_number(random),
        "date_of_birth": (died - dt.timedelta(days=days)).isoformat(),
        "date_of_death": died.isoformat(),
        "time_of_death": f"{random.randrange(24):02}:{random.randrange(60):02}",
        "sex": random.choice(["female", "male"]),
        "ethnicity": random.choice(["white_british", "asian_pakistani", "black_african", "mixed_other", "not_known"]),
        "address": {"line1": f"{random.randint(1, 99)} Invented Road", "town": (town := random.choice(TOWNS))},
        "postcode": HOMES[town],
        "normally_resident_here": "yes",
        "place_of_death_type": random.choice(NEWBORN_PLACES if days < 28 else OLDER_PLACES),
        "expected": random.choice(["expected", "unexpected"]),
        "circumstances": "Made up for a demonstration. No such child lived.",
        "coroner_informed": random.choice(["yes", "no"]),
        "post_mortem": random.choice(["yes", "no", "pending"]),
        "jar_required": "no",
        "professionals": [
            {"agency_type": "gp", "org": "Pretendham Surgery"},
            {"agency_type": "acute_trust", "org": "Exampleton Hospital"},
        ],
    }
    at_home = answers["place_of_death_type"] == "home"
    return answers | {"place_in_area": "yes" if at_home or days % 5 else "no"}


def notified_again(random: Random, answers: dict[str, Any]) -> dict[str, Any]:
    """The child of a notification, as somebody else tells of them: without the NHS number, the name misheard."""
    told = {key: value for key, value in answers.items() if key not in ("nhs_number", "time_of_death")}
    misheard = {
        "child_family_name": MISHEARD[answers["child_family_name"]],
        "nhs_number_missing_reason": "not_currently_available",
    }
    return told | notifier(random) | misheard


def notifier(random: Random) -> dict[str, Any]:
    """Who notifies: the part that differs when somebody else notifies the same child."""
    name, role, agency = random.choice(NOTIFIERS)
    domain = DEMO_EMAIL_DOMAIN if random.random() < 0.85 else "post.invalid"
    return {
        "notifier_name": name,
        "notifier_role": role,
        "notifier_agency": agency,
        "notifier_email": f"{name.split()[-1].lower()}@{domain}",
    }
