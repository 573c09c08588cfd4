"""The people of most reviews. A file whose coordinator sits at a browser has a fixture of its own."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from forms.services import receive
from tests.notifying import invented_answers
from workflow.models import Case


@pytest.fixture
def coordinator(person) -> User:
    return person("Coordinator")


@pytest.fixture
def notify(notification, roles) -> Callable[..., Case]:
    """`notify(child_family_name="Invanted")`: the case of another notification, of one child unless told so."""

    def make(**changes) -> Case:
        return Case.objects.get(submissions__submission=receive(notification, invented_answers(**changes)))

    return make


@pytest.fixture
def chair(person) -> User:
    return person("Panel chair")
