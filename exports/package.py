"""A dataset with its description in one ZIP file: the data, its codebook and its Data Package."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import IO, Any

from exports.writers.tally import through_a_file

DESCRIPTION, CODEBOOK = "datapackage.json", "codebook.csv"


def package_blocks(
    data_name: str,
    blocks: Iterator[bytes],
    codebook: str,
    describe: Callable[[dict[str, Any]], dict[str, Any]],
    beside: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[bytes]:
    """The finished package. `describe` gets the data's path, bytes and hash, and gives the Data Package.

    `beside` has texts that go with it, by file name.
    """

    def write(output: IO[bytes]) -> None:
        with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as package:
            file = _add(package, data_name, blocks)
            for name, text in {CODEBOOK: codebook, **beside}.items():
                package.writestr(name, text)
            package.writestr(DESCRIPTION, json.dumps(describe(file), ensure_ascii=False, indent=2))

    return through_a_file(write)


def _add(package: zipfile.ZipFile, name: str, blocks: Iterator[bytes]) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    with package.open(name, "w", force_zip64=True) as entry:
        for block in blocks:
            entry.write(block)
            digest.update(block)
            size += len(block)
    return {"path": name, "bytes": size, "hash": f"sha256:{digest.hexdigest()}"}
