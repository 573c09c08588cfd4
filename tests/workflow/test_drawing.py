"""The pages that show the states are drawn from the code."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from exports.ncmd import states as returns
from exports.ncmd.drawing import return_page
from workflow.actions import states as actions
from workflow.analyses import states as analyses
from workflow.drawing import action_page, analysis_page, case_page, meeting_page, pages, referral_page, request_page
from workflow.guards import GUARDS
from workflow.meetings import states as meetings
from workflow.requests import states as requests
from workflow.safeguarding import states as referrals
from workflow.states import LABELS, MOVES, State


@pytest.mark.parametrize("name", pages())
def test_a_page_in_docs_is_what_the_code_says(name):
    drawn = (settings.ROOT / name).read_text(encoding="utf-8")
    assert drawn == pages()[name], "Run `manage.py draw_states` and commit the page."


def test_every_state_move_and_guard_is_on_the_page_of_cases():
    page = case_page()
    for state in State:
        assert f'state "{LABELS[state]}" as {state}' in page
    for move in MOVES:
        assert f"(`{move.name}`)" in page
    for guards in GUARDS.values():
        for guard in guards:
            assert guard.words in page


@pytest.mark.parametrize(
    ("page", "states"),
    [
        (request_page, requests),
        (meeting_page, meetings),
        (action_page, actions),
        (analysis_page, analyses),
        (referral_page, referrals),
        (return_page, returns),
    ],
)
def test_every_state_and_move_is_on_the_other_pages(page, states):
    for state, label in states.LABELS.items():
        assert f'state "{label}" as {state}' in page()
    for move in states.MOVES:
        assert f"(`{move.name}`)" in page()
        for source in move.sources:
            assert f"{source} --> {move.target}: {move.label}" in page()


def test_the_command_writes_the_pages(settings, tmp_path):
    settings.ROOT = tmp_path
    call_command("draw_states", stdout=StringIO())
    for name, page in pages().items():
        assert (tmp_path / name).read_text(encoding="utf-8") == page
