"""Which files of a case a person may know of, and what is on file."""

from django.db.models import QuerySet

from workflow.models import Attachment, Case
from workflow.permissions import Person, user_can_read_every_case, user_can_see_identity


def may_read(user: Person) -> bool:
    """A file may say anything: it is for those who read the whole case and may know who the child is."""
    return user_can_read_every_case(user) and user_can_see_identity(user)


def attachments_of(case: Case, user: Person) -> QuerySet[Attachment]:
    """What was put into a case, withdrawn files too."""
    found = case.attachments.select_related("upload", "filed_by", "withdrawal__by")
    return found if may_read(user) else found.none()


def on_file(case: Case, kind: str) -> bool:
    """Whether a file of this kind is in the case and not withdrawn, and nothing harmful was found in it."""
    held = case.attachments.filter(kind=kind, withdrawal=None)
    return held.exclude(upload__scan="harmful").exists()
