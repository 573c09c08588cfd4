"""What a file is, told by its content and never by its name."""

from typing import NamedTuple

import filetype
from django.utils.text import get_text_list
from django.utils.translation import gettext, gettext_noop


class Accepted(NamedTuple):
    extension: str
    words: str


OFFICE = "application/vnd.openxmlformats-officedocument"
# MIME type of the content: the extension we give it and what people call it.
TYPES = {
    "application/pdf": Accepted("pdf", gettext_noop("PDF")),
    "image/jpeg": Accepted("jpg", gettext_noop("JPEG picture")),
    "image/png": Accepted("png", gettext_noop("PNG picture")),
    "image/heic": Accepted("heic", gettext_noop("HEIC picture")),
    f"{OFFICE}.wordprocessingml.document": Accepted("docx", gettext_noop("Word document")),
    "application/vnd.oasis.opendocument.text": Accepted("odt", gettext_noop("OpenDocument text")),
    f"{OFFICE}.spreadsheetml.sheet": Accepted("xlsx", gettext_noop("Excel workbook")),
}
EXTENSIONS = [(accepted.extension, accepted.words) for accepted in TYPES.values()]
BY_EXTENSION = {accepted.extension: mime for mime, accepted in TYPES.items()}
PICTURES = ("image/jpeg", "image/png", "image/heic")


def type_of(data: bytes) -> str:
    """The MIME type of the content if it is one of `TYPES`; an empty string for anything else."""
    found = filetype.guess_mime(data) if data else None
    return found if found in TYPES else ""


def in_words(extensions: list[str]) -> str:
    """The types an editor allowed, for people: "PDF, Word document or PNG picture"."""
    return get_text_list([gettext(TYPES[BY_EXTENSION[extension]].words) for extension in extensions], gettext("or"))
