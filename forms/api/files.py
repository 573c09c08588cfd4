"""Files that a client sends ahead, one by one, and then names in its answers."""

import datetime as dt
import uuid
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from forms.api.answers import Files
from forms.api.idempotency import KeyReused, digest_of
from forms.models import ApiClient, ApiFile, ApiUse, FormVersion, Submission, Upload
from forms.schema import Answers, Question
from forms.uploads.custody import forget, is_file
from forms.uploads.services import look_at, scanned, stored

KEPT_FOR = dt.timedelta(days=1)
MOST_WAITING = 200


class TooManyWaiting(Exception):
    """So many files of this client wait to be named that no more are taken."""


def question_of(version: FormVersion, key: str) -> Question | None:
    """The question that takes files under this key."""
    asked = version.definition.questions()
    return next((each for each in asked if each.key == key and each.kind == "upload"), None)


def expires_at(file: ApiFile) -> dt.datetime:
    return file.upload.received_at + KEPT_FOR


def take_file(client: ApiClient, version: FormVersion, question: Question, file: UploadedFile, key: str) -> ApiFile:
    """The file under this key. The same key and file again give the same, while no answers have named it.

    Raises:
        KeyReused: the key came with another file before.
        TooManyWaiting: the client must first send answers that name the files it sent.
        ValidationError: it is empty, too large, of another type or harmful; nothing is kept.
    """
    found = look_at(question, file)
    digest = digest_of(f"{version.form_id}/{question.key}/{found.name}\n".encode() + found.data)
    if before := _earlier(client, key, digest):
        return before
    if client.files.count() >= MOST_WAITING:
        raise TooManyWaiting
    sent: dict[str, Any] = {"client": client, "form_id": version.form_id, "key": key, "digest": digest}
    try:
        with stored(question, scanned(found)) as upload:
            ApiUse.objects.create(client=client, did="sent_file", form=version.form.slug)
            return ApiFile.objects.create(upload=upload, **sent)
    except IntegrityError:  # the same key came twice at the same time
        if before := _earlier(client, key, digest):
            return before
        raise


def _earlier(client: ApiClient, key: str, digest: str) -> ApiFile | None:
    sent = ApiFile.objects.select_related("upload").filter(client=client, key=key).first()
    if sent and sent.digest != digest:
        raise KeyReused
    return sent


def waiting(client: ApiClient, version: FormVersion, answers: Answers) -> Files:
    """The files that this client sent ahead for this form and now names, held for it until the transaction ends."""
    named = {each for value in answers.values() if isinstance(value, list) for each in value if isinstance(each, str)}
    pks = [pk for each in named if (pk := _uuid(each))]
    held = ApiFile.objects.select_for_update(of=("self", "upload")).select_related("upload")
    found = held.filter(client=client, form_id=version.form_id, upload_id__in=pks) if pks else []
    return {(file.upload.question, str(file.upload_id)): entry_of(file.upload) for file in found}


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def hand_over(client: ApiClient, submission: Submission, answers: Answers) -> None:
    """Give the files in these answers to the submission."""
    named = [file["id"] for value in answers.values() if isinstance(value, list) for file in value if is_file(file)]
    if named:
        Upload.objects.filter(sent_ahead__client=client, pk__in=named).update(submission=submission)
        ApiFile.objects.filter(client=client, upload_id__in=named).delete()


def entry_of(upload: Upload) -> dict[str, Any]:
    """What an answer says of the file."""
    return {"id": str(upload.pk), "name": upload.name, "size": upload.size, "type": upload.type_label}


@transaction.atomic
def clear_files() -> int:
    """Delete the files that no answers named in time (KEPT_FOR); how many."""
    old = Upload.objects.filter(sent_ahead__isnull=False, received_at__lt=timezone.now() - KEPT_FOR)
    pks = list(old.select_for_update(of=("self",)).values_list("pk", flat=True))
    forget(Upload.objects.filter(pk__in=pks))
    return len(pks)
