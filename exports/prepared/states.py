"""Where a prepared export is. Plain Python: no Django here."""

import datetime as dt
from enum import StrEnum


class PreparedState(StrEnum):
    WAITING = "waiting"
    READY = "ready"
    TAKEN = "taken"
    EXPIRED = "expired"
    FAILED = "failed"
    GIVEN_UP = "given_up"


S = PreparedState
LABELS = {
    S.WAITING: "Being made",
    S.READY: "Ready",
    S.TAKEN: "Downloaded",
    S.EXPIRED: "Not fetched in time, deleted",
    S.FAILED: "Could not be made",
    S.GIVEN_UP: "Given up",
}
OPEN = frozenset({S.WAITING, S.READY})

AT_ONCE = 20_000  # so many rows are sent while a person waits
ROWS_IN_A_PIECE = 5_000
BYTES_IN_A_PART = 4_000_000
MOST_OPEN = 5  # of one person
MOST_ATTEMPTS = 5  # that bring it no further
KEPT = dt.timedelta(days=3)
HELD = dt.timedelta(minutes=2)  # by a worker, from each sign of life on
SECONDS = 5  # so long a person waits after asking
BEAT = 2  # seconds between two signs of life
