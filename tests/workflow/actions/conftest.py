"""Shared by the tests of actions."""

import pytest

from tests.workflow.reviewing import review
from workflow.outbox.shipped import load_messages


@pytest.fixture
def reviewed(case, coordinator, chair):
    """A case that the panel has discussed."""
    load_messages()
    return review(case, coordinator, chair, until="record_panel")


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks
