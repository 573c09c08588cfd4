"""Whose draft is this? A browser may open the drafts it began, and no others."""

import uuid

from django.http import HttpRequest

from forms.models import Draft

SESSION_KEY = "drafts"
MOST_DRAFTS = 20


class NotYours(Exception):
    """The draft does not exist, or was begun in another browser. The visitor is told the same in both cases."""


def remember(request: HttpRequest, draft: Draft) -> None:
    request.session[SESSION_KEY] = [*request.session.get(SESSION_KEY, []), str(draft.pk)][-MOST_DRAFTS:]


def own_draft(request: HttpRequest, draft_id: uuid.UUID) -> Draft:
    """The draft, if this browser began it; `NotYours` otherwise."""
    if str(draft_id) not in request.session.get(SESSION_KEY, []):
        raise NotYours
    draft = Draft.objects.filter(pk=draft_id).first()
    if draft is None:
        raise NotYours
    return draft
