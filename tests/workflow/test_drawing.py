"""The page that shows the states is drawn from the code."""

from io import StringIO

from django.conf import settings
from django.core.management import call_command

from workflow.drawing import PAGE, case_page
from workflow.guards import GUARDS
from workflow.states import LABELS, MOVES, State


def test_the_page_in_docs_is_what_the_code_says():
    drawn = (settings.ROOT / PAGE).read_text(encoding="utf-8")
    assert drawn == case_page(), "Run `manage.py draw_states` and commit the page."


def test_every_state_move_and_guard_is_on_the_page():
    page = case_page()
    for state in State:
        assert f'state "{LABELS[state]}" as {state}' in page
    for move in MOVES:
        assert f"(`{move.name}`)" in page
    for guards in GUARDS.values():
        for guard in guards:
            assert guard.words in page


def test_the_command_writes_the_page(settings, tmp_path):
    settings.ROOT = tmp_path
    call_command("draw_states", stdout=StringIO())
    assert (tmp_path / PAGE).read_text(encoding="utf-8") == case_page()
