"""A file of many returns: one zip with the lines of each stage, and a manifest that says what must be in them."""

import hashlib
import json
import zipfile
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from exports.ncmd.gateways.interface import Gateway, Parcel
from exports.ncmd.states import Stage

MANIFEST = "manifest.json"
# The zip itself bears no time: the same returns give the same bytes.
NO_TIME = (1980, 1, 1, 0, 0, 0)


class File(Gateway):
    name, label = "file", "A file"

    def hand_in(self, parcel: Parcel) -> None:
        """A person uploads or mails it, and then records it."""


def packed(name: str, parcels: Iterable[Parcel], extracted_at: datetime, version: int) -> bytes:
    """The zip. A file of JSON Lines for each stage, because each stage has other items and words have line breaks."""
    lines: dict[str, list[str]] = {}
    for parcel in parcels:
        lines.setdefault(parcel.stage, []).append(_json(parcel.data()))
    files = {f"{stage}.jsonl": _text(lines[stage]) for stage in Stage if stage in lines}
    about = {
        "name": name,
        "dictionary_version": version,
        "extracted_at": extracted_at.isoformat(timespec="seconds"),
        "rows": sum(map(len, lines.values())),
        "files": [
            {"name": file, "rows": content.count(b"\n"), "sha256": hashlib.sha256(content).hexdigest()}
            for file, content in files.items()
        ],
    }
    manifest = json.dumps(about, indent=2, ensure_ascii=False).encode() + b"\n"
    return _zipped({MANIFEST: manifest} | files)


def manifest_of(content: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(BytesIO(content)) as opened:
        return json.loads(opened.read(MANIFEST))


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def _text(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _zipped(files: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(zipfile.ZipInfo(name, NO_TIME), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
