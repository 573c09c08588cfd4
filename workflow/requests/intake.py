"""From a form that was answered to the request that asked for it."""

from typing import Any

from forms.models import Draft, Submission
from workflow.models import RequestedForm
from workflow.requests.answering import form_came_back


def receive(sender: Any, submission: Submission, draft: Draft | None = None, **kwargs: Any) -> None:
    """Keep a return, in the transaction that stores it."""
    requested = RequestedForm.objects.filter(draft=draft).select_related("request__case").first() if draft else None
    if requested:
        form_came_back(requested, submission)
