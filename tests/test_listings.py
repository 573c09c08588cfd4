"""Every listing of the admin asks the database as often for many as for few."""

from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms.audit.lines import Line
from forms.audit.services import record
from forms.models import ApiClient, Code, CodeList, Form
from workflow.models import Agency, ClockRule, LetterTemplate, MessageTemplate, ReferralRecipient, ReminderRule

pytestmark = pytest.mark.django_db
numbers = count(1)


def form(number):
    return Form.objects.create(slug=f"invented-{number}", title=f"Invented form {number}")


def code_list(number):
    made = CodeList.objects.create(name=f"invented_{number}", title=f"Invented list {number}")
    Code.objects.bulk_create(
        Code(code_list=made, code=f"c{each}", label="Invented", sort_order=each) for each in range(3)
    )
    return made


def api_client(number):
    return ApiClient.objects.create(name=f"Invented system {number}", token_hash=f"{number:064}")


def agency(number):
    return Agency.objects.create(name=f"Invented agency {number}", kind="gp")


def clock_rule(number):
    return ClockRule.objects.create(
        code=f"X{number}", label="Invented", amount=1, unit="days", starts_at="death", met_by="notified"
    )


def message(number):
    return MessageTemplate.objects.create(
        code=f"invented-{number}", title="Invented", subject="Invented", body="Invented"
    )


def reminder(number):
    return ReminderRule.objects.create(days=number, template=message(number))


def letter(number):
    return LetterTemplate.objects.create(
        code=f"invented-{number}", about="safeguarding", title=f"Invented {number}", body="Invented"
    )


def recipient(number):
    return ReferralRecipient.objects.create(name=f"Invented recipient {number}", letter=letter(number))


LISTINGS = {Form: form, CodeList: code_list, ApiClient: api_client, Agency: agency, ClockRule: clock_rule}
LISTINGS |= {MessageTemplate: message, ReminderRule: reminder, LetterTemplate: letter}
LISTINGS |= {ReferralRecipient: recipient}


@pytest.mark.parametrize("model", LISTINGS, ids=lambda model: model.__name__)
def test_a_listing_asks_as_often_for_many_as_for_few(client, person, model):
    client.force_login(person("Administrator"))
    address = reverse(model.snippet_viewset.get_url_name("list"))
    counts = []
    for more in (3, 12):
        for _ in range(more):
            LISTINGS[model](next(numbers))
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address)
        assert len(page.context["object_list"]) >= min(more, 15)
        counts.append(len(queries))
    assert counts[0] == counts[1], [query["sql"][:160] for query in queries.captured_queries]


def test_the_audit_log_asks_as_often_for_many_as_for_few(client, person):
    client.force_login(person("Administrator"))
    counts = []
    for more in (3, 12):
        for number in range(more):
            client_of_api = api_client(next(numbers))
            record(Line("case.read", by=person("Coordinator", number)))
            record(Line("api.read", client=client_of_api))
        client.get("/admin/reports/audit-log/")
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/admin/reports/audit-log/")
        assert len(page.context["object_list"]) >= more
        counts.append(len(queries))
    assert counts[0] == counts[1], [query["sql"][:160] for query in queries.captured_queries]
