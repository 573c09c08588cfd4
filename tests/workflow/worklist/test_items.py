"""What there is to do, from every source, for one person and for all."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.notifying import days_ago
from tests.workflow.actions.agreeing import agree
from tests.workflow.asking import ask, publish_forms
from tests.workflow.reviewing import make_pack, panel, review
from tests.workflow.safeguarding.referring import make as make_referral
from tests.workflow.safeguarding.referring import suspect
from workflow import services as cases
from workflow.actions import services as actions
from workflow.letters.shipped import load_letters
from workflow.meetings import services as meetings
from workflow.models import Clock, ClockRule, Task
from workflow.models.decisions import HOLD_KINDS
from workflow.outbox.shipped import load_messages
from workflow.requests import services as requests
from workflow.safeguarding.shipped import load_recipients
from workflow.worklist import services
from workflow.worklist.desk import Days, Desk
from workflow.worklist.items import SOURCES, items

pytestmark = pytest.mark.django_db


@pytest.fixture
def doctor(person) -> User:
    return person("Designated doctor")


@pytest.fixture
def mine(case, coordinator):
    services.assign(case, coordinator, coordinator)
    return case


def listed(user, days=7, everybody=False) -> list[tuple[str, str]]:
    last = timezone.localdate() + dt.timedelta(days=days)
    found = items(Desk(user, "everybody" if everybody else user), Days(last=last))
    return [(item.kind, item.what) for item in found]


def kinds(user, **options) -> set[str]:
    return {kind for kind, _ in listed(user, **options)}


def test_who_has_no_case_and_no_task_has_nothing_to_do(case, coordinator):
    assert listed(coordinator, days=400) == []


def test_everybodys_work_holds_the_cases_of_nobody(case, coordinator):
    assert "Time limit" in kinds(coordinator, days=400, everybody=True)


def test_a_time_limit_is_listed_from_the_day_until_which_is_asked(mine, coordinator):
    clock = Clock.objects.filter(case=mine, met_at=None).order_by("due_at").first()
    due = (timezone.localdate(clock.due_at) - timezone.localdate()).days
    assert ("Time limit", clock.rule.label) in listed(coordinator, days=due)
    assert ("Time limit", clock.rule.label) not in listed(coordinator, days=due - 1)


def test_a_time_limit_that_is_met_is_no_work(mine, coordinator):
    Clock.objects.update(met_at=timezone.now())
    assert "Time limit" not in kinds(coordinator, days=400)


def test_a_task_is_on_the_list_of_whom_it_was_given_to_until_it_is_done(mine, coordinator, doctor):
    task = services.give(mine, "Ring the ward", coordinator, doctor, days_ago(0))
    assert ("Task", "Ring the ward") in listed(doctor)
    assert ("Task", "Ring the ward") not in listed(coordinator)
    services.finish(task, doctor)
    assert listed(doctor) == []


def test_a_task_for_anybody_is_on_the_list_of_the_coordinator_of_its_case(mine, coordinator, doctor):
    services.give(mine, "Ring the ward", coordinator, None, days_ago(0))
    assert ("Task", "Ring the ward") in listed(coordinator)
    assert ("Task", "Ring the ward") not in listed(doctor)
    assert ("Task", "Ring the ward") in listed(doctor, everybody=True)


def test_a_word_to_be_read_comes_last_and_says_who_wrote_it(mine, coordinator, doctor):
    services.tell(mine, "Please look at this", [coordinator], doctor)
    services.give(mine, "Ring the ward", coordinator, coordinator, days_ago(-3))
    assert listed(coordinator)[-1] == ("From Designated doctor No 1", "Please look at this")


def test_the_words_of_a_task_are_only_for_those_who_may_know_the_child(mine, coordinator, doctor):
    services.give(mine, "Ring the mother of Testy", coordinator, doctor, days_ago(0))
    for group in doctor.groups.all():
        group.permissions.remove(*group.permissions.filter(codename="view_identity"))
    [(kind, what)] = listed(User.objects.get(pk=doctor.pk))
    assert kind == "Task"
    assert "Testy" not in what


def test_an_answer_that_is_late_and_one_that_came_back_are_both_listed(mine, coordinator, chair):
    publish_forms()
    review(mine, coordinator, chair, until="accept")
    request = ask(mine, coordinator)
    assert ("Request", f"Answer of {request.agency}") not in listed(coordinator, days=20)
    assert ("Request", f"Answer of {request.agency}") in listed(coordinator, days=21)
    requests.move(request, "decline", reason="Invented: never saw the child", maker="respondent")
    assert ("Request", f"Declined by {request.agency}") in listed(coordinator)


def test_an_action_is_listed_when_it_is_due_and_when_it_is_reported_as_done(mine, coordinator, chair):
    review(mine, coordinator, chair, until="record_panel")
    load_messages()
    action = agree(mine, coordinator)
    assert "Action" in kinds(coordinator, days=400)
    actions.move(action, "tell", "staff", coordinator)
    actions.move(action, "report_done", "owner", reason="Done.")
    [(_, what)] = [line for line in listed(coordinator, days=0) if line[0] == "Action"]
    assert what.endswith("reported as done")


def test_a_hold_is_listed_on_the_day_to_look_again(mine, coordinator):
    held = {"kind": HOLD_KINDS[0][0], "blocks": ["panel"], "started_on": days_ago(3), "reason": ""}
    cases.hold(mine, coordinator, **held, expected_end=None, review_on=days_ago(-2))
    assert "Hold" in kinds(coordinator, days=2)
    assert "Hold" not in kinds(coordinator, days=1)


def test_a_referral_is_to_be_sent_on_the_day_of_the_suspicion_also_of_a_closed_case(mine, coordinator, chair):
    load_letters()
    load_recipients()
    review(mine, coordinator, chair, until="close")
    suspect(mine, coordinator)
    today = [what for kind, what in listed(coordinator, days=0) if kind == "Safeguarding"]
    assert sorted(today) == [f"Refer to {each.recipient}" for each in mine.referrals.order_by("recipient__name")]
    for referral in mine.referrals.all():
        make_referral(referral, "send", coordinator)
    assert "Safeguarding" not in kinds(coordinator)


def test_a_panel_is_work_for_its_members_and_for_whom_has_a_case_on_it(mine, coordinator, chair, doctor):
    review(mine, coordinator, chair, until="quality_checked")
    meeting = panel(doctor)
    assert "Meeting" not in kinds(coordinator)
    assert "Meeting" in kinds(coordinator, everybody=True)
    make_pack(mine, coordinator)
    cases.move(mine, "schedule_panel", coordinator, details={"meeting": str(meeting.pk)})
    assert "Meeting" in kinds(coordinator)
    meetings.move(meeting, "hold", coordinator, attended=meeting.seats.values_list("pk", flat=True))
    assert "Meeting" not in kinds(coordinator)


def test_what_belongs_to_a_closed_case_is_no_work(mine, coordinator, chair):
    review(mine, coordinator, chair, until="close")
    assert not {"Time limit", "Request", "Hold"} & kinds(coordinator, days=4000)


def test_the_list_asks_once_for_each_source_however_long_it_is(mine, notify, coordinator):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            items(Desk(coordinator, "everybody"), Days(last=timezone.localdate() + dt.timedelta(days=400)))
        return len(queries)

    before = asked()
    for number in range(5):
        services.give(notify(), f"Task {number}", coordinator, None, days_ago(0))
    assert Task.objects.count() == 5
    assert asked() == before <= len(SOURCES) + 2


def passed(case, days) -> Clock:
    """A time limit of a case that passed so many days ago, with the day on which it is escalated."""
    Clock.objects.filter(case=case).update(met_at=timezone.now())
    clock = Clock.objects.filter(case=case).first()
    due = timezone.now() - dt.timedelta(days=days)
    Clock.objects.filter(pk=clock.pk).update(met_at=None, due_at=due, escalate_at=due + dt.timedelta(days=7))
    return clock


def test_a_time_limit_that_passed_long_ago_is_work_for_the_designated_doctor_too(mine, coordinator, doctor, person):
    clock = passed(mine, days=8)
    assert listed(doctor) == [("Time limit, passed for long", clock.rule.label)]
    assert ("Time limit", clock.rule.label) in listed(coordinator)
    assert listed(person("Coordinator", 2)) == []
    assert [kind for kind, _ in listed(doctor, everybody=True)] == ["Time limit"]


def test_before_that_it_is_work_for_its_coordinator_alone(mine, doctor):
    passed(mine, days=6)
    assert listed(doctor) == []


def test_a_doctor_who_keeps_the_case_going_has_it_once(mine, coordinator, doctor):
    services.assign(mine, doctor, coordinator)
    passed(mine, days=30)
    assert [kind for kind, _ in listed(doctor)] == ["Time limit"]


@pytest.mark.parametrize(("days", "escalates"), [(0, dt.timedelta()), (10, dt.timedelta(days=10)), (None, None)])
def test_when_a_time_limit_is_escalated_is_a_setting_that_counts_for_those_that_start(notify, days, escalates):
    ClockRule.objects.update(escalate_days=days)
    for clock in notify().clocks.all():
        assert (clock.escalate_at - clock.due_at if clock.escalate_at else None) == escalates


def test_a_question_of_an_agency_is_work_until_it_is_answered(mine, coordinator, chair):
    publish_forms()
    review(mine, coordinator, chair, until="accept")
    request = ask(mine, coordinator)
    question = ("Request", f"Question of {request.agency}")
    assert question not in listed(coordinator)
    requests.say(request, "When is it needed?")
    assert question in listed(coordinator)
    requests.say(request, "In May.", coordinator)
    assert question not in listed(coordinator)
    requests.say(request, "In which year?")
    assert question in listed(coordinator)


class TestSecondPerson:
    WAITS = ("Scope", "A second person confirms: out of scope")

    @pytest.fixture
    def out(self, mine, coordinator):
        """The coordinator says that it was a stillbirth."""
        return cases.decide_scope(mine, coordinator, False, "stillbirth")

    def test_it_is_on_the_list_of_the_designated_doctor_and_not_of_whoever_decided(self, out, coordinator, doctor):
        assert self.WAITS in listed(doctor)
        assert self.WAITS not in listed(coordinator)
        assert self.WAITS in listed(coordinator, everybody=True)

    def test_what_the_doctor_decided_is_on_the_list_of_the_coordinator(self, mine, coordinator, doctor):
        cases.decide_scope(mine, doctor, False, "stillbirth")
        assert self.WAITS in listed(coordinator)
        assert self.WAITS not in listed(doctor)

    def test_it_is_gone_once_it_is_confirmed_or_decided_otherwise(self, out, mine, coordinator, doctor):
        cases.confirm_scope(mine, doctor)
        assert self.WAITS not in listed(doctor)
        cases.decide_scope(mine, coordinator, False, "stillbirth")
        assert self.WAITS in listed(doctor)
        cases.decide_scope(mine, coordinator, True)
        assert self.WAITS not in listed(doctor)

    def test_another_coordinator_is_not_asked(self, out, person):
        assert self.WAITS not in listed(person("Coordinator"))
