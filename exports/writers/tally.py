"""What every writer shares."""

import tempfile
from collections.abc import Callable, Iterator
from typing import IO, Any

BLOCK = 256 * 1024


class Tally:
    """How many rows have been written so far."""

    rows = 0


def through_a_file(write: Callable[[IO[bytes]], Any]) -> Iterator[bytes]:
    """What `write` puts into a temporary file, in blocks. The file then goes, as it does at `close`."""
    with tempfile.TemporaryFile(prefix="cdop-export-") as file:
        write(file)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block
