from collections.abc import Iterator

import pytest

from tests.exports.ncmd.database import TOKEN, Database, running
from tests.exports.ncmd.returning import accepted_case
from workflow.models import Case


@pytest.fixture
def database(settings) -> Iterator[Database]:
    with running() as server:
        settings.NCMD_API_URL, settings.NCMD_API_TOKEN, settings.NCMD_API_TIMEOUT = server.url, TOKEN, 1
        yield server


@pytest.fixture
def due(case) -> Case:
    return accepted_case(case)
