"""Invented cases, taken to their states as staff would take them."""

import datetime as dt
from random import Random
from typing import Any

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from cdop.demo.actions import agree_actions
from cdop.demo.analyses import draft_of, final_of, has_analyses
from cdop.demo.diary import Diary, write_diary
from cdop.demo.families import know_families
from cdop.demo.panels import hold_panel, make_pack, panel_on, share_agendas
from cdop.demo.people import notification, notified_again, notifier
from cdop.demo.requests import ask_agencies
from cdop.demo.returns import send_returns
from cdop.demo.safeguarding import suspect_abuse
from cdop.demo.work import share_out
from forms.models import FormVersion
from forms.selectors import live_version
from forms.services import receive
from workflow import services
from workflow.attachments.services import attach
from workflow.models import Case
from workflow.models.attachments import DRAFT_ANALYSIS
from workflow.states import BY_NAME, COUNTED_ELSEWHERE, Move, State

Staff = dict[str, User]
MINUTES = dt.timedelta(minutes=1)
NOTES = [
    "Invented for demonstration: phoned the hospital; they will send the summary this week.",
    "Invented for demonstration: the key worker has met the family and given them the guide.",
    "Invented for demonstration: asked the surgery again for the missing page.",
]
OTHER_WAYS = ["phone", "cascade_mbrrace", "coroner", "registrar", "other_cdop"]


@transaction.atomic
def make_cases(number: int, seed: int, staff: Staff) -> int:
    """`number` cases, spread over all states; the number made (0 when the notification form is not published)."""
    version = live_version("notification")
    if version is None:
        return 0
    random = Random(seed)  # noqa: S311 (invented data, not a secret)
    told = [state for state in State if state != State.TAKEN_BACK]  # which only an undone import leads to
    destinations = [told[index % len(told)] for index in range(number)]  # every state once before any twice
    diaries = [write_diary(state, random) for state in destinations if state is not State.DUPLICATE]
    children = sorted(diaries, key=lambda diary: diary.notified_at)
    notified_twice = random.sample(_alone(children), number - len(children))
    answers: dict[str, Any] = {}
    for index, diary in enumerate(children):
        died = timezone.localdate(diary.notified_at) - dt.timedelta(days=random.choice([0, 1, 1, 3]))
        newest = index == len(children) - 1
        answers = notified_again(random, answers) if newest and answers else notification(random, died)
        offered = diary.destination in (State.OFFERED_TO_US, State.NOT_TAKEN_OVER)
        case = (_offer if offered else _notify)(version, answers, diary.notified_at, random, staff)
        if index in notified_twice:
            _duplicate(case, answers, version, random, staff)
        _review(case, diary, random, staff)
    share_agendas(staff["Coordinator"])
    agree_actions(staff["Coordinator"])
    suspect_abuse(staff["Coordinator"])
    know_families(staff["Coordinator"])
    ask_agencies(staff["Coordinator"])
    share_out(staff["Coordinator"], staff["Designated doctor"])
    send_returns(staff["Coordinator"])
    return number


def _alone(children: list[Diary]) -> list[int]:
    """Those who can be notified again before the next child is, so that cases are numbered as they came."""
    ours = [index for index, diary in enumerate(children[:-1]) if diary.destination not in COUNTED_ELSEWHERE]
    quiet = [index for index in ours if children[index + 1].notified_at > children[index].notified_at + 120 * MINUTES]
    return quiet if len(quiet) * (len(State) - 1) > len(children) else ours


def _offer(version: FormVersion, answers: dict[str, Any], at: dt.datetime, random: Random, staff: Staff) -> Case:
    """Another panel offers the review."""
    area, day = "Invented Neighbouring CDOP", timezone.localdate(at)
    draft = services.offer_received(version, staff["Coordinator"], area, day, "no", f"INVENTED-{random.randrange(999)}")
    return Case.objects.get(submissions__submission=receive(version, answers, "other_cdop", at, draft))


def _notify(version: FormVersion, answers: dict[str, Any], at: dt.datetime, random: Random, staff: Staff) -> Case:
    source = random.choice(OTHER_WAYS) if random.random() < 0.2 else "web"
    return Case.objects.get(submissions__submission=receive(version, answers, source, at))


def _duplicate(kept: Case, answers: dict[str, Any], version: FormVersion, random: Random, staff: Staff) -> None:
    """Somebody else notifies the same child two hours later."""
    at = kept.opened_at + 120 * MINUTES
    case = _notify(version, answers | notifier(random), at, random, staff)
    _move(case, "mark_duplicate", at + 60 * MINUTES, staff, {"duplicate_of": kept.reference})


def _review(case: Case, diary: Diary, random: Random, staff: Staff) -> None:
    for name, at in diary.moves.items():
        _prepare(case, name, at, random, staff)
        answers = _answers(BY_NAME[name], diary, at, random, case, staff)
        if name in ("record_panel", "sign_off") and case.analyses.exists():
            if name == "record_panel":  # the chair's signature makes both moves
                case = final_of(case, staff["Coordinator"], staff["Panel chair"], at)
        else:
            case = _move(case, name, at, staff, answers)
    if diary.destination in (State.INFORMATION_GATHERING, State.READY_FOR_PANEL) and random.random() < 0.6:
        kind = random.choice(["coroner", "criminal", "post_mortem"])
        started = max(diary.moves.values())
        services.hold(case, staff["Coordinator"], kind, ["panel"], timezone.localdate(started), at=started + MINUTES)


def _prepare(case: Case, move: str, at: dt.datetime, random: Random, staff: Staff) -> None:
    """What is done on the case just before a move."""
    coordinator, doctor = staff["Coordinator"], staff["Designated doctor"]
    services.record_view(case, doctor if move == "check_quality" else coordinator, at - 40 * MINUTES)
    if move == "rule_out":
        services.decide_scope(case, coordinator, in_scope=False, reason_code="not_resident", at=at - 30 * MINUTES)
        services.confirm_scope(case, doctor, at=at - 10 * MINUTES)
    elif move == "accept":
        services.decide_scope(case, coordinator, in_scope=True, at=at - 30 * MINUTES)
        _decide_jar(case, at - 20 * MINUTES, random, staff)
    elif move == "schedule_panel":
        make_pack(case, coordinator)
    elif move == "record_panel":
        hold_panel(case, coordinator)
    elif move == "record_cdrm":
        (draft_of if has_analyses(case) else _file_draft)(case, coordinator, at - 30 * MINUTES)
    elif random.random() < 0.4:
        services.add_note(case, coordinator, random.choice(NOTES), at=at - 20 * MINUTES)
    if case.urgent and move == "information_complete":
        services.set_urgent(case, coordinator, False, "Invented for demonstration: other children seen, safe.", at=at)


def _file_draft(case: Case, by: User, at: dt.datetime) -> None:
    """The draft analysis came as a file."""
    page = SimpleUploadedFile("Draft analysis.pdf", b"%PDF-1.4\n% Invented for demonstration.\n%%EOF")
    attach(case, by, page, DRAFT_ANALYSIS, timezone.localdate(at), "Invented for demonstration.", at)


def _decide_jar(case: Case, at: dt.datetime, random: Random, staff: Staff) -> None:
    needed = random.random() < 0.3
    criteria = ["sudden_no_cause"] if needed else []
    doctor = staff["Designated doctor"]
    services.decide_jar(case, doctor, "yes" if needed else "no", criteria, "Designated doctor", at=at)
    met_at = at + dt.timedelta(days=1)
    if needed and met_at < timezone.now() and random.random() < 0.8:
        services.record_milestone(case, doctor, "jar_meeting", timezone.localdate(met_at), at=met_at)


def _answers(move: Move, diary: Diary, at: dt.datetime, random: Random, case: Case, staff: Staff) -> dict[str, str]:
    """Something believable for everything that a move asks."""
    meetings = {"cdrm_on": diary.day_of("record_cdrm", 9)}
    answers = {}
    for asked in move.inputs:
        if asked.name == "category":
            answers[asked.name] = PERINATAL if case.record["age_group"] == "0_27_days" else random.choice(ILLNESSES)
        elif asked.name in ALWAYS:
            answers[asked.name] = ALWAYS[asked.name]
        elif asked.kind == "meeting":
            theme = "neonatal" if case.record["age_group"] == "0_27_days" else ""
            answers[asked.name] = str(panel_on(diary.day_of("record_panel", 16), theme, staff).pk)
        elif asked.kind == "choice":
            choices = [code for code, _ in asked.choices]
            answers[asked.name] = random.choice([code for code in choices if code != asked.reason_if])
        elif asked.kind in ("date", "past_date"):
            answers[asked.name] = meetings.get(asked.name, timezone.localdate(at)).isoformat()
        else:
            answers[asked.name] = "yes" if asked.kind == "yes" else TEXTS[asked.name]
    return answers


# Categories that fit any invented child of that age.
PERINATAL, ILLNESSES = "8", ["4", "5", "6", "7", "9"]
ALWAYS = {"family_informed": "yes", "safeguarding_referral": "not_needed"}
TEXTS = {
    "receiving_area": "Invented Neighbouring CDOP",
    "transfer_acknowledgement": "Their coordinator, by phone",
    "transfer_answer_given": "Their coordinator, by phone",
    "cdrm_chair": "Consultant paediatrician",
    "cdrm_agencies": "Hospital, GP, health visiting",
    "ncmd_receipt": "INVENTED-RECEIPT",
}
ROLE_OF = {"work_case": "Coordinator", "oversee_case": "Designated doctor", "sign_off_case": "Panel chair"}


def _move(case: Case, name: str, at: dt.datetime, staff: Staff, details: dict[str, str]) -> Case:
    by = staff[ROLE_OF[BY_NAME[name].who[0]]]
    reason = "Invented for demonstration" if BY_NAME[name].needs_reason else ""
    return services.move(case, name, by, reason, details, at=at)
