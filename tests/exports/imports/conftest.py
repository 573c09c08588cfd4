import pytest


@pytest.fixture
def coordinator(notification, person):
    return person("Coordinator")
