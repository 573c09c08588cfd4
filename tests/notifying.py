"""Invented notifications: what a professional would post on each page, for a child who never lived."""

import datetime as dt
from typing import Any

from django.test import Client
from django.utils import timezone

START = "/report-a-child-death/"


def days_ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def date_parts(key: str, day: dt.date) -> dict[str, str]:
    return {f"{key}__day": str(day.day), f"{key}__month": str(day.month), f"{key}__year": str(day.year)}


def pages(born: dt.date | None = None, died: dt.date | None = None) -> dict[str, dict[str, str]]:
    """What is posted on each page that asks something, by page key: a child of six unless dates are given."""
    died = died or days_ago(2)
    born = born or died.replace(year=died.year - 6, day=min(died.day, 28))
    return {
        "safety": {"sibling_concerns": "no"},
        "you": {
            "notifier_name": "Invented Registrar",
            "notifier_role": "Paediatric registrar",
            "notifier_agency": "Invented Hospital",
            "notifier_email": "registrar@invented.example",
        },
        "child": {"child_first_names": "Test", "child_family_name": "Invented", "nhs_number": "999 000 0018"},
        "dates": date_parts("date_of_birth", born) | date_parts("date_of_death", died),
        "baby": {},
        "about-the-child": {"sex": "female", "ethnicity": "not_known"},
        "home": {
            "address__line1": "1 Made Up Street",
            "address__town": "Nowhere",
            "postcode": "ZZ99 3WZ",
            "normally_resident_here": "yes",
        },
        "services": {},
        "family": {},
        "care": {},
        "place": {"place_of_death_type": "intensive_care", "place_of_death_name": "Invented Hospital"},
        "circumstances": {"expected": "unexpected", "circumstances": "Invented events, for a test."},
        "infant": {},
        "cause": {},
        "coroner": {"coroner_informed": "yes", "coroner_area": "Invented area", "post_mortem": "pending"},
        "jar": {"jar_required": "no"},
        "other-reviews": {},
        "professionals": {},
        "alert": {},
    }


PROFESSIONAL = {"agency_type": "gp", "org": "Invented Surgery", "token": "abc1"}


def walk(client: Client, posted: dict[str, dict[str, str]] | None = None) -> str:
    """Answer every page as a browser would, from the start page to the check page; the check page's address."""
    posted = posted or pages()
    address = client.post(START).headers["Location"]
    for _ in range(40):
        if address.endswith("/check/"):
            return address
        key = address.rstrip("/").rsplit("/", 1)[-1]
        if key == "professionals":
            client.post(f"{address}new/", PROFESSIONAL)
        response = client.post(address, posted.get(key, {}))
        assert response.status_code == 302, (key, [field.error for field in response.context["errors"]])
        address = response.headers["Location"]
    raise AssertionError("The journey never reached the check page.")


def notify(client: Client, posted: dict[str, dict[str, str]] | None = None) -> str:
    """Walk and send; the address of the receipt."""
    return client.post(walk(client, posted), {"declaration": "yes"}).headers["Location"]


def invented_answers(born: dt.date | None = None, died: dt.date | None = None, **changes: Any) -> dict[str, Any]:
    """Clean answers to the notification form, as a journey would leave them."""
    died = died or days_ago(2)
    born = born or died.replace(year=died.year - 6, day=min(died.day, 28))
    return {
        "sibling_concerns": "no",
        "notifier_name": "Invented Registrar",
        "notifier_role": "Paediatric registrar",
        "notifier_agency": "Invented Hospital",
        "notifier_email": "registrar@invented.example",
        "child_first_names": "Test",
        "child_family_name": "Invented",
        "nhs_number": "9990000018",
        "date_of_birth": born.isoformat(),
        "date_of_death": died.isoformat(),
        "time_of_death": "03:20",
        "sex": "female",
        "ethnicity": "not_known",
        "address": {"line1": "1 Made Up Street", "town": "Nowhere"},
        "postcode": "ZZ99 3WZ",
        "normally_resident_here": "yes",
        "place_of_death_type": "intensive_care",
        "place_of_death_name": "Invented Hospital",
        "expected": "unexpected",
        "circumstances": "Invented events, for a test.",
        "coroner_informed": "yes",
        "coroner_area": "Invented area",
        "post_mortem": "pending",
        "jar_required": "no",
        "professionals": [{"agency_type": "gp", "org": "Invented Surgery"}],
    } | changes
