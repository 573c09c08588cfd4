"""Invented families: a key worker, the guide, a question, and what became of it."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from workflow.family import services
from workflow.models import Case
from workflow.states import State

KEY_WORKER: dict[str, Any] = {
    "name": "Invented Key Worker",
    "role": "Bereavement nurse",
    "contact": "01632 960 001",
}
QUESTION = "Could anybody have known the night before that it was so serious?"
VIEW = "The nurses were kind to us. We want them to know that."


def know_families(by: User) -> None:
    """One on the way to its first meeting, one after it, one at the end; nobody has told the others yet."""
    day = dt.timedelta(days=1)
    for state in (State.CDRM_SCHEDULED, State.CDRM_HELD, State.CLOSED):
        case = Case.objects.filter(state=state, opened_at__lt=timezone.now() - 4 * day).first()
        if case is None:
            continue
        begun = case.opened_at + day
        services.name_key_worker(case, by, **KEY_WORKER, at=begun)
        on = timezone.localdate(begun)
        services.record_told(case, by, told_on=on, guide_on=on, at=begun)
        if state is State.CLOSED:
            words = "Invented for demonstration: told of the findings, and of what the hospital has changed."
            services.give_feedback(case, by, given_on=timezone.localdate(), given_by="The key worker", text=words)
        else:
            _heard(case, by, begun + day)


def _heard(case: Case, by: User, at: dt.datetime) -> None:
    on = timezone.localdate(at)
    question = services.hear(case, by, kind="question", text=QUESTION, who="Mother", given_on=on, at=at)
    services.hear(case, by, kind="view", text=VIEW, who="Father", given_on=on, at=at)
    item = case.agenda_items.select_related("meeting").filter(meeting__state="held").first()
    if item:
        services.bring(case, by, item=item, words=case.family_words.all())
        text = "Invented for demonstration: no; the signs were not there yet. The consultant has explained why."
        services.answer(question, by, text=text, answered_on=timezone.localdate())
