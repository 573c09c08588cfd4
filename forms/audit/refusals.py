"""What was refused, remembered until the request ends: what a transaction wrote is gone once it was refused."""

from contextvars import ContextVar

_noticed: ContextVar[list[str] | None] = ContextVar("refusals", default=None)


class Refused(Exception):
    """Somebody tried something that cannot be done. Inside a request it comes into the audit log."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)
        if (noticed := _noticed.get()) is not None:
            noticed.append(type(self).__name__)


def watch() -> list[str]:
    """From now on, in this request, refusals come into this list."""
    noticed: list[str] = []
    _noticed.set(noticed)
    return noticed


def unwatch() -> None:
    _noticed.set(None)
