from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.storage import storages

from exports.prepared.services import working
from forms.models import Submission
from forms.uploads import vault
from tests.forms.test_uploads import in_vault

ROWS = 23


@pytest.fixture
def many(notification, monkeypatch) -> int:
    """More notifications than go into one piece."""
    monkeypatch.setattr(working, "ROWS_IN_A_PIECE", 5)
    Submission.objects.bulk_create(
        Submission(reference=f"INVENTED-{number:03}", version=notification, answers={"sex": "female"}, sealed="")
        for number in range(ROWS)
    )
    return ROWS


@pytest.fixture
def analyst(person):
    return person("Analyst")


@pytest.fixture(autouse=True)
def _empty_vault() -> Iterator[None]:
    """Files outlast the transaction of a test."""
    yield
    if Path(storages["uploads"].location).exists():
        for name in in_vault():
            vault.remove(name)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Files go when what is written in the database has happened."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
