"""Whose a file is: a draft's, then the submission's that it became, or nobody's."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from forms.models import Draft, Submission
from forms.models.uploads import Upload
from forms.schema import Answers
from forms.uploads import vault


def hand_over(draft: Draft, submission: Submission, answers: Answers) -> None:
    """Give the files that were sent to the submission, and forget the rest of the draft's."""
    sent = [file["id"] for value in answers.values() if isinstance(value, list) for file in value if is_file(file)]
    draft.uploads.filter(pk__in=sent).update(submission=submission, draft=None)
    forget(draft.uploads.exclude(pk__in=sent))


def is_file(value: Any) -> bool:
    return isinstance(value, dict) and "size" in value and "type" in value


def forget(uploads: QuerySet[Upload]) -> None:
    """Delete files and their rows, the files once the rows are surely gone."""
    names = list(uploads.values_list("stored_as", flat=True))
    uploads.delete()
    transaction.on_commit(partial(remove_files, names))


def discard(upload: Upload) -> None:
    """Delete the file itself, and keep the row that says it was there."""
    transaction.on_commit(partial(remove_files, [upload.stored_as]))


def remove_files(names: list[str]) -> None:
    for name in names:
        vault.remove(name)
