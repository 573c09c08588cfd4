"""What is collected for the browser never sends it to another host."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command


@pytest.fixture
def collected(settings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "cdop.storage.StaticStorage"}}
    call_command("collectstatic", verbosity=0, interactive=False)
    return settings.STATIC_ROOT


def test_the_frontend_stylesheet_is_served_without_fonts_from_elsewhere(collected: Path):
    [stylesheet] = collected.glob("wagtailnhsukfrontend/css/nhsuk-frontend-*.min.????????????.css")
    css = stylesheet.read_text()
    assert ".nhsuk-button" in css
    assert not re.search(r"url\(\s*[\"']?(https?:)?//", css)
