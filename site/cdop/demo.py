"""Invented people and cases, made through the same services that real ones go through.

Same seed, same data; dates count back from today, so that a demo never looks stale.
"""

import datetime as dt
from random import Random
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils import timezone

from cdop.auth import DEMO_EMAIL_DOMAIN
from forms.kinds.text import is_nhs_number
from forms.models import FormVersion
from forms.selectors import live_version
from forms.services import receive
from workflow import services
from workflow.models import Case
from workflow.roles import ROLES
from workflow.states import BY_NAME, Move, State

PASSWORD = "demonstration"  # noqa: S105 (printed on purpose; these accounts cannot log in to production)
FIRST_NAMES = ["Aster", "Bryony", "Cedar", "Daffodil", "Elder", "Fern", "Hazel", "Ivy", "Juniper", "Linden", "Rowan"]
FAMILY_NAMES = ["Demo", "Example", "Fictional", "Imaginary", "Invented", "Madeup", "Pretend", "Sample"]
TOWNS = ["Exampleton", "Fictionbury", "Inventford", "Pretendham"]
PLACES = [
    "neonatal_unit",
    "intensive_care",
    "emergency_department",
    "home",
    "hospice",
    "delivery_suite",
    "public_place",
]
AGES_IN_DAYS = [(0, 6), (7, 27), (28, 364), (365, 1800), (1826, 3600), (3700, 5400), (5500, 6550)]

# How far each demo case has come: the moves it makes after triage.
ROAD = [
    "accept",
    "information_complete",
    "schedule_cdrm",
    "record_cdrm",
    "quality_checked",
    "schedule_panel",
    "record_panel",
    "sign_off",
    "finalise",
    "close",
]


def make_staff() -> dict[str, User]:
    """One log-in per role, made once."""
    staff = {}
    for role in ROLES:
        username = role.lower().replace(" ", "-")
        user, created = User.objects.get_or_create(
            username=username,
            defaults={"first_name": "Demo", "last_name": role, "email": f"{username}@{DEMO_EMAIL_DOMAIN}"},
        )
        if created:
            user.set_password(PASSWORD)
            user.is_superuser = role == "Administrator"
            user.save()
            user.groups.add(Group.objects.get(name=role))
        staff[role] = user
    return staff


@transaction.atomic
def make_cases(number: int, seed: int, staff: dict[str, User]) -> int:
    """`number` cases, spread over all states; the number made (0 when the notification form is not published)."""
    version = live_version("notification")
    if version is None:
        return 0
    random = Random(seed)  # noqa: S311 (invented data, not a secret)
    for index in range(number):
        died = timezone.localdate() - dt.timedelta(days=3 + index * 9)
        case = _notify(version, random, died)
        _review(case, _destination(index), random, staff)
    return number


def _destination(index: int) -> str:
    """The state that the nth case shall reach; every state comes up in the first fourteen."""
    return str(list(State)[index % len(State)])


def nhs_number(random: Random) -> str:
    """A number from the range that is never issued (999 …) whose check digit is right."""
    while True:
        digits = f"999{random.randrange(10**6):06}"
        for check in range(10):
            if is_nhs_number(f"{digits}{check}"):
                return f"{digits}{check}"


def _notify(version: FormVersion, random: Random, died: dt.date) -> Case:
    low, high = random.choice(AGES_IN_DAYS)
    days = random.randint(low, high)
    answers: dict[str, Any] = {
        "sibling_concerns": "yes" if random.random() < 0.1 else "no",
        "notifier_name": "Demo Registrar",
        "notifier_role": "Paediatric registrar",
        "notifier_agency": "Exampleton Hospital",
        "notifier_email": f"registrar@{DEMO_EMAIL_DOMAIN}",
        "child_first_names": random.choice(FIRST_NAMES),
        "child_family_name": random.choice(FAMILY_NAMES),
        "nhs_number": nhs_number(random),
        "date_of_birth": (died - dt.timedelta(days=days)).isoformat(),
        "date_of_death": died.isoformat(),
        "time_of_death": f"{random.randrange(24):02}:{random.randrange(60):02}",
        "sex": random.choice(["female", "male"]),
        "ethnicity": random.choice(["white_british", "asian_pakistani", "black_african", "mixed_other", "not_known"]),
        "address": {"line1": f"{random.randint(1, 99)} Invented Road", "town": random.choice(TOWNS)},
        "postcode": "ZZ99 3WZ",
        "normally_resident_here": "yes",
        "place_of_death_type": random.choice(PLACES),
        "expected": random.choice(["expected", "unexpected"]),
        "circumstances": "Invented for demonstration. No such child lived.",
        "coroner_informed": random.choice(["yes", "no"]),
        "post_mortem": random.choice(["yes", "no", "pending"]),
        "jar_required": "no",
        "professionals": [
            {"agency_type": "gp", "org": "Pretendham Surgery"},
            {"agency_type": "acute_trust", "org": "Exampleton Hospital"},
        ],
    }
    return Case.objects.get(submissions__submission=receive(version, answers))


def _review(case: Case, destination: str, random: Random, staff: dict[str, User]) -> None:
    """Take a case to its state as staff would."""
    coordinator = staff["Coordinator"]
    if destination == State.DUPLICATE:
        other = Case.objects.exclude(pk=case.pk).exclude(state=State.DUPLICATE).first()
        if other:
            _move(case, "mark_duplicate", staff, {"duplicate_of": other.reference})
    elif destination == State.OUT_OF_SCOPE:
        services.decide_scope(case, coordinator, in_scope=False, reason_code="not_resident")
        services.confirm_scope(case, staff["Designated doctor"])
        _move(case, "rule_out", staff, {})
    elif destination in (State.TRANSFER_OFFERED, State.TRANSFERRED_OUT):
        _move(case, "offer_transfer", staff, {"receiving_area": "Invented Neighbouring CDOP"})
        if destination == State.TRANSFERRED_OUT:
            _move(case, "transfer_accepted", staff, {"transfer_acknowledgement": "Their coordinator, by phone"})
    elif destination != State.NOTIFIED:
        _along_the_road(case, destination, random, staff)


def _along_the_road(case: Case, destination: str, random: Random, staff: dict[str, User]) -> None:
    services.decide_scope(case, staff["Coordinator"], in_scope=True)
    services.decide_jar(case, staff["Coordinator"], "no", [], decider_role="Designated doctor")
    for name in ROAD:
        case = _move(case, name, staff, _answers(BY_NAME[name], random))
        if case.state == destination:
            break
    if destination == State.INFORMATION_GATHERING:
        services.hold(case, staff["Coordinator"], "coroner", ["panel"], timezone.localdate())


def _answers(move: Move, random: Random) -> dict[str, str]:
    """Something believable for everything that a move asks."""
    answers = {}
    for asked in move.inputs:
        if asked.kind == "choice":
            answers[asked.name] = random.choice([code for code, _ in asked.choices if code != asked.reason_if])
        elif asked.kind == "date":
            answers[asked.name] = timezone.localdate().isoformat()
        else:
            answers[asked.name] = "yes" if asked.kind == "yes" else "Invented for demonstration"
    return answers


def _move(case: Case, name: str, staff: dict[str, User], details: dict[str, str]) -> Case:
    by = staff["Panel chair"] if BY_NAME[name].right == "sign_off_case" else staff["Coordinator"]
    reason = "Invented for demonstration" if BY_NAME[name].needs_reason else ""
    return services.move(case, name, by, reason, details)
