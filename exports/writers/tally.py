"""What every writer shares."""

import tempfile
from collections.abc import Callable, Iterator
from typing import IO, Any

BLOCK = 256 * 1024


class Tally:
    """How many rows have been written so far."""

    def __init__(self, rows: int = 0) -> None:
        self.rows = rows

    def beat(self) -> None:
        """Called again and again while rows are written, and while a file is finished."""


class _Beating:
    """A file that beats with each write: finishing a large one writes for minutes, and counts no row."""

    def __init__(self, file: IO[bytes], tally: Tally) -> None:
        self._file, self._tally = file, tally

    def write(self, data: Any) -> int:
        self._tally.beat()
        return self._file.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def through_a_file(write: Callable[[Any], Any], tally: Tally | None = None) -> Iterator[bytes]:
    """What `write` puts into a temporary file, in blocks. The file then goes, as it does at `close`."""
    with tempfile.TemporaryFile(prefix="cdop-export-") as file:
        write(_Beating(file, tally) if tally else file)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block
