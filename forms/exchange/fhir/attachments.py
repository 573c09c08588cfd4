"""Files: what a Questionnaire says of them, and the Attachments of a response."""

import base64
import binascii
import hashlib
import uuid
from dataclasses import dataclass
from typing import Any

from forms.exchange.findings import Finding
from forms.schema import Question
from forms.uploads.types import BY_EXTENSION, TYPES

Item = dict[str, Any]
MAX_SIZE = "http://hl7.org/fhir/StructureDefinition/maxSize"
MIME_TYPE = "http://hl7.org/fhir/StructureDefinition/mimeType"
URN = "urn:uuid:"
MIME_OF_WORDS = {accepted.words: mime for mime, accepted in TYPES.items()}


class NoFile(ValueError):
    """An answer that is no file, with what to do."""


@dataclass(frozen=True)
class Attached:
    """A file inside a response, not yet checked."""

    name: str
    data: bytes


def limits_of(question: Question) -> list[Item]:
    """The extensions that say which files an upload question takes."""
    types = [{"url": MIME_TYPE, "valueCode": BY_EXTENSION[each]} for each in question.file_types]
    return [*types, {"url": MAX_SIZE, "valueDecimal": question.max_megabytes}]


def read_limits(item: Item, place: str, findings: list[Finding]) -> dict[str, Any]:
    """The fields of an upload question, from such extensions."""
    given = [each for each in item.get("extension") or [] if isinstance(each, dict)]
    mimes = [str(each.get("valueCode")) for each in given if each.get("url") == MIME_TYPE]
    for mime in (mime for mime in mimes if mime not in TYPES):
        findings.append(Finding(place, f"Files of the type “{mime}” are not taken here."))
    if not mimes:
        findings.append(Finding(place, "It does not say which types of file it takes. Choose them here."))
    found: dict[str, Any] = {"file_types": [TYPES[mime].extension for mime in mimes if mime in TYPES]}
    largest = next((each.get("valueDecimal") for each in given if each.get("url") == MAX_SIZE), None)
    if isinstance(largest, int | float) and not isinstance(largest, bool) and largest >= 1:
        found["max_megabytes"] = min(20, int(largest))
    return found


def attachment(file: Item) -> Item:
    """A stored file as an answer: its name and size, and the id under which it is kept; not its content."""
    named = {"url": f"{URN}{file['id']}", "title": file["name"], "size": file["size"]}
    mime = MIME_OF_WORDS.get(file["type"])
    return {"valueAttachment": named | ({"contentType": mime} if mime else {})}


def attached(answer: Item) -> str | Attached:
    """The id of a file that was sent ahead, or the file itself.

    Raises:
        NoFile: it is neither.
    """
    given = answer.get("valueAttachment")
    if not isinstance(given, dict):
        raise NoFile("Send a file as a valueAttachment.")
    data, url = given.get("data"), given.get("url")
    if data is None:
        return _sent_ahead(url)
    found = Attached(str(given.get("title") or "file"), _decoded(data))
    if given.get("hash") not in (None, _hash(found.data)):
        raise NoFile(f"“{found.name[:80]}” is not the file that its hash names. Send it again.")
    return found


def _sent_ahead(url: Any) -> str:
    try:
        return str(uuid.UUID(str(url).removeprefix(URN)))
    except ValueError:
        message = f"Send the file as Base64 in “data”, or ahead and then its id as “{URN}…” in “url”. None is fetched."
        raise NoFile(message) from None


def _decoded(data: Any) -> bytes:
    try:
        return base64.b64decode("".join(str(data).split()), validate=True)
    except (binascii.Error, ValueError):
        raise NoFile("The “data” of the file is not Base64.") from None


def _hash(data: bytes) -> str:
    """As FHIR R4 wants it: SHA-1, as Base64. It tells damage on the way, and nothing here rests on it."""
    return base64.b64encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()
