"""Which supplementary forms do the answers about a child call for?"""

import datetime as dt
from collections.abc import Mapping, Sequence

from forms.conditions import met
from forms.schema import Answers, Condition


def triggered(triggers: Mapping[str, Sequence[Condition]], answers: Answers, today: dt.date) -> list[str]:
    """The names of which any condition holds, in their order. A condition without tests calls for nothing.

    `answers` are those of the notification and of reporting forms, by question key.
    """
    return [
        name
        for name, conditions in triggers.items()
        if any(condition.tests and met(condition, answers, today) for condition in conditions)
    ]
