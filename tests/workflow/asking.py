"""Invented agencies, asked about an invented child, and a person who answers by link."""

import re

from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from tests.forms.making import page, publish
from tests.notifying import days_ago
from workflow.models import Agency, Case, InformationRequest
from workflow.outbox.shipped import load_messages
from workflow.requests import services
from workflow.requests.selectors import newest_versions
from workflow.requests.services import Asked

KNOWN = {"kind": "long_text", "key": "narrative", "label": "What do you know?", "required": "mandatory"}
SMOKES = {"kind": "yes_no", "key": "household_smoking", "label": "Did anybody smoke at home?"}


def publish_forms() -> None:
    """Two small forms in the place of the statutory ones, and the messages."""
    load_messages()
    publish(page("what-you-know", KNOWN, SMOKES), slug="reporting", title="Reporting form")
    publish(page("place", KNOWN), slug="drowning", title="Drowning")


def ask(case: Case, by: User, *forms: str, name: str = "Invented Surgery", email: str = "gp@invented.example"):
    """A request that has been sent."""
    agency, _ = Agency.objects.get_or_create(name=name, defaults={"kind": "gp", "lead_email": "lead@invented.example"})
    asked = Asked(agency, "Invented Doctor", email, forms=newest_versions(list(forms or ("reporting",))))
    (request,) = services.ask(case, by, [asked], days_ago(-21), at_once=True)
    return request


def link_of(request: InformationRequest) -> str:
    request = InformationRequest.objects.get(pk=request.pk)
    return f"/requests/{request.recipient['token']}/"


def open_request(request: InformationRequest, run) -> Client:
    """A browser in which the person asked has shown the code. `run` executes what waits for the commit."""
    client = Client()
    link = link_of(request)
    with run(execute=True):
        client.post(f"{link}code/", {})
    code = re.search(r"code is (\d{6})", mail.outbox[-1].body)[1]
    assert client.post(f"{link}code/", {"code": code}).headers["Location"] == link
    return client


def answer(client: Client, request: InformationRequest, **answers: str) -> None:
    """Fill in and send every form of the request as a person would."""
    link = link_of(request)
    for form in request.forms.all():
        resumed = client.post(f"{link}form/{form.pk}/").headers["Location"]
        first = client.get(resumed).headers["Location"]
        given = {"narrative": "Invented facts.", "household_smoking": "no"} | answers
        client.post(first, given)
        receipt = client.post(first.rsplit("/", 2)[0] + "/check/")
        assert client.get(receipt.headers["Location"]).status_code == 200
