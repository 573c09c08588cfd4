"""What is written to the log says where something failed and never with what."""

import logging
import re
import traceback
from collections.abc import Iterator
from types import TracebackType

TOKEN_IN_ADDRESS = re.compile(r"(/requests/|(?<!/admin)/actions/|/answer/return/)[^/\s]+")
Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__


class PrivateFormatter(logging.Formatter):
    """Leaves out the messages of exceptions, which may quote what a person typed, and tokens in addresses."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN_IN_ADDRESS.sub(r"\1…", super().format(record))

    def formatException(self, ei: Raised) -> str:
        return "\n".join(
            "".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__ for error in _chain(ei[1])
        )
