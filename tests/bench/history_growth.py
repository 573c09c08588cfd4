"""The screens staff open most, with 50,000 cases of which 500 are open, against 500 open ones alone. 1 is no slower."""

import datetime as dt
import random
import sys

from tests.bench.measure import Measured, Row, in_fresh_process, report
from tests.bench.serving import WARM_UP, Browser, measure_each

OPEN, ALL = 500, 50_000
CLOCKS = 6
SCREENS = ("", "cases/", "work/", "work/everybody/", "work/board/", "work/people/")
ROUNDS = 2 * WARM_UP


def fill(number: int, ended: bool) -> None:
    """Cases of ten years with time limits and moves; those that are open spread over the states."""
    from django.utils import timezone

    from workflow.models import Case, Clock, ClockRule, StateChange
    from workflow.states import OPEN as STATES

    dice, now, there = random.Random(number), timezone.now(), Case.objects.count()
    rules = list(ClockRule.objects.filter(active=True)[:CLOCKS])
    states = ["closed"] if ended else sorted(STATES)
    Case.objects.bulk_create(
        Case(
            reference=f"B{there + place:06}",
            state=dice.choice(states),
            opened_at=now - dt.timedelta(days=dice.randrange(3_650)),
        )
        for place in range(number)
    )
    made = Case.objects.order_by("-pk")[:number]
    Clock.objects.bulk_create(
        Clock(case=case, rule=rule, started_at=due, warn_at=due, due_at=due, met_at=due if ended else None)
        for case in made
        for rule in rules
        for due in [case.opened_at + dt.timedelta(days=dice.randrange(5, 3_700))]
    )
    StateChange.objects.bulk_create(
        StateChange(case=case, transition="moved", source="", target=case.state, at=case.opened_at) for case in made
    )


def coordinator() -> str:
    """A session of a coordinator."""
    from django.contrib.auth.models import Group, User
    from django.test import Client

    user, _ = User.objects.get_or_create(username="bench")
    user.groups.add(Group.objects.get(name="Coordinator"))
    client = Client()
    client.force_login(user)
    return str(client.cookies["sessionid"].value)


def measured(session: str) -> Measured:
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application

    browser = Browser(get_wsgi_application(), {"sessionid": session})

    def work() -> None:
        for screen in SCREENS:
            status, _, _ = browser.get(f"/admin/{screen}")
            assert status.startswith("200"), f"{screen}: {status}"

    return measure_each([work] * ROUNDS)


def row() -> Row:
    from django.core.management import call_command

    from workflow.roles import load_clock_rules, load_roles

    call_command("migrate", verbosity=0)
    load_roles()
    load_clock_rules()
    session = coordinator()
    fill(OPEN, ended=False)
    few = in_fresh_process(__name__, session)
    fill(ALL - OPEN, ended=True)
    many = in_fresh_process(__name__, session)
    return Row("history_growth", 1 / many.seconds, 1 / few.seconds, peak_mb=many.added_mb, unit="rounds/s")


if __name__ == "__main__":
    report(measured(sys.argv[1]))
