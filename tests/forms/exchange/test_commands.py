"""`form_export` and `form_import` from the shell."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from forms.exchange.formats import FORMATS
from forms.models import Form

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(notification_form, tmp_path):
    path = tmp_path / "notification.json"
    run("form_export", "notification", "--output", str(path))
    return path


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_form_travels_to_an_empty_deployment(notification_form, tmp_path, name):
    path = str(tmp_path / "form")
    said = run("form_export", "notification", "--format", name, "--output", path)
    assert "version 1: written to" in said
    said = run("form_import", path, "--format", name, "--slug", "arrived")
    assert "Kept as a draft" in said
    assert Form.objects.get(slug="arrived").get_latest_revision_as_object().title == notification_form.title


def test_a_dry_run_tells_and_keeps_nothing(file):
    said = run("form_import", str(file), "--format", "json", "--slug", "other", "--dry-run")
    assert "questions understood: " in said
    assert not Form.objects.filter(slug="other").exists()


def test_a_key_in_use_is_refused_unless_a_draft_was_asked_for(file, notification_form):
    with pytest.raises(CommandError, match="already there; nothing is kept"):
        run("form_import", str(file), "--format", "json")
    assert "Kept as a draft" in run("form_import", str(file), "--format", "json", "--draft-of-existing")
    assert Form.objects.filter(slug="notification").count() == 1


def test_a_bad_file_is_named_with_its_place(tmp_path):
    path = tmp_path / "bad.json"
    path.write_text('{"format": }')
    with pytest.raises(CommandError, match=r"nothing is kept\.\n  line 1, column 12: This is not JSON"):
        run("form_import", str(path), "--format", "json")


def test_a_key_that_no_address_can_hold_is_refused(file):
    with pytest.raises(CommandError, match="Nothing is kept"):
        run("form_import", str(file), "--format", "json", "--slug", "Not A Slug")


def test_missing_files_and_forms_are_named(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        run("form_import", str(tmp_path / "nothing"), "--format", "json")
    with pytest.raises(CommandError, match="no published version"):
        run("form_export", "nothing", "--output", "-")


def test_a_form_can_be_written_to_standard_output(notification_form, capfdbinary):
    run("form_export", "notification", "--output", "-")
    assert b'"slug": "notification"' in capfdbinary.readouterr().out
