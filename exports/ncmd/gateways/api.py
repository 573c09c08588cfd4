"""NCMD's interface over the network. Its specification is not public: docs/ncmd.md says what this client speaks.

Off until an address and a token are set. A redirection is not followed, so that the token and what a return says go
nowhere but to that address.
"""

import json
import time
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings

from exports.ncmd.gateways.interface import Answer, Gateway, NotTaken, Outcome, Parcel

LARGEST_ANSWER = 1_000_000
# It read the return, and this is what it makes of it: also when it had it already, and when it does not take it.
ANSWERING = frozenset({200, 201, 202, 409, 422})
NOT_VALID = 422


class Api(Gateway):
    name, label = "api", "NCMD’s interface"
    by_worker = True

    @property
    def is_open(self) -> bool:
        return bool(settings.NCMD_API_URL and settings.NCMD_API_TOKEN)

    def hand_in(self, parcel: Parcel) -> Answer:
        return self._said(*self._call("POST", "/returns", parcel.key, parcel.data()))

    def ask(self, key: str) -> Answer:
        return self._said(*self._call("GET", f"/returns/{quote(key)}", key))

    def _said(self, status: int, body: bytes) -> Answer:
        if status not in ANSWERING:
            raise NotTaken(f"HTTP {status}")
        try:
            said = json.loads(body) if body.strip() else {}
            outcome = Outcome(said.get("status") or _meant(status))
            reasons = said.get("reasons") or []
            reasons = [reasons] if isinstance(reasons, str) else reasons
            return Answer(outcome, str(said.get("reference") or ""), "\n".join(str(reason) for reason in reasons))
        except (ValueError, AttributeError, TypeError, RecursionError):
            raise NotTaken("Answer not understood") from None

    def _call(self, method: str, path: str, key: str, data: dict[str, Any] | None = None) -> tuple[int, bytes]:
        if not self.is_open:
            raise NotTaken("Not set up")
        where = urlsplit(settings.NCMD_API_URL)
        kind = HTTPSConnection if where.scheme == "https" else HTTPConnection
        connection = kind(where.netloc, timeout=settings.NCMD_API_TIMEOUT)
        headers = {
            "Authorization": f"Bearer {settings.NCMD_API_TOKEN}",
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        try:
            connection.request(method, where.path.rstrip("/") + path, json.dumps(data) if data else None, headers)
            response = connection.getresponse()
            return response.status, _body(response)
        except (OSError, HTTPException) as problem:
            raise NotTaken(type(problem).__name__) from None
        finally:
            connection.close()


def _meant(status: int) -> Outcome:
    """What an answer without words means: that it has it already is no new answer."""
    return Outcome.REJECTED if status == NOT_VALID else Outcome.RECEIVED


def _body(response: HTTPResponse) -> bytes:
    """What it answers, unless that is long, comes drop by drop or breaks off."""
    ends, body, promised = time.monotonic() + settings.NCMD_API_TIMEOUT, b"", response.length
    while block := response.read1(65_536):
        body += block
        if len(body) > LARGEST_ANSWER:
            raise NotTaken("Answer too long")
        if time.monotonic() > ends:
            raise TimeoutError
    if promised and len(body) < promised:
        raise IncompleteRead(b"", promised - len(body))
    return body
