"""Cases of invented children who may be one child."""

import pytest

from forms.services import receive
from tests.notifying import invented_answers
from workflow.models import Case


@pytest.fixture
def notify(notification, roles):
    """`notify(child_family_name="Invanted")`: the case of another notification, of one child unless told so."""

    def make(**changes) -> Case:
        return Case.objects.get(submissions__submission=receive(notification, invented_answers(**changes)))

    return make


@pytest.fixture
def coordinator(client, person):
    user = person("Coordinator")
    client.force_login(user)
    return user
