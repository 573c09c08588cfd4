"""The OpenAPI document is true: schemathesis asks every operation what it promises."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from cdop.wsgi import application
from forms.api import auth
from forms.limits import Limit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
DOCUMENT = "/api/v1/openapi.json"
OPERATIONS = {
    "GET /api/v1/forms",
    "GET /api/v1/forms/{slug}",
    "POST /api/v1/forms/{slug}/submissions",
    "POST /api/v1/forms/{slug}/files",
    "GET /api/v1/submissions/{reference}/receipt",
    "GET /api/v1/schemas/form-file.json",
    "GET /api/v1/reports",
    "GET /api/v1/reports/{year}/figures/{number}/charts/{table}",
}


@pytest.fixture
def operations(notification_form, monkeypatch):
    for name in ("OF_A_CLIENT", "OF_AN_ADDRESS", "WRONG_TOKENS"):
        monkeypatch.setattr(auth, name, Limit(name, 1_000_000, 60))
    document = schemathesis.openapi.from_wsgi(DOCUMENT, application)
    return {operation.ok().label: operation.ok() for operation in document.get_all_operations()}


def test_the_document_names_every_operation(operations):
    assert set(operations) == OPERATIONS


@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_an_operation_keeps_its_promises(operations, token, label):
    @settings(
        max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(case=operations[label].as_strategy())
    def ask(case):
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"})

    ask()
