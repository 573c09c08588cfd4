import pytest

from exports.prepared.services import working
from forms.models import Submission

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


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Files go when what is written in the database has happened."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
