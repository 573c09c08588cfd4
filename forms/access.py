"""Whose draft is this? A browser may open the drafts it began, and no others."""

import uuid

from django.http import HttpRequest

from forms.models import Draft

SESSION_KEY = "drafts"
BACK_KEY = "drafts_back"
MOST_DRAFTS = 20


class NotYours(Exception):
    """The draft does not exist, or was begun in another browser. The visitor is told the same in both cases."""


def remember(request: HttpRequest, draft: Draft, back: str = "") -> None:
    """From now on this browser may open the draft. Once it is sent, the receipt leads `back` to this address."""
    if back:
        kept = dict(list(request.session.get(BACK_KEY, {}).items())[-MOST_DRAFTS:])
        request.session[BACK_KEY] = kept | {str(draft.pk): back}
    request.session[SESSION_KEY] = [*request.session.get(SESSION_KEY, []), str(draft.pk)][-MOST_DRAFTS:]


def back_of(request: HttpRequest, draft: Draft) -> str:
    """Where the receipt of a draft leads, if the draft was begun from somewhere."""
    return request.session.get(BACK_KEY, {}).get(str(draft.pk), "")


def forget(request: HttpRequest, draft: Draft) -> None:
    """From now on this browser needs the link and the code, as on a computer that others use too."""
    request.session[SESSION_KEY] = [key for key in request.session.get(SESSION_KEY, []) if key != str(draft.pk)]


def own_draft(request: HttpRequest, draft_id: uuid.UUID) -> Draft:
    """The draft, if this browser began it or who is logged in owns it; `NotYours` otherwise."""
    in_session = str(draft_id) in request.session.get(SESSION_KEY, [])
    if not in_session and not request.user.is_authenticated:
        raise NotYours
    draft = Draft.objects.filter(pk=draft_id).first()
    if draft is None or not (in_session or draft.owner_id == request.user.pk):
        raise NotYours
    return draft
