"""The people of most reviews. A file whose coordinator sits at a browser has a fixture of its own."""

import pytest
from django.contrib.auth.models import User


@pytest.fixture
def coordinator(person) -> User:
    return person("Coordinator")


@pytest.fixture
def chair(person) -> User:
    return person("Panel chair")
