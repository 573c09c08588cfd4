"""Shared by every room's tests."""

from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command

from forms.models import Form, FormVersion
from forms.models.definition import definition_of
from forms.presenters import show_blank


@pytest.fixture(autouse=True)
def _empty_caches() -> None:
    """A rolled back test gives its version numbers to the next one; what is kept in memory must go too."""
    cache.clear()
    definition_of.cache_clear()
    show_blank.cache_clear()


@pytest.fixture
def notification_form(db) -> Form:
    """The shipped notification form, published, with its start page."""
    call_command("load_forms", verbosity=0, stdout=StringIO())
    return Form.objects.get(slug="notification")


@pytest.fixture
def notification(notification_form: Form) -> FormVersion:
    return notification_form.newest_version()
