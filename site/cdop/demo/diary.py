"""When each thing happened to an invented case, so that a demo looks lived in."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from django.utils import timezone

from workflow.states import BY_NAME, State
from workflow.working_days import is_working_day

# The road to closing, and how many working days after the step before each of its moves is made.
ROAD = {
    "accept": (1, 3),
    "information_complete": (14, 28),
    "schedule_cdrm": (1, 4),
    "record_cdrm": (5, 15),
    "check_quality": (2, 5),
    "quality_checked": (1, 2),
    "schedule_panel": (2, 7),
    "record_panel": (8, 18),
    "sign_off": (1, 2),
    "finalise": (1, 3),
    "close": (1, 4),
}
# Ways out of the process, from the notification.
EXITS = {
    State.NOTIFIED: {},
    State.OUT_OF_SCOPE: {"rule_out": (2, 3)},
    State.TRANSFER_OFFERED: {"offer_transfer": (1, 2)},
    State.TRANSFERRED_OUT: {"offer_transfer": (1, 2), "transfer_accepted": (2, 5)},
    State.OFFERED_TO_US: {},
    State.NOT_TAKEN_OVER: {"not_take_over": (1, 4)},
}


@dataclass
class Diary:
    """What happens to one case: when it is notified, and its moves with their moments, in order."""

    destination: State
    notified_at: dt.datetime
    moves: dict[str, dt.datetime] = field(default_factory=dict)

    def day_of(self, move: str, otherwise: int) -> dt.date:
        """The day of a move; one that is still to come is that many days from today."""
        at = self.moves.get(move)
        return timezone.localdate(at) if at else timezone.localdate() + dt.timedelta(days=otherwise)


def write_diary(destination: State, random: Random) -> Diary:
    """Count back from today: how long the case has been in its state, and how long each move before that took."""
    day = _working_days_before(timezone.localdate(), random.randint(*_waited(destination)))
    moments: dict[str, dt.datetime] = {}
    for hour, (name, gap) in reversed(list(enumerate(_steps(destination).items()))):
        moments[name] = _at(day, 9 + hour % 8, random)
        day = _working_days_before(day, random.randint(*gap))
    return Diary(destination, _at(day, random.randrange(7, 22), random), dict(reversed(moments.items())))


def _waited(destination: State) -> tuple[int, int]:
    """Working days since the last move: closed cases go back for most of a year."""
    if destination is State.NOTIFIED:
        return 1, 2
    if destination is State.OFFERED_TO_US:
        return 3, 9
    return (5, 150) if destination is State.CLOSED else (1, 12)


def _steps(destination: State) -> dict[str, tuple[int, int]]:
    if destination in EXITS:
        return EXITS[destination]
    steps: dict[str, tuple[int, int]] = {}
    for name, gap in ROAD.items():
        steps[name] = gap
        reached = BY_NAME[name].target
        if reached is destination:
            break
    return steps


def _working_days_before(day: dt.date, amount: int) -> dt.date:
    while amount > 0:
        day -= dt.timedelta(days=1)
        amount -= is_working_day(day)
    return day


def _at(day: dt.date, hour: int, random: Random) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, random.randrange(60))))
