"""The only place that puts files into a case, and takes them out of sight."""

import datetime as dt

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from forms.schema import Question
from forms.sealing import seal
from forms.uploads.services import look_at, scanned, stored
from forms.uploads.types import EXTENSIONS
from workflow.attachments.selectors import may_read
from workflow.models import Attachment, AttachmentWithdrawal, Case
from workflow.models.attachments import ATTACHMENT_KINDS
from workflow.permissions import user_can_work_cases
from workflow.services import MoveRefused, note
from workflow.services.refusing import locked, require
from workflow.states import STUBS

# The rules of a question that asks for files, as strict as those of the forms.
FILE = Question(
    kind="upload", key="attachment", label="File", file_types=[code for code, _ in EXTENSIONS], max_megabytes=20
)


def attach(
    case: Case,
    by: User,
    file: UploadedFile,
    kind: str,
    dated_on: dt.date,
    description: str = "",
    at: dt.datetime | None = None,
) -> Attachment:
    """Put a file into a case, checked and stored like the files of a form. `at` is when, for data that is brought in.

    Raises:
        MoveRefused: it is too large, of another type or harmful; nothing is kept.
    """
    require(user_can_work_cases(by) and may_read(by))
    if kind not in dict(ATTACHMENT_KINDS):
        raise MoveRefused(["Say what kind of document it is."])
    if dated_on > timezone.localdate():
        raise MoveRefused(["The day of the document lies in the future. Check the year."])
    try:
        found = scanned(look_at(FILE, file))
    except ValidationError as problem:
        raise MoveRefused([f"{message}." for message in problem.messages]) from problem
    with stored(FILE, found) as upload:
        current = locked(case)
        if current.state in STUBS:
            raise MoveRefused(["Another panel has this review: nothing is filed here any more."])
        made = Attachment.objects.create(
            case=current,
            upload=upload,
            kind=kind,
            dated_on=dated_on,
            filed_by=by,
            at=at or timezone.now(),
            sealed_description=seal(description) if description else "",
        )
        said = f"{found.name}. {description}" if description else found.name
        note(current, by, "filed", f"File attached: {made}, of {dated_on.day} {dated_on:%B %Y}.", said, at)
    return made


@transaction.atomic
def withdraw(attachment: Attachment, by: User, reason: str) -> AttachmentWithdrawal:
    """Say that a file counts no more, and why. It stays listed, and nobody opens it. Twice changes nothing."""
    require(user_can_work_cases(by) and may_read(by))
    if not reason.strip():
        raise MoveRefused(["Give the reason."])
    current = locked(attachment.case)
    before = AttachmentWithdrawal.objects.filter(attachment=attachment).first()
    if before:
        return before
    note(current, by, "filed", f"File withdrawn: {attachment}.", reason)
    return AttachmentWithdrawal.objects.create(attachment=attachment, by=by, sealed_reason=seal(reason.strip()))
