"""Suspecting abuse or neglect, telling everybody who must know, following each referral to its answer."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from forms.services import receive
from tests.notifying import days_ago, invented_answers
from tests.workflow.reviewing import ANSWERS, hold_panel, mover, review, somebody, triage
from tests.workflow.safeguarding.referring import (
    AUTHORITY,
    PANEL,
    PARTNERS,
    ROADS,
    WORDS,
    brought_to,
    make,
    outcome,
    settle,
    suspect,
    to,
)
from workflow import services as cases
from workflow.models import Case, ClockRule, Referral, ReferralChange, ReferralRecipient, Suspicion
from workflow.roles import ROLES
from workflow.safeguarding import services
from workflow.safeguarding.letters import letter_of
from workflow.safeguarding.selectors import what_is_unanswered
from workflow.safeguarding.shipped import load_recipients
from workflow.safeguarding.states import BY_NAME, MOVES, SETTLED, UNANSWERED, ReferralState
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db
REFER = {"Coordinator", "Designated doctor", "Panel chair", "Administrator"}


def now(referral):
    return Referral.objects.get(pk=referral.pk)


def clock(case, code):
    return case.clocks.filter(rule__code=code).first()


def test_the_table_and_the_transitions_of_the_model_agree():
    transitions = {t.name: t for t in Referral().get_all_state_transitions()}
    assert {move.name: str(move.target) for move in MOVES} == {n: str(t.target) for n, t in transitions.items()}


def test_every_state_has_a_road_and_waits_or_is_settled():
    assert set(ROADS) == {str(state) for state in ReferralState}
    assert set(ReferralState) == UNANSWERED | SETTLED
    assert not UNANSWERED & SETTLED


def test_the_state_of_a_referral_is_changed_by_a_move_alone(case, coordinator):
    suspect(case, coordinator)
    with pytest.raises((AttributeError, ValidationError)):
        to(case, AUTHORITY).state = "answered"


class TestSuspecting:
    def test_opens_a_referral_to_each_recipient_that_ships(self, case, coordinator):
        suspicion = suspect(case, coordinator)
        told = {(each.recipient.name, each.state) for each in suspicion.referrals.all()}
        assert told == {(name, "to_send") for name in (AUTHORITY, PARTNERS, PANEL)}

    def test_who_is_told_is_a_setting(self, case, coordinator):
        ReferralRecipient.objects.filter(name=PANEL).update(active=False)
        suspect(case, coordinator)
        assert {each.recipient.name for each in case.referrals.all()} == {AUTHORITY, PARTNERS}

    def test_without_anybody_to_tell_it_says_where_to_set_that_up(self, case, coordinator):
        ReferralRecipient.objects.update(active=False)
        with pytest.raises(MoveRefused, match="Settings, Safeguarding referrals"):
            suspect(case, coordinator)
        assert not Suspicion.objects.exists()

    @pytest.mark.parametrize("until", ["accept", "record_cdrm", "record_panel", "finalise", "close"])
    def test_in_any_state_of_the_case(self, case, coordinator, chair, until):
        suspect(review(case, coordinator, chair, until), coordinator)
        assert case.referrals.count() == 3

    def test_also_on_what_is_out_of_scope_or_went_to_another_panel(self, case, coordinator):
        triage(case, coordinator)
        case = cases.move(case, "offer_transfer", coordinator, details={"receiving_area": "Invented CDOP"})
        suspect(case, coordinator)
        settle(case, coordinator)
        case = cases.move(case, "transfer_accepted", coordinator, details={"transfer_acknowledgement": "Phone"})
        suspect(case, coordinator)
        assert case.referrals.filter(state="to_send").count() == 3

    def test_by_those_who_run_oversee_or_sign_off_reviews_and_by_nobody_else(self, case, person):
        made = set()
        for role in ROLES:
            try:
                suspect(case, person(role))
                made.add(role)
            except PermissionDenied:
                pass
        assert made == REFER

    def test_the_story_says_so_and_the_words_are_sealed(self, case, coordinator):
        suspicion = suspect(case, coordinator)
        warned = case.timeline.filter(kind="warned", text="Abuse or neglect is suspected.").get()
        assert WORDS["basis"] in warned.words
        assert (suspicion.said_by, suspicion.basis) == (WORDS["said_by"], WORDS["basis"])
        assert "injury" not in suspicion.sealed_basis
        assert "Sister" not in suspicion.sealed_said_by
        assert not any("injury" in entry.text or "Sister" in entry.text for entry in case.timeline.all())

    @pytest.mark.parametrize("missing", ["said_by", "basis", "decider_role"])
    def test_it_says_who_why_and_by_whom(self, case, coordinator, missing):
        with pytest.raises(MoveRefused, match="Say who says so, why"):
            suspect(case, coordinator, **{missing: "  "})
        assert not Referral.objects.exists()

    def test_not_in_the_future_but_before_the_death_if_it_was_known_then(self, case, coordinator):
        with pytest.raises(MoveRefused, match="future"):
            suspect(case, coordinator, known_on=days_ago(-1))
        assert suspect(case, coordinator, known_on=days_ago(400)).known_on == days_ago(400)

    def test_a_second_one_adds_its_words_and_no_second_referral_while_the_first_waits(self, case, coordinator):
        suspect(case, coordinator)
        make(to(case, AUTHORITY), "send", coordinator)
        suspect(case, coordinator, basis="A neighbour rang.")
        assert case.suspicions.count() == 2
        assert case.referrals.filter(recipient__name=AUTHORITY).count() == 2
        assert case.referrals.filter(recipient__name=PARTNERS).count() == 1

    def test_pressing_twice_records_it_once(self, case, coordinator):
        suspect(case, coordinator, seen=0)
        with pytest.raises(MoveRefused, match="recorded a suspicion meanwhile"):
            suspect(case, coordinator, seen=0)
        assert case.suspicions.count() == 1

    def test_the_database_keeps_one_referral_to_be_sent_to_each(self, case, coordinator):
        first = suspect(case, coordinator).referrals.first()
        with pytest.raises(IntegrityError), transaction.atomic():
            Referral.objects.create(case=case, suspicion=first.suspicion, recipient=first.recipient)

    def test_a_suspicion_is_never_changed(self, case, coordinator):
        with pytest.raises(ValidationError):
            suspect(case, coordinator).save()


class TestMoves:
    @pytest.mark.parametrize("state", ROADS)
    @pytest.mark.parametrize("name", BY_NAME)
    def test_a_move_is_made_from_its_states_and_from_no_other(self, case, coordinator, state, name):
        referral, move = brought_to(state, case, coordinator), BY_NAME[name]
        changes = referral.changes.count()
        if ReferralState(state) in move.sources:
            assert make(referral, name, coordinator).state == str(move.target)
            assert referral.changes.first().transition == name
        else:
            with pytest.raises(MoveRefused, match="It is now"):
                make(referral, name, coordinator)
            assert (now(referral).state, referral.changes.count()) == (state, changes)

    @pytest.mark.parametrize("name", BY_NAME)
    def test_a_move_belongs_to_those_who_may_refer(self, case, coordinator, person, name):
        referral = brought_to(min(BY_NAME[name].sources), case, coordinator)
        for role in set(ROLES) - REFER:
            with pytest.raises(PermissionDenied):
                make(referral, name, person(role))
        assert make(referral, name, person("Panel chair")).state == str(BY_NAME[name].target)

    @pytest.mark.parametrize("name", [move.name for move in MOVES if move.needs_reason])
    def test_what_needs_a_reason_is_refused_without_one(self, case, coordinator, name):
        referral = brought_to(min(BY_NAME[name].sources), case, coordinator)
        with pytest.raises(MoveRefused, match="Give the reason"):
            make(referral, name, coordinator, words="  ")

    def test_two_who_send_at_once_send_it_once(self, case, coordinator):
        referral = brought_to("to_send", case, coordinator)
        first, second = now(referral), now(referral)
        make(first, "send", coordinator)
        with pytest.raises(MoveRefused, match="“Sent, not answered”"):
            make(second, "send", coordinator)
        assert referral.changes.filter(transition="send").count() == 1

    def test_days_that_cannot_be_are_refused(self, case, coordinator):
        suspect(case, coordinator, known_on=days_ago(3))
        referral = to(case, AUTHORITY)
        late = (timezone.localtime() + dt.timedelta(minutes=2)).time()
        for on, time, sentence in (
            (days_ago(-1), None, "future"),
            (days_ago(4), None, "before abuse or neglect was suspected"),
            *([(days_ago(0), late, "future")] if late > dt.time(0, 2) else []),
        ):
            with pytest.raises(MoveRefused, match=sentence):
                make(referral, "send", coordinator, on=on, time=time)
        sent = make(referral, "send", coordinator, on=days_ago(1))
        not_notified = outcome(sent, "Not a serious")
        with pytest.raises(MoveRefused, match="before the referral was sent"):
            make(sent, "answer", coordinator, on=days_ago(2), outcome=not_notified)
        with pytest.raises(MoveRefused, match="future"):
            make(sent, "answer", coordinator, on=days_ago(-1), outcome=not_notified)

    def test_what_they_had_done_before_they_were_told_is_recorded_with_its_day(self, case, coordinator):
        make(brought_to("sent", case, coordinator), "answer", coordinator, on=days_ago(4))
        assert case.facts["incident_notified_on"] == days_ago(4).isoformat()
        assert clock(case, "T13").met_at
        assert timezone.localdate(clock(case, "T14").started_at) == days_ago(4)

    def test_an_answer_is_one_of_that_recipient(self, case, coordinator):
        referral = brought_to("sent", case, coordinator)
        with pytest.raises(MoveRefused, match="answers of this recipient"):
            make(referral, "answer", coordinator, outcome=outcome(to(case, PARTNERS)))

    def test_what_was_opened_again_is_sent_again_and_forgets_its_answer(self, case, coordinator):
        referral = make(brought_to("answered", case, coordinator), "reopen", coordinator)
        assert (referral.state, referral.outcome, referral.answered_on, referral.sent_at) == ("to_send", "", None, None)
        assert any("Serious incident" in change.text for change in referral.changes.all())

    def test_it_is_not_opened_again_beside_another_that_waits(self, case, coordinator):
        referral = brought_to("answered", case, coordinator)
        suspect(case, coordinator, basis="A neighbour rang.")
        with pytest.raises(MoveRefused, match="is to be sent already"):
            make(referral, "reopen", coordinator)

    def test_history_keeps_every_step_and_how_it_was_sent_is_sealed(self, case, coordinator):
        referral = make(brought_to("to_send", case, coordinator), "send", coordinator, reference="SIN-1")
        make(referral, "answer", coordinator, words="They ring on Monday.", reference="SIN-2")
        kept = [(change.transition, change.source, change.target) for change in reversed(referral.changes.all())]
        assert kept == [("open", "", "to_send"), ("send", "to_send", "sent"), ("answer", "sent", "answered")]
        assert (now(referral).how, now(referral).reference) == ("By secure e-mail", "SIN-2")
        assert "secure" not in now(referral).sealed_how
        assert referral.changes.first().words == "They ring on Monday."
        with pytest.raises(ValidationError):
            ReferralChange.objects.all().delete()

    def test_the_story_of_the_case_tells_it_without_words(self, case, coordinator):
        make(brought_to("sent", case, coordinator), "answer", coordinator, words="They ring on Monday.")
        told = [entry.text for entry in case.timeline.all()]
        assert any(text.startswith("Referral to Local authority: sent on") for text in told)
        assert any("Serious incident notified." in text for text in told)
        assert not any("Monday" in text for text in told)


class TestTimeLimits:
    """The clocks of the process run and are met by what is recorded on referrals, without typing it twice."""

    def test_everybody_is_told_on_the_day(self, case, coordinator):
        suspect(case, coordinator)
        limit = clock(case, "SG")
        assert timezone.localdate(limit.due_at) == days_ago(0)
        for name in (AUTHORITY, PARTNERS):
            make(to(case, name), "send", coordinator)
        assert clock(case, "SG").met_at is None
        make(to(case, PANEL), "send", coordinator)
        assert clock(case, "SG").met_at

    def test_what_was_known_yesterday_is_past_its_limit_today(self, case, coordinator):
        suspect(case, coordinator, known_on=days_ago(1))
        assert clock(case, "SG").due_at < timezone.now()

    def test_telling_the_authority_starts_its_days_to_notify_and_its_answer_meets_them(self, case, coordinator):
        suspect(case, coordinator, known_on=days_ago(3))
        assert clock(case, "T13") is None
        sent = make(to(case, AUTHORITY), "send", coordinator, on=days_ago(3))
        assert case.facts["incident_known_on"] == days_ago(3).isoformat()
        assert clock(case, "T13").met_at is None
        make(sent, "answer", coordinator, on=days_ago(1))
        assert case.facts["incident_notified_on"] == days_ago(1).isoformat()
        assert timezone.localdate(clock(case, "T13").met_at) == days_ago(1)
        assert clock(case, "T14").met_at is None

    def test_the_rapid_review_of_the_partners_ends_the_last_of_them(self, case, coordinator):
        suspect(case, coordinator)
        settle(case, coordinator)
        assert clock(case, "T14").met_at
        assert case.facts["rapid_review_on"] == days_ago(0).isoformat()

    def test_answers_are_typed_in_any_order(self, case, coordinator):
        suspect(case, coordinator, known_on=days_ago(2))
        for name in (PARTNERS, AUTHORITY):
            make(to(case, name), "send", coordinator, on=days_ago(2))
        make(to(case, PARTNERS), "answer", coordinator, on=days_ago(0))
        make(to(case, AUTHORITY), "answer", coordinator, on=days_ago(1))
        assert timezone.localdate(clock(case, "T14").met_at) == days_ago(0)

    def test_what_will_not_be_notified_cannot_become_late(self, case, coordinator):
        referral = brought_to("sent", case, coordinator)
        make(referral, "answer", coordinator, outcome=outcome(referral, "Not a serious"))
        assert clock(case, "T13") is None
        again = make(make(now(referral), "reopen", coordinator), "send", coordinator)
        assert again.state == "sent"
        assert clock(case, "T13") is not None

    def test_a_day_that_was_recorded_before_stays(self, case, coordinator):
        cases.record_milestone(case, coordinator, "incident_known", days_ago(2))
        brought_to("sent", case, coordinator)
        assert case.facts["incident_known_on"] == days_ago(2).isoformat()

    def test_an_earlier_day_takes_the_place_of_a_later_one(self, case, coordinator):
        cases.record_milestone(case, coordinator, "incident_known", days_ago(0))
        suspect(case, coordinator, known_on=days_ago(2))
        make(to(case, AUTHORITY), "send", coordinator, on=days_ago(2))
        assert case.facts["incident_known_on"] == days_ago(2).isoformat()

    def test_when_nobody_need_be_told_no_limit_runs(self, case, coordinator):
        suspect(case, coordinator)
        for referral in case.referrals.all():
            make(referral, "not_needed", coordinator)
        assert clock(case, "SG") is None

    def test_which_step_reaches_what_is_a_setting(self, case, coordinator):
        ReferralRecipient.objects.update(reaches="")
        brought_to("sent", case, coordinator)
        assert "incident_known_on" not in case.facts

    def test_limits_are_rules_that_an_editor_changes(self, case, coordinator):
        ClockRule.objects.filter(code="SG").update(amount=2)
        suspect(case, coordinator)
        assert timezone.localdate(clock(case, "SG").due_at) == days_ago(-1)

    @pytest.mark.parametrize("name", ["abuse_suspected", "referrals_sent"])
    def test_what_referrals_reach_is_not_typed_by_hand(self, case, coordinator, name):
        with pytest.raises(MoveRefused, match="recorded with the safeguarding referrals"):
            cases.record_milestone(case, coordinator, name, days_ago(0))


class TestClosing:
    @pytest.fixture
    def submitted(self, case, coordinator, chair):
        return review(case, coordinator, chair, until="finalise")

    @pytest.mark.parametrize("state", ["to_send", "sent"])
    def test_a_case_is_not_closed_while_a_referral_is_unanswered(self, submitted, coordinator, state):
        brought_to(state, submitted, coordinator)
        with pytest.raises(MoveRefused, match=r"Safeguarding referrals without an answer: .*Local authority"):
            cases.move(submitted, "close", coordinator, details=ANSWERS["close"])
        assert Case.objects.get(pk=submitted.pk).state == "submitted"

    def test_it_is_closed_once_each_is_answered_or_not_needed(self, submitted, coordinator):
        suspect(submitted, coordinator)
        make(to(submitted, PANEL), "not_needed", coordinator)
        settle(submitted, coordinator)
        assert cases.move(submitted, "close", coordinator, details=ANSWERS["close"]).state == "closed"

    def test_nor_is_it_put_out_of_scope(self, case, coordinator):
        suspect(case, coordinator)
        cases.decide_scope(case, coordinator, in_scope=False, reason_code="not_resident")
        cases.confirm_scope(case, somebody("Designated doctor"))
        with pytest.raises(MoveRefused, match="without an answer"):
            cases.move(case, "rule_out", coordinator)
        settle(case, coordinator)
        assert cases.move(case, "rule_out", coordinator).state == "out_of_scope"

    def test_every_other_step_of_the_review_goes_on(self, case, coordinator, chair):
        suspect(case, coordinator)
        assert review(case, coordinator, chair, until="finalise").state == "submitted"

    def test_what_was_suspected_of_a_duplicate_holds_the_case_that_is_kept(self, submitted, coordinator, notification):
        other = Case.objects.get(submissions__submission=receive(notification, invented_answers()))
        suspect(other, coordinator)
        cases.move(other, "mark_duplicate", coordinator, details={"duplicate_of": submitted.reference})
        with pytest.raises(MoveRefused, match="without an answer"):
            cases.move(submitted, "close", coordinator, details=ANSWERS["close"])

    def test_what_the_panel_referred_is_on_record_before_the_case_is_closed(self, case, coordinator, chair):
        case = review(case, coordinator, chair, until="schedule_panel")
        hold_panel(case, coordinator)
        for name in ("record_panel", "sign_off", "finalise"):
            details = ANSWERS[name] | ({"safeguarding_referral": "referred"} if name == "record_panel" else {})
            case = cases.move(case, name, mover(name, coordinator, chair), details=details)
        with pytest.raises(MoveRefused, match="The panel referred this"):
            cases.move(case, "close", coordinator, details=ANSWERS["close"])
        suspect(case, coordinator)
        settle(case, coordinator)
        assert what_is_unanswered(case) == ""
        assert cases.move(case, "close", coordinator, details=ANSWERS["close"]).state == "closed"


class TestLetter:
    def test_it_is_filled_with_the_reference_the_child_and_what_was_typed(self, case, coordinator):
        text = letter_of(brought_to("to_send", case, coordinator))
        for words in (case.reference, "Test Invented", "999 000 0018", WORDS["basis"], WORDS["said_by"], AUTHORITY):
            assert words in text
        assert "[" not in text

    def test_what_somebody_typed_is_not_filled_again(self, case, coordinator):
        suspect(case, coordinator, basis="They wrote [child] and [nhs number].")
        assert "They wrote [child] and [nhs number]." in letter_of(to(case, AUTHORITY))

    def test_what_is_suspected_later_is_added_to_a_letter_that_waits(self, case, coordinator):
        suspect(case, coordinator)
        services.keep_letter(to(case, PARTNERS), coordinator, "Other words.")
        make(to(case, PANEL), "send", coordinator)
        suspect(case, coordinator, basis="A neighbour rang.", said_by="Invented Neighbour")
        for name in (AUTHORITY, PARTNERS):
            text = letter_of(to(case, name))
            assert "from Invented Neighbour:\nA neighbour rang." in text
        assert letter_of(to(case, PARTNERS)).startswith("Other words.")
        sent, again = case.referrals.filter(recipient__name=PANEL).order_by("pk")
        assert "neighbour" not in letter_of(sent)
        assert "A neighbour rang." in letter_of(again)
        assert WORDS["basis"] not in letter_of(again)

    def test_it_is_changed_until_it_is_sent_and_then_stays(self, case, coordinator):
        referral = brought_to("to_send", case, coordinator)
        services.keep_letter(referral, coordinator, "Other words.")
        sent = make(now(referral), "send", coordinator)
        assert sent.letter == "Other words."
        assert "Other" not in sent.sealed_letter
        with pytest.raises(MoveRefused, match="not changed any more"):
            services.keep_letter(sent, coordinator, "Too late.")

    def test_what_was_sent_is_kept_even_if_the_template_changes(self, case, coordinator):
        sent = brought_to("sent", case, coordinator)
        sent.recipient.letter.body = "Another letter."
        sent.recipient.letter.save()
        assert WORDS["basis"] in letter_of(now(sent))

    def test_only_those_who_may_know_the_child_word_it(self, case, coordinator, chair, person):
        referral = brought_to("to_send", case, coordinator)
        for user in (chair, person("Panel member"), person("Information governance")):
            with pytest.raises(PermissionDenied):
                services.keep_letter(referral, user, "Words.")

    def test_an_empty_letter_is_refused(self, case, coordinator):
        with pytest.raises(MoveRefused, match="Write the letter"):
            services.keep_letter(brought_to("to_send", case, coordinator), coordinator, "  ")

    def test_a_template_uses_known_words_alone(self, case, coordinator):
        template = ReferralRecipient.objects.first().letter
        template.full_clean()
        template.body = "[child] and [mother]"
        with pytest.raises(ValidationError, match="Nothing is known as"):
            template.full_clean()


def test_loading_the_recipients_again_adds_nothing_and_leaves_what_was_renamed(db):
    ReferralRecipient.objects.filter(name=AUTHORITY).update(name="Invented Council")
    assert load_recipients() == 0
    assert ReferralRecipient.objects.count() == 3
