"""Shared by the tests of safeguarding."""

import pytest

from workflow.letters.shipped import load_letters
from workflow.safeguarding.shipped import load_recipients


@pytest.fixture(autouse=True)
def recipients(db) -> None:
    """Who is told, as the product ships it."""
    load_letters()
    load_recipients()
