"""From a form that was sent to the analysis that it is."""

from typing import Any

from forms.models import Draft, Submission
from workflow.analyses.services import complete
from workflow.models import Analysis


def receive(sender: Any, submission: Submission, draft: Draft | None = None, **kwargs: Any) -> None:
    """Keep an analysis, in the transaction that stores it."""
    found = Analysis.objects.filter(draft=draft).select_related("case").first() if draft else None
    if found:
        complete(found, submission)
