"""What the panel found, where it is changed after its review was recorded."""

from collections.abc import Mapping

from django.contrib.auth.models import User

from workflow.models import Case, CaseFact
from workflow.permissions import user_can_make
from workflow.services.checking import checked
from workflow.services.refusing import require
from workflow.states import BY_NAME


def change_findings(case: Case, by: User, details: Mapping[str, str]) -> None:
    """The findings of a reviewed case, checked like those of `record_panel`; those that were recorded before stay."""
    recording = BY_NAME["record_panel"]
    require(user_can_make(by, recording))
    for name, value in checked(case, recording, "", details).items():
        CaseFact.objects.create(case=case, name=name, value=value, recorded_by=by)
