"""Cases of invented children who may be one child."""

import pytest


@pytest.fixture
def coordinator(client, person):
    user = person("Coordinator")
    client.force_login(user)
    return user
