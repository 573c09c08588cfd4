"""Rules of the house that no linter knows."""

from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).parents[1]


def test_site_is_a_folder_and_never_a_package():
    assert not (ROOT / "site/__init__.py").exists()


def test_every_room_has_a_label_of_its_own():
    labels = {config.name: config.label for config in apps.get_app_configs()}
    for room in ("content", "forms", "workflow", "exports"):
        assert labels[room] == f"cdop_{room}"


def test_the_inactive_fsm_package_is_not_asked_for():
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    assert any(line.startswith("django-fsm-2==") for line in lines)
    assert not any(line.startswith("django-fsm==") for line in lines)
