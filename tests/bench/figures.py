"""The twenty figures over ten years of an all-England volume, on PostgreSQL, beside the three seconds they may take."""

import datetime as dt
import random
import sys
from typing import Any

from tests.bench.measure import Measured, Row, in_fresh_process, measure, report
from tests.run import postgres

DEATHS, FIRST, YEARS, AIM = 50_000, 2016, 10, 3.0
BATCH, AUTHORITIES, MEETINGS = 5_000, 150, 3_000
EXTRACT = dt.date(2026, 5, 1)
LONG = True


def fill(number: int = DEATHS) -> None:
    """Children who died in ten years, four of five reviewed, with all that the figures count; lists to count by."""
    from django.contrib.auth.models import User

    by = User.objects.create(username="bench")
    dice, edition = random.Random(number), lists(by)
    for _ in range(0, number, BATCH):
        children(min(BATCH, number), dice, by, edition)
    meetings(dice, by)


def lists(by: Any) -> Any:
    """Postcodes, of which a figure needs the edition alone; populations and births of every authority and year."""
    from exports.models import AreaCount, ReferenceVersion

    made = {
        kind: ReferenceVersion.objects.create(kind=kind, name=kind, dated=EXTRACT, source="bench", in_use=True, by=by)
        for kind in ("postcodes", "population", "births")
    }
    AreaCount.objects.bulk_create(
        AreaCount(version=made[kind], year=FIRST + year, area=area, number=many)
        for kind, many in (("population", 80_000), ("births", 4_000))
        for year in range(YEARS)
        for area in areas()
    )
    return made["postcodes"]


def areas() -> list[str]:
    return [f"E06{number:06}" for number in range(AUTHORITIES)]


def moment(day: dt.date) -> dt.datetime:
    from django.utils import timezone

    return timezone.make_aware(dt.datetime.combine(day, dt.time(9)))


def children(number: int, dice: random.Random, by: Any, edition: Any) -> None:
    from exports.models import HomeArea
    from workflow.models import Case

    days = [dt.date(FIRST, 4, 1) + dt.timedelta(days=dice.randrange(YEARS * 365)) for _ in range(number)]
    there = Case.objects.count()
    cases = Case.objects.bulk_create(
        Case(
            reference=f"B{there + place:06}",
            state="closed" if dice.random() < 0.8 else "information_gathering",
            opened_at=moment(day),
            died_on=day,
            record=record(dice),
        )
        for place, day in enumerate(days)
    )
    HomeArea.objects.bulk_create(
        HomeArea(
            case=case,
            edition=edition,
            mark="bench",
            local_authority=dice.choice(areas()),
            imd_quintile=dice.randrange(1, 6),
        )
        for case in cases
    )
    reviewed([case for case in cases if case.state == "closed"], dice, by)
    decided(cases, dice, by)
    asked(cases, dice, by)


def record(dice: random.Random) -> dict[str, Any]:
    from forms.definitions import code_list
    from workflow.intake import AGE_GROUPS

    age = dice.choice([*["0_27_days"] * 4, *["28_364_days"] * 2, *(code for code, _ in AGE_GROUPS)])
    chosen = {key: dice.choice(list(code_list(name))) for key, name in CODES.items()}
    born = {"gestation_weeks": str(dice.randrange(22, 42)), "birth_weight_g": str(dice.randrange(400, 4_500))}
    return chosen | born | {"age_group": age, "expected": dice.choice(("expected", "unexpected", ""))}


CODES = {"sex": "sex", "ethnicity": "ethnicity", "place_of_death_type": "place_type"}


def reviewed(cases: list[Any], dice: random.Random, by: Any) -> None:
    """The panel, what it found, and the analysis that was signed."""
    from exports.models import FoundFactor
    from forms.models import FormVersion, Submission
    from workflow.models import Action, Analysis, CaseFact, Family, FamilyWords, StateChange
    from workflow.states import CATEGORIES, MODIFIABLE

    panels = {case: moment(case.died_on + dt.timedelta(days=dice.randrange(60, 800))) for case in cases}
    moves = (("notify", "notified"), ("accept", "information_gathering"), ("record_panel", "panel_reviewed"))
    StateChange.objects.bulk_create(
        StateChange(case=case, transition=name, target=target, at=case.opened_at if name == "notify" else at)
        for case, at in panels.items()
        for name, target in (*moves, ("close", "closed"))
    )
    CaseFact.objects.bulk_create(
        CaseFact(case=case, name=name, value=dice.choice(codes)[0], at=at)
        for case, at in panels.items()
        for name, codes in (("category", CATEGORIES), ("modifiability", MODIFIABLE))
    )
    version = FormVersion.objects.get(form__slug="analysis")
    sent = Submission.objects.bulk_create(
        Submission(reference=case.reference, version=version, submitted_at=panels[case]) for case in cases
    )
    analyses = Analysis.objects.bulk_create(
        Analysis(case=case, stage="panel", number=1, state="signed", begun_by=by, written_by=by, submission=answers,
                 signed_by=by, signed_at=panels[case])
        for case, answers in zip(cases, sent, strict=True)
    )  # fmt: skip
    FoundFactor.objects.bulk_create(
        FoundFactor(analysis=each, line=place, answers=factor(dice)) for each in analyses for place in range(3)
    )
    Action.objects.bulk_create(
        Action(case=case, kind="action", text="Invented.", level="local", organisation="Invented", due_on=EXTRACT,
               made_by=by, state="closed")
        for case in cases[::2]
    )  # fmt: skip
    Family.objects.bulk_create(Family(case=case, told_on=case.died_on) for case in cases)
    FamilyWords.objects.bulk_create(
        FamilyWords(case=case, kind="question", given_on=case.died_on, by=by) for case in cases[::3]
    )


def factor(dice: random.Random) -> dict[str, str]:
    from forms.definitions import code_list

    return {name: dice.choice(list(code_list(name))) for name in ("domain", "factor_code")}


def decided(cases: list[Any], dice: random.Random, by: Any) -> None:
    """What was decided before the review, and what made it wait."""
    from workflow.models import Clock, ClockRule, Hold, JarDecision

    JarDecision.objects.bulk_create(
        JarDecision(case=case, required=dice.choice(("yes", "no")), decided_by=by, at=case.opened_at) for case in cases
    )
    Hold.objects.bulk_create(
        Hold(case=case, kind="coroner", started_on=case.died_on, ended_on=case.died_on, started_by=by)
        for case in cases[::3]
    )
    Clock.objects.bulk_create(
        Clock(case=case, rule=rule, started_at=at, warn_at=at, due_at=at + dt.timedelta(days=30), met_at=at)
        for rule in ClockRule.objects.all()
        for case in cases
        for at in [case.opened_at]
    )


def asked(cases: list[Any], dice: random.Random, by: Any) -> None:
    """Requests to agencies, and returns to NCMD."""
    from exports.models import NcmdReturn
    from exports.ncmd.states import STAGES
    from forms.definitions import code_list
    from workflow.models import Agency, InformationRequest

    agencies = [
        Agency.objects.get_or_create(name=f"Invented {kind}", kind=kind)[0] for kind in code_list("agency_type")
    ]
    InformationRequest.objects.bulk_create(
        InformationRequest(case=case, agency=dice.choice(agencies), state="returned", due_on=case.died_on,
                           sent_at=case.opened_at, returned_at=case.opened_at)
        for case in cases
        for _ in range(3)
    )  # fmt: skip
    NcmdReturn.objects.bulk_create(
        (NcmdReturn(case=case, stage=stage, state="sent") for case in cases for stage in STAGES), ignore_conflicts=True
    )  # some were queued by what was moved


def meetings(dice: random.Random, by: Any) -> None:
    from workflow.meetings.states import SEATS
    from workflow.models import Meeting, Seat

    days = [dt.date(FIRST, 4, 1) + dt.timedelta(days=dice.randrange(YEARS * 365)) for _ in range(MEETINGS)]
    held = Meeting.objects.bulk_create(
        Meeting(kind="panel", state="held", starts_at=at, ends_at=at + dt.timedelta(hours=2), made_by=by)
        for at in map(moment, days)
    )
    Seat.objects.bulk_create(
        Seat(meeting=each, seat=seat, email="seat@invented.example", attended=dice.random() < 0.8)
        for each in held
        for seat, _ in SEATS
    )


def read_all() -> None:
    """All twenty, as the public reads them."""
    from exports.disclosure import Rule
    from exports.figures.registry import DECLARED
    from exports.figures.showing import shown
    from exports.figures.years import Asked

    asked_for = Asked(FIRST, FIRST + YEARS - 1, EXTRACT)
    for figure in DECLARED:
        if not shown(figure.result(asked_for), "public", Rule()).tables:
            raise RuntimeError(f"Figure {figure.number} has no table.")


def prepare() -> None:
    """With the statistics that PostgreSQL keeps by itself, a minute later."""
    from django.core.management import call_command
    from django.db import connection

    from workflow.roles import load_clock_rules, load_roles

    call_command("migrate", verbosity=0)
    call_command("load_forms", verbosity=0)
    load_roles()
    load_clock_rules()
    fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


WAYS = {"fill": prepare, "read": read_all}


def row() -> Row:
    with postgres() as url:
        in_fresh_process(__name__, "fill", DATABASE_URL=url)
        taken = in_fresh_process(__name__, "read", DATABASE_URL=url)
    return Row("figures", 1 / taken.seconds, 1 / AIM, peak_mb=taken.added_mb, unit="rounds/s", note=f"aim {AIM:.0f} s")


def main(way: str) -> Measured:
    import django

    django.setup()
    from django.db import connection

    connection.ensure_connection()
    return measure(WAYS[way])


if __name__ == "__main__":
    report(main(sys.argv[1]))
