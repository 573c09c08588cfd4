"""Rules that look at several answers at once."""

import datetime as dt

from forms.conditions import met, reads
from forms.schema import Answers, FormSchema


def broken(schema: FormSchema, answers: Answers, today: dt.date, asked: set[str] | None = None) -> dict[str, str]:
    """Message by question key for every rule the answers break.

    `asked` limits this to rules whose questions have all been asked, for checking one page at a time.
    """
    return {
        rule.question: rule.message
        for rule in reversed(schema.rules)
        if (asked is None or {rule.question} | reads(rule.refuse_if) <= asked) and met(rule.refuse_if, answers, today)
    }
