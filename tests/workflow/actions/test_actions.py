"""Agreeing an action, telling its organisation, following it to its end."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests.notifying import days_ago
from tests.workflow.actions.agreeing import EMAIL, FACTS, agree, newest_link, now, tell
from tests.workflow.reviewing import ANSWERS, hold_panel, mover, review
from workflow import services as cases
from workflow.actions import services
from workflow.actions.reminders import follow_up
from workflow.actions.selectors import about, actions_for, late, of_link
from workflow.actions.states import BY_NAME, MOVES, OPEN, SETTLED, ActionState
from workflow.meetings.declaring import declare
from workflow.meetings.selectors import item_of
from workflow.models import Action, ActionChange, Agency, AskingSettings, Seat
from workflow.outbox.shipped import load_messages
from workflow.roles import ROLES
from workflow.services import MoveRefused
from workflow.services.identifying import identify

pytestmark = pytest.mark.django_db

# How each state is reached from “agreed”.
ROADS = {
    "agreed": [],
    "told": ["tell"],
    "in_progress": ["tell", "progress"],
    "done": ["tell", "report_done"],
    "closed": ["tell", "report_done", "close"],
    "not_accepted": ["tell", "decline"],
    "stopped": ["stop"],
}


def make(action, name, by):
    return services.move(action, name, "staff", by, reason="A reason." if BY_NAME[name].needs_reason else "")


def brought_to(state, case, by):
    action = agree(case, by)
    for name in ROADS[state]:
        action = make(action, name, by)
    return action


def test_the_table_and_the_transitions_of_the_model_agree():
    transitions = {t.name: t for t in Action().get_all_state_transitions()}
    assert {move.name: str(move.target) for move in MOVES} == {n: str(t.target) for n, t in transitions.items()}


def test_every_state_has_a_road_and_is_open_or_settled():
    assert set(ROADS) == {str(state) for state in ActionState}
    assert set(ActionState) == OPEN | SETTLED
    assert not OPEN & SETTLED


def test_the_state_of_an_action_is_changed_by_a_move_alone(reviewed, coordinator):
    with pytest.raises((AttributeError, ValidationError)):
        agree(reviewed, coordinator).state = "closed"


class TestAgreeing:
    @pytest.mark.parametrize("until", ["record_panel", "finalise", "close"])
    def test_once_the_panel_has_discussed_the_case_and_also_when_it_is_closed(self, case, coordinator, chair, until):
        assert agree(review(case, coordinator, chair, until), coordinator).state == "agreed"

    @pytest.mark.parametrize("until", ["accept", "record_cdrm", "schedule_panel"])
    def test_never_before(self, case, coordinator, chair, until):
        with pytest.raises(MoveRefused, match="once the panel has reviewed"):
            agree(review(case, coordinator, chair, until), coordinator)
        assert not Action.objects.exists()

    def test_by_those_who_run_reviews_and_the_chair_and_by_nobody_else(self, reviewed, person):
        for role in ("Coordinator", "Administrator", "Panel chair"):
            assert agree(reviewed, person(role)).made_by == person(role)
        for role in ("Designated doctor", "Panel member", "Information governance", "Analyst", "Site editor"):
            with pytest.raises(PermissionDenied):
                agree(reviewed, person(role))

    def test_it_has_one_owner(self, reviewed, coordinator):
        agency = Agency.objects.create(name="Invented Council")
        assert agree(reviewed, coordinator, agency=agency, organisation="").owner == "Invented Council"
        assert agree(reviewed, coordinator).owner == "Invented Trust"
        for facts in ({"agency": agency}, {"organisation": ""}):
            with pytest.raises(MoveRefused, match="not both"):
                agree(reviewed, coordinator, **facts)

    def test_it_says_what_should_be_done(self, reviewed, coordinator):
        with pytest.raises(MoveRefused, match="Say what should be done"):
            agree(reviewed, coordinator, text="  ")

    def test_the_timeline_of_the_case_says_so(self, reviewed, coordinator):
        agree(reviewed, coordinator)
        entry = reviewed.timeline.first()
        assert entry.kind == "action"
        assert "Invented Trust: agreed" in entry.text

    @pytest.mark.parametrize(
        ("text", "what"),
        [
            ("Invented for Test at home", "the child’s name"),
            ("The INVENTED family was not seen.", "the child’s name"),
            ("See 999 000 0018.", "the child’s NHS number"),
            ("Around zz99  3wz a clinic opens.", "the child’s postcode"),
        ],
    )
    def test_a_text_that_names_the_child_is_refused(self, reviewed, coordinator, text, what):
        with pytest.raises(MoveRefused, match=f"name nobody, and .*{what}"):
            agree(reviewed, coordinator, text=text)
        assert not Action.objects.exists()


class TestMoves:
    @pytest.mark.parametrize("state", ROADS)
    @pytest.mark.parametrize("name", BY_NAME)
    def test_a_move_is_made_from_its_states_and_from_no_other(self, reviewed, coordinator, state, name):
        action, move = brought_to(state, reviewed, coordinator), BY_NAME[name]
        changes = action.changes.count()
        if ActionState(state) in move.sources:
            assert make(action, name, coordinator).state == str(move.target)
            assert action.changes.first().transition == name
        else:
            with pytest.raises(MoveRefused, match="It is now"):
                make(action, name, coordinator)
            assert (now(action).state, action.changes.count()) == (state, changes)

    @pytest.mark.parametrize("name", BY_NAME)
    def test_a_move_belongs_to_the_roles_that_hold_its_right(self, reviewed, coordinator, person, name):
        state = min(BY_NAME[name].sources)
        allowed = {"Coordinator", "Administrator"} | ({"Panel chair"} if name != "close" else set())
        made = set()
        for role in ROLES:
            action = brought_to(state, reviewed, coordinator)
            try:
                make(action, name, person(role))
                made.add(role)
            except PermissionDenied:
                assert now(action).state == state
        assert made == allowed

    @pytest.mark.parametrize("name", BY_NAME)
    def test_an_organisation_reports_and_does_nothing_else(self, reviewed, coordinator, name):
        action = brought_to(min(BY_NAME[name].sources), reviewed, coordinator)
        if name in ("progress", "report_done", "decline"):
            services.move(action, name, "owner", reason="A reason.")
            assert action.changes.first().maker == "owner"
        else:
            with pytest.raises(PermissionDenied):
                services.move(action, name, "owner", reason="A reason.")

    def test_staff_are_somebody(self, reviewed, coordinator):
        with pytest.raises(PermissionDenied):
            services.move(agree(reviewed, coordinator), "stop", "staff", None, "A reason.")

    @pytest.mark.parametrize("name", [move.name for move in MOVES if move.needs_reason])
    def test_what_needs_words_is_refused_without_them(self, reviewed, coordinator, name):
        action = brought_to(min(BY_NAME[name].sources), reviewed, coordinator)
        with pytest.raises(MoveRefused, match="Say what was done, or why"):
            services.move(action, name, "staff", coordinator, reason="  ")

    def test_two_who_close_at_once_close_it_once(self, reviewed, coordinator):
        action = brought_to("done", reviewed, coordinator)
        first, second = now(action), now(action)
        make(first, "close", coordinator)
        with pytest.raises(MoveRefused, match="“Closed”"):
            make(second, "close", coordinator)

    def test_actions_go_on_when_the_case_is_closed(self, reviewed, coordinator, chair):
        action = make(agree(reviewed, coordinator), "tell", coordinator)
        for name in ("sign_off", "finalise", "close"):
            reviewed = cases.move(reviewed, name, mover(name, coordinator, chair), details=ANSWERS[name])
        assert reviewed.state == "closed"
        assert make(make(action, "report_done", coordinator), "close", coordinator).state == "closed"

    def test_what_was_opened_again_is_told_again(self, reviewed, coordinator):
        action = make(brought_to("closed", reviewed, coordinator), "reopen", coordinator)
        assert action.state == "agreed"
        assert make(action, "tell", coordinator).state == "told"


class TestHistory:
    def test_it_keeps_every_step_with_who_and_why(self, reviewed, coordinator):
        action = brought_to("closed", reviewed, coordinator)
        kept = [(change.transition, change.source, change.target) for change in reversed(action.changes.all())]
        assert kept == [
            ("agree", "", "agreed"),
            ("tell", "agreed", "told"),
            ("report_done", "told", "done"),
            ("close", "done", "closed"),
        ]
        assert {change.by for change in action.changes.all()} == {coordinator}

    def test_it_is_never_changed(self, reviewed, coordinator):
        change = agree(reviewed, coordinator).changes.get()
        with pytest.raises(ValidationError):
            change.save()
        with pytest.raises(ValidationError):
            ActionChange.objects.all().delete()

    def test_words_and_addresses_are_sealed(self, reviewed, coordinator):
        action = brought_to("told", reviewed, coordinator)
        services.move(action, "report_done", "owner", reason="Leaflets lie out.", evidence="Audit 7")
        change = action.changes.first()
        assert (change.words, change.evidence) == ("Leaflets lie out.", "Audit 7")
        assert "Leaflets" not in change.sealed_words
        assert "Audit" not in change.sealed_evidence
        assert EMAIL not in action.sealed_email

    def test_words_that_name_the_child_are_kept_and_marked(self, reviewed, coordinator):
        action = brought_to("told", reviewed, coordinator)
        services.move(action, "progress", "owner", reason="We spoke of Test Invented.")
        assert action.changes.first().names_child
        services.move(now(action), "progress", "owner", reason="We spoke to every ward.")
        assert not action.changes.first().names_child


class TestChanging:
    def test_the_old_words_are_kept(self, reviewed, coordinator):
        action = agree(reviewed, coordinator)
        services.change(action, coordinator, **FACTS | {"email": EMAIL, "text": "Every ward has a poster."})
        assert now(action).text == "Every ward has a poster."
        assert FACTS["text"] in action.changes.first().words

    @pytest.mark.parametrize("state", ROADS)
    def test_as_long_as_nothing_is_reported_as_done(self, reviewed, coordinator, state):
        action = brought_to(state, reviewed, coordinator)
        if state in ("agreed", "told", "in_progress"):
            assert services.change(action, coordinator, **FACTS | {"level": "national"}).level == "national"
        else:
            with pytest.raises(MoveRefused, match="Open it again"):
                services.change(action, coordinator, **FACTS)

    def test_by_those_who_may_agree_one(self, reviewed, coordinator, person):
        action = agree(reviewed, coordinator)
        for role in ("Designated doctor", "Information governance", "Panel member"):
            with pytest.raises(PermissionDenied):
                services.change(action, person(role), **FACTS)

    def test_a_text_that_names_the_child_is_refused_then_too(self, reviewed, coordinator):
        action = agree(reviewed, coordinator)
        with pytest.raises(MoveRefused, match="name nobody"):
            services.change(action, coordinator, **FACTS | {"text": "Help for the Invented family"})
        assert now(action).text == FACTS["text"]

    def test_another_address_ends_the_link(self, reviewed, coordinator, run):
        action = agree(reviewed, coordinator)
        token = tell(action, coordinator, run).split("/")[2]
        assert of_link(token) == action
        services.change(now(action), coordinator, **FACTS | {"email": EMAIL})
        assert of_link(token) == action
        services.change(now(action), coordinator, **FACTS | {"email": "other@invented.example"})
        assert of_link(token) is None

    @pytest.mark.parametrize("state", ["told", "in_progress"])
    def test_what_one_organisation_was_told_is_not_given_to_another(self, reviewed, coordinator, state):
        action = brought_to(state, reviewed, coordinator)
        with pytest.raises(MoveRefused, match="Invented Trust has been told"):
            services.change(action, coordinator, **FACTS | {"organisation": "Another Trust"})
        assert now(action).owner == "Invented Trust"

    def test_before_anybody_is_told_it_may_go_to_another(self, reviewed, coordinator):
        agency = Agency.objects.create(name="Invented Council")
        changed = FACTS | {"agency": agency, "organisation": ""}
        assert services.change(agree(reviewed, coordinator), coordinator, **changed).owner == "Invented Council"


class TestTelling:
    def test_a_text_that_is_found_to_name_the_child_since_is_not_sent(self, reviewed, coordinator):
        first = agree(reviewed, coordinator, text="Flo’s law is made known.")
        second = make(agree(reviewed, coordinator, text="Flo’s law is made known."), "tell", coordinator)
        identify(reviewed, reviewed.identity.details | {"first_names": "Flo"})
        with pytest.raises(MoveRefused, match="name nobody"):
            make(first, "tell", coordinator)
        with pytest.raises(MoveRefused, match="name nobody"):
            services.tell_again(second, coordinator)
        assert now(first).state == "agreed"

    def test_the_message_has_the_link_and_says_nothing_of_the_child_or_the_case(self, reviewed, coordinator, run):
        assert tell(agree(reviewed, coordinator), coordinator, run).startswith("/actions/")
        message = mail.outbox[-1]
        words = f"{message.subject} {message.body}"
        assert message.to == [EMAIL]
        assert "Invented Trust" in words
        for secret in (reviewed.reference, "Test", "999", "ZZ99", "case"):
            assert secret not in words.replace(newest_link(), "")

    def test_nobody_is_told_without_an_address(self, reviewed, coordinator):
        action = agree(reviewed, coordinator, email="")
        with pytest.raises(MoveRefused, match="Enter the e-mail address"):
            make(action, "tell", coordinator)
        assert now(action).state == "agreed"

    def test_only_a_hash_of_the_token_is_kept(self, reviewed, coordinator, run):
        action = agree(reviewed, coordinator)
        token = tell(action, coordinator, run).split("/")[2]
        assert token not in str(Action.objects.filter(pk=action.pk).values())

    def test_a_new_link_ends_the_old_one(self, reviewed, coordinator, run):
        action = agree(reviewed, coordinator)
        old = tell(action, coordinator, run).split("/")[2]
        with run(execute=True):
            services.tell_again(action, coordinator)
        assert of_link(old) is None
        assert of_link(newest_link().split("/")[2]) == action

    @pytest.mark.parametrize("state", sorted(set(ROADS) - {"told", "in_progress"}))
    def test_a_new_link_goes_only_to_an_organisation_that_should_report(self, reviewed, coordinator, state):
        with pytest.raises(MoveRefused, match="nobody to send a link to"):
            services.tell_again(brought_to(state, reviewed, coordinator), coordinator)

    def test_a_new_link_is_sent_by_those_who_keep_actions(self, reviewed, coordinator, person):
        action = brought_to("told", reviewed, coordinator)
        with pytest.raises(PermissionDenied):
            services.tell_again(action, person("Designated doctor"))

    @pytest.mark.parametrize("name", ["close", "stop", "decline", "reopen"])
    def test_what_ends_or_goes_back_ends_the_link(self, reviewed, coordinator, run, name):
        action = agree(reviewed, coordinator)
        token = tell(action, coordinator, run).split("/")[2]
        if name in ("close", "reopen"):
            make(action, "report_done", coordinator)
            assert of_link(token) == action
        make(action, name, coordinator)
        assert of_link(token) is None
        assert now(action).token_hash == ""


class TestReading:
    def test_those_who_read_every_case_read_every_action(self, reviewed, coordinator, person):
        action = agree(reviewed, coordinator)
        readers = {role for role in ROLES if action in actions_for(person(role))}
        assert readers == {"Coordinator", "Designated doctor", "Panel chair", "Information governance", "Administrator"}

    def test_who_declared_an_interest_in_a_case_does_not_see_its_actions(self, case, coordinator, chair, person):
        load_messages()
        review(case, coordinator, chair, until="schedule_panel")
        item = item_of(case)
        seat = Seat.objects.create(meeting=item.meeting, seat="public_health", user=chair)
        declare(item, seat, chair, "personal")
        hold_panel(case, coordinator)
        case = cases.move(case, "record_panel", person("Panel chair", 2), details=ANSWERS["record_panel"])
        action = agree(case, coordinator)
        assert action not in actions_for(chair)
        assert action in actions_for(coordinator)

    def test_late_is_what_is_past_its_day_and_waits_for_somebody(self, reviewed, coordinator):
        waiting = {"agreed", "told", "in_progress"}
        for state in ROADS:
            action = brought_to(state, reviewed, coordinator)
            assert not action.is_late
            Action.objects.filter(pk=action.pk).update(due_on=days_ago(1))
            assert now(action).is_late == (state in waiting)
        assert {action.state for action in late(Action.objects.all())} == waiting
        Action.objects.update(due_on=days_ago(0))
        assert not late(Action.objects.all())

    def test_words_are_looked_for_in_the_text_and_the_owner(self, reviewed, coordinator):
        agency = Agency.objects.create(name="Fenland Council")
        leaflet = agree(reviewed, coordinator)
        fence = agree(reviewed, coordinator, text="Ponds are fenced.", agency=agency, organisation="")
        everything = Action.objects.all()
        assert list(about(everything, "LEAFLET ward")) == [leaflet]
        assert list(about(everything, "council fenced")) == [fence]
        assert list(about(everything, "trust")) == [leaflet]
        assert not about(everything, "leaflet council")


class TestFollowUp:
    def test_once_it_is_late_the_organisation_is_asked_and_asked_once(self, reviewed, coordinator, run):
        action = agree(reviewed, coordinator, due_on=days_ago(-1))
        old = tell(action, coordinator, run).split("/")[2]
        assert follow_up() == 0
        Action.objects.update(due_on=days_ago(1), asked_at=timezone.now() - timezone.timedelta(days=3))
        with run(execute=True):
            assert follow_up() == 1
        assert follow_up() == 0
        assert "What became of our recommendation" in mail.outbox[-1].subject
        assert of_link(old) is None
        assert of_link(newest_link().split("/")[2]) == action
        change = action.changes.first()
        assert (change.transition, change.maker, change.by) == ("ask_again", "system", None)

    def test_every_year_it_is_asked_again(self, reviewed, coordinator):
        brought_to("in_progress", reviewed, coordinator)
        Action.objects.update(asked_at=timezone.now() - timezone.timedelta(days=364))
        assert follow_up() == 0
        Action.objects.update(asked_at=timezone.now() - timezone.timedelta(days=366))
        assert (follow_up(), follow_up()) == (1, 0)

    def test_how_often_is_a_setting_of_the_area(self, reviewed, coordinator):
        brought_to("in_progress", reviewed, coordinator)
        AskingSettings.objects.create(follow_up_days=90)
        Action.objects.update(asked_at=timezone.now() - timezone.timedelta(days=89))
        assert follow_up() == 0
        Action.objects.update(asked_at=timezone.now() - timezone.timedelta(days=91))
        assert (follow_up(), follow_up()) == (1, 0)

    def test_an_organisation_is_asked_again_before_its_link_ends(self):
        AskingSettings(follow_up_days=399).full_clean()
        for days in (0, 400):
            with pytest.raises(ValidationError, match="follow_up_days"):
                AskingSettings(follow_up_days=days).full_clean()

    def test_it_is_set_by_those_who_keep_the_settings(self, client, coordinator, person):
        address = f"/admin/settings/cdop_workflow/askingsettings/{AskingSettings.load().pk}/"
        client.force_login(coordinator)
        client.post(address, {"answer_days": "14", "follow_up_days": "180"})
        kept = AskingSettings.load()
        assert (kept.answer_days, kept.follow_up_days) == (14, 180)
        client.force_login(person("Designated doctor"))
        assert client.get(address).status_code in (302, 403)

    @pytest.mark.parametrize("state", sorted(set(ROADS) - {"told", "in_progress"}))
    def test_nobody_is_asked_about_what_is_not_theirs_to_do(self, reviewed, coordinator, state):
        brought_to(state, reviewed, coordinator)
        Action.objects.update(due_on=days_ago(9), asked_at=timezone.now() - timezone.timedelta(days=800))
        assert follow_up() == 0

    def test_what_was_already_late_when_it_was_told_is_asked_about_after_a_year(self, reviewed, coordinator):
        make(agree(reviewed, coordinator, due_on=days_ago(3)), "tell", coordinator)
        assert follow_up() == 0

    def test_one_without_an_address_keeps_nobody_else_from_being_asked(self, reviewed, coordinator):
        for email in ("", EMAIL):
            action = brought_to("told", reviewed, coordinator)
            services.change(action, coordinator, **FACTS | {"email": email})
        Action.objects.update(asked_at=timezone.now() - timezone.timedelta(days=366))
        assert follow_up() == 1
