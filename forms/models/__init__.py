"""What is asked (Form, FormVersion), and what was answered (Draft, Submission)."""

from forms.models.answers import Draft, Submission
from forms.models.api import SCOPES, ApiClient, ApiFile, ApiSubmission, ApiUse
from forms.models.audit import AuditEntry, AuditLink
from forms.models.definition import Form, FormVersion
from forms.models.lists import Code, CodeList
from forms.models.pages import FormPage
from forms.models.returns import ReturnPass
from forms.models.translations import Translation
from forms.models.uploads import Upload

__all__ = [
    "SCOPES",
    "ApiClient",
    "ApiFile",
    "ApiSubmission",
    "ApiUse",
    "AuditEntry",
    "AuditLink",
    "Code",
    "CodeList",
    "Draft",
    "Form",
    "FormPage",
    "FormVersion",
    "ReturnPass",
    "Submission",
    "Translation",
    "Upload",
]
