"""What is to be written into the audit log, before it is written."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """`what` is a short code, `about` an id or a reference: neither ever holds what a person typed.

    Without `by`, `client` or `via` it is the product itself that did it.
    """

    what: str
    about_type: str = ""
    about: object = ""
    by: Any = None
    client: Any = None
    via: str = ""
    refused: bool = False

    @property
    def way(self) -> str:
        if self.via:
            return self.via
        if self.by is not None:
            return "staff"
        return "client" if self.client is not None else "system"
