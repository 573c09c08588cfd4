"""What a file is, told by its content and never by its name."""

from typing import NamedTuple

import filetype


class Accepted(NamedTuple):
    extension: str
    words: str


# MIME type of the content: the extension we give it and what people call it.
TYPES = {
    "application/pdf": Accepted("pdf", "PDF"),
    "image/jpeg": Accepted("jpg", "JPEG picture"),
    "image/png": Accepted("png", "PNG picture"),
    "image/heic": Accepted("heic", "HEIC picture"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Accepted("docx", "Word document"),
    "application/vnd.oasis.opendocument.text": Accepted("odt", "OpenDocument text"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Accepted("xlsx", "Excel workbook"),
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
    words = [TYPES[BY_EXTENSION[extension]].words for extension in extensions]
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
