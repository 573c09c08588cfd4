"""Every event after which a visitor must see something else."""

from collections.abc import Iterator
from typing import Any

from django.db.models.signals import ModelSignal, post_delete, post_save
from django.dispatch import Signal
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from content.models import AreaSettings


def public_site_changes() -> Iterator[tuple[Signal | ModelSignal, Any]]:
    """Pairs of a signal and the sender it is listened to from (None: any)."""
    yield from ((signal, None) for signal in (page_published, page_unpublished, post_page_move))
    yield post_delete, Page
    for model in (AreaSettings, Site, PageViewRestriction, get_document_model(), get_image_model()):
        yield post_save, model
        yield post_delete, model
