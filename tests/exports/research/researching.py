"""Invented research, and invented children whom it is about."""

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from exports.models import ResearchProject
from exports.research import services
from forms.models import FormVersion
from forms.services import receive
from tests.notifying import invented_answers
from tests.workflow.reviewing import somebody
from workflow.models import Case

WISH: dict[str, Any] = {
    "title": "Invented study of nothing",
    "organisation": "University of Nowhere",
    "researcher": "Professor Made Up, made.up@invented.example",
    "purpose": "To learn what an invented study learns.",
    "legal_basis": "Invented agreement 1",
    "approval_reference": "INV/26/001",
    "columns": ["age_group", "sex", "place_of_death_type", "died_month", "category"],
    "dates": "year",
    "reviews": "all",
    "k": 5,
    "expires_on": timezone.localdate() + dt.timedelta(days=90),
}


def asked(by: User | None = None, **changes: Any) -> ResearchProject:
    return services.ask(by or somebody("Analyst"), **WISH | changes)


def approved(**changes: Any) -> ResearchProject:
    project = asked(**changes)
    services.approve(project, somebody("Panel chair"))
    return services.approve(project, somebody("Information governance"))


def children(
    notification: FormVersion, number: int, make: Callable[[int], dict[str, Any]] = lambda at: {}
) -> list[Case]:
    """So many invented children, each with what `make` changes; years apart, so that no shifted date is another’s."""
    made = []
    for at in range(number):
        died = dt.date(1960 + 3 * at, 6, 15)
        changes = {
            "child_first_names": f"Testchild{at}",
            "child_family_name": f"Inventedname{at}",
            "nhs_number": "",
            "nhs_number_missing_reason": "not_currently_available",
            "date_of_birth": dt.date(died.year - 6, 2, 1 + at).isoformat(),
            "date_of_death": died.isoformat(),
        }
        submission = receive(notification, invented_answers(**changes | make(at)))
        made.append(Case.objects.get(submissions__submission=submission))
    return made


def taken(project: ResearchProject, by: User | None = None) -> bytes:
    return b"".join(services.extract(project, by or somebody("Analyst")))


def unpacked(package: bytes) -> dict[str, str]:
    """The files of an extract, by name."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


def rows(package: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(unpacked(package)["data.csv"])))


def description(package: bytes) -> dict[str, Any]:
    return json.loads(unpacked(package)["datapackage.json"])
