"""Taking files in, scanning them, letting them go."""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from forms.models import Draft
from forms.models.uploads import Upload
from forms.schema import Answers, Question
from forms.sealing import seal
from forms.services import change
from forms.uploads import vault
from forms.uploads.custody import forget
from forms.uploads.scanner import NoAnswer, harm_in
from forms.uploads.types import BY_EXTENSION, TYPES, in_words, type_of

logger = logging.getLogger(__name__)
MEGABYTE = 1024 * 1024


def attach(draft: Draft, question: Question, file: UploadedFile) -> Draft:
    """Take a file in as an answer to an upload question, and the draft that holds it.

    Raises:
        ValidationError: it is too large, of another type, harmful, or one too many; nothing is kept.
    """
    return _keep(draft, question, scanned(look_at(question, file)))


@dataclass(frozen=True)
class Found:
    """A file as it came, with the type that its contents have."""

    data: bytes
    name: str
    mime: str
    scan: str = "waiting"

    @property
    def entry(self) -> dict[str, Any]:
        """What an answer says of the file."""
        return {"name": self.name, "size": len(self.data), "type": TYPES[self.mime].words}


def look_at(question: Question, file: UploadedFile) -> Found:
    """A file that may be an answer to an upload question, not scanned yet.

    Raises:
        ValidationError: it is empty, too large or of another type.
    """
    data, name = _read(question, file), _tidy(file.name)
    mime = type_of(data)
    if mime not in {BY_EXTENSION[extension] for extension in question.file_types}:
        message = gettext("“%(file)s” must be a %(types)s")
        raise ValidationError(message % {"file": name, "types": in_words(question.file_types)})
    return Found(data, name, mime)


def _read(question: Question, file: UploadedFile) -> bytes:
    name = _tidy(file.name)
    if not file.size:
        raise ValidationError(gettext("“%(file)s” is empty. Choose the file again") % {"file": name})
    if file.size > question.max_megabytes * MEGABYTE:
        message = gettext("“%(file)s” must be smaller than %(size)s MB")
        raise ValidationError(message % {"file": name, "size": question.max_megabytes})
    return file.read()


def _tidy(name: str | None) -> str:
    """A file's name without a path or characters that cannot be seen, at most 120 characters."""
    shown = "".join(letter for letter in (name or "").replace("\\", "/").rsplit("/", 1)[-1] if letter.isprintable())
    return shown[-120:] or "file"


def scanned(found: Found) -> Found:
    """The file with what the scanner said.

    Raises:
        ValidationError: it is harmful.
    """
    scan = _scan(found.data)
    if scan == "harmful":
        message = gettext("“%(file)s” was not accepted: our check found something harmful in it")
        raise ValidationError(message % {"file": found.name})
    return replace(found, scan=scan)


@contextmanager
def stored(question: Question, found: Found, **belongs: Any) -> Iterator[Upload]:
    """A file in the vault, and its row in a transaction. When that comes to no good end, neither is kept."""
    stored_as, key = vault.put(found.data)
    try:
        with transaction.atomic():
            yield Upload.objects.create(
                **belongs,
                question=question.key,
                sealed=seal({"name": found.name, "key": key}),
                stored_as=stored_as,
                content_type=found.mime,
                size=len(found.data),
                sha256=hashlib.sha256(found.data).hexdigest(),
                scan=found.scan,
                scanned_at=timezone.now() if found.scan == "clean" else None,
            )
    except BaseException:
        vault.remove(stored_as)
        raise


class _SentMeanwhile(Exception):
    """A draft that takes no more."""


def _keep(draft: Draft, question: Question, found: Found) -> Draft:
    changed = draft
    try:
        with stored(question, found, draft=draft) as upload:
            entry = {"id": str(upload.pk)} | found.entry

            def add(answers: Answers) -> None:
                files = answers.get(question.key) or []
                if len(files) >= question.max_files:
                    raise no_more(question)
                answers[question.key] = [*files, entry]

            changed = change(draft, add)
            if changed.submission_id:
                raise _SentMeanwhile
    except _SentMeanwhile:
        pass
    return changed


def no_more(question: Question) -> ValidationError:
    """The refusal of a file that would be one too many."""
    message = ngettext(
        "You can add only %(most)s file. Remove it first",
        "You can add up to %(most)s files. Remove one first",
        question.max_files,
    )
    return ValidationError(message % {"most": question.max_files})


def _scan(data: bytes) -> str:
    """ "clean", "harmful", or "waiting" while no scanner answers."""
    if not settings.CLAMD_ADDRESS:
        return "waiting"
    try:
        return "harmful" if harm_in(data, settings.CLAMD_ADDRESS) else "clean"
    except NoAnswer as problem:
        logger.warning("A file could not be scanned: %s", problem)
        return "waiting"


@transaction.atomic
def detach(draft: Draft, question: Question, upload_id: str) -> Draft:
    """Take a file out of a draft. One that is not there is no error."""

    def drop(answers: Answers) -> None:
        answers[question.key] = [file for file in answers.get(question.key) or [] if file["id"] != upload_id]

    changed = change(draft, drop)
    if changed.submission_id is None:
        forget(changed.uploads.filter(question=question.key, pk=upload_id))
    return changed


def scan_waiting() -> dict[str, int]:
    """Scan what could not be scanned when it came; how many were found clean, harmful, or still wait."""
    counts = {"clean": 0, "harmful": 0, "waiting": 0}
    for upload in Upload.objects.filter(scan="waiting").iterator():
        try:
            result = _scan(vault.read(upload.stored_as, upload.details["key"]))
        except FileNotFoundError:  # discarded: nobody can open what is not there
            continue
        counts[result] += 1
        if result != "waiting":
            Upload.objects.filter(pk=upload.pk).update(scan=result, scanned_at=timezone.now())
    return counts
