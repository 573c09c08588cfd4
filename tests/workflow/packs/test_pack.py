"""What goes into an anonymised pack, and who decides on it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from forms.services import receive
from tests.notifying import days_ago, invented_answers
from tests.workflow.packs.preparing import finished, passage, prepared
from tests.workflow.reviewing import review
from workflow.collating import services as collating
from workflow.collating.selectors import record_of
from workflow.models import Case, Pack, PackOpening, PackPassage
from workflow.packs import services
from workflow.packs.selectors import has_current_pack, is_out_of_date
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db
STORY = "What do you know?"


def labels(pack):
    return [each.label for each in pack.passages.all()]


def everything(pack):
    return "\n".join(f"{each.label}: {each.shown} ({each.source})" for each in pack.passages.all())


class TestWhatGoesIn:
    def test_answers_from_lists_and_numbers_go_in_as_they_are(self, told, case, coordinator):
        told("Invented Surgery", household_smoking="yes", weight=3200)
        pack = prepared(case, coordinator)
        smoked, weight = passage(pack, "Did anybody smoke at home?"), passage(pack, "Weight")
        assert (smoked.shown, smoked.decision) == ("Yes", "coded")
        assert (weight.shown, weight.decision) == ("3200 grams", "coded")

    def test_what_identifies_is_not_there_at_all(self, told, case, coordinator):
        told("Invented Surgery", date_of_birth="2020-01-02", school="Secret School", narrative="Seen at Secret School.")
        pack = prepared(case, coordinator)
        assert not {"Date of birth", "Name of the school", "Family name", "Postcode", "Usual home address"} & set(
            labels(pack)
        )
        originals = [each.original for each in pack.passages.exclude(label=STORY)]
        assert not any(secret in original for secret in ("Secret", "ZZ99", "999 000") for original in originals)

    def test_a_date_becomes_its_distance(self, told, case, coordinator):
        told("Invented Surgery", last_seen=days_ago(7).isoformat())
        assert passage(prepared(case, coordinator), "Last seen").shown == "5 days before the death"

    def test_an_agency_is_told_by_its_kind_and_when_by_its_distance(self, told, case, coordinator):
        told("Invented Surgery", household_smoking="yes")
        pack = prepared(case, coordinator)
        assert passage(pack, "Did anybody smoke at home?").source == "GP practice, 2 days after the death"
        assert "Invented Surgery" not in everything(pack)

    def test_what_agencies_say_differently_stands_side_by_side(self, told, case, coordinator):
        told("Invented Surgery", household_smoking="yes")
        told("Invented Police", kind="police", household_smoking="no")
        told("Invented Visitors", kind="health_visiting", household_smoking="no")
        found = prepared(case, coordinator).passages.filter(label="Did anybody smoke at home?")
        assert [(each.shown, each.source) for each in found] == [
            ("Yes", "GP practice, 2 days after the death"),
            ("No", "Police, 2 days after the death; Health visiting, 2 days after the death"),
        ]

    def test_what_was_agreed_is_all_that_is_told_of_an_item(self, told, case, coordinator):
        told("Invented Surgery", household_smoking="yes")
        told("Invented Police", kind="police", household_smoking="no")
        item = next(each for each in record_of(case, coordinator) if each.name == "household_smoking")
        seen = {each.submission for each in item.told}
        collating.agree(case, coordinator, "household_smoking", seen, "Because", value="no")
        smoked = passage(prepared(case, coordinator), "Did anybody smoke at home?")
        assert (smoked.shown, smoked.source) == ("No", "As agreed")

    def test_what_nobody_knows_is_left_out(self, told, case, coordinator):
        told("Invented Surgery", household_smoking="not_known")
        assert "Did anybody smoke at home?" not in labels(prepared(case, coordinator))

    def test_each_of_a_group_is_told_part_by_part_without_its_name(self, told, case, coordinator):
        carer = {"id": "a", "relationship": "mother", "work": "Baker at Test’s", "name": "Jane Invented"}
        told("Invented Surgery", carer=[carer, {"id": "b", "relationship": "father"}])
        pack = prepared(case, coordinator)
        assert passage(pack, "Carer 1: Relationship").shown == "Mother"
        assert passage(pack, "Carer 1: Occupation").decision == "open"
        assert passage(pack, "Carer 2: Relationship").shown == "Father"
        assert "Carer 1: Name" not in labels(pack)

    def test_what_people_wrote_waits_and_is_proposed_without_names(self, told, case, coordinator):
        told("Invented Surgery", narrative="Test was seen by Dr Doctor at Invented Surgery, NHS 999 000 0018.")
        story = passage(prepared(case, coordinator), STORY)
        assert story.decision == "open"
        assert story.shown == "The child was seen by the doctor at the GP practice, NHS [NHS number]."

    def test_the_heading_tells_age_and_sex_and_no_date(self, case, coordinator):
        assert prepared(case, coordinator).heading == {"age": "6 years", "sex": "Female"}

    def test_the_youngest_are_told_by_days_and_months(self, notification, roles, coordinator):
        for days, age in ((3, "3 days"), (40, "5 weeks"), (300, "9 months"), (800, "2 years")):
            born = days_ago(days + 2)
            young = Case.objects.get(submissions__submission=receive(notification, invented_answers(born=born)))
            assert prepared(young, coordinator).heading["age"] == age

    def test_everything_that_was_said_is_sealed_at_rest(self, told, case, coordinator):
        told("Invented Surgery", household_smoking="yes", narrative="A secret of Test.")
        finished(prepared(case, coordinator), coordinator, "Still a secret.")
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM cdop_workflow_packpassage")
            assert not any("secret" in str(column) for row in cursor.fetchall() for column in row)
            cursor.execute("SELECT sealed_heading FROM cdop_workflow_pack")
            assert "6 years" not in cursor.fetchone()[0]


class TestDeciding:
    @pytest.fixture
    def story(self, told, case, coordinator):
        told("Invented Surgery", narrative="Test was well.")
        return passage(prepared(case, coordinator), STORY)

    def test_a_confirmed_passage_keeps_who_confirmed_what(self, story, coordinator):
        services.confirm_passage(story, coordinator, "  The child was well. ")
        story.refresh_from_db()
        assert (story.shown, story.decision, story.decided_by) == ("The child was well.", "confirmed", coordinator)
        assert story.original == "Test was well."

    def test_a_text_that_still_names_somebody_is_refused_until_somebody_says_that_it_may_stay(self, story, coordinator):
        with pytest.raises(MoveRefused, match=r"still stands in the text: “Test” \(name\)"):
            services.confirm_passage(story, coordinator, "Test was well.")
        story.refresh_from_db()
        assert story.is_open
        services.confirm_passage(story, coordinator, "A blood Test was well.", kept=True)
        story.refresh_from_db()
        assert story.shown == "A blood Test was well."

    def test_line_ends_and_what_no_keyboard_makes_are_tidied(self, story, coordinator):
        services.confirm_passage(story, coordinator, "One.\r\nTwo.\x00")
        story.refresh_from_db()
        assert story.shown == "One.\nTwo."

    def test_an_empty_text_is_no_passage(self, story, coordinator):
        with pytest.raises(MoveRefused, match="or leave the passage out"):
            services.confirm_passage(story, coordinator, " \n ")

    def test_a_decision_can_be_changed_until_the_pack_is_finished(self, story, case, coordinator):
        services.leave_out(story, coordinator)
        services.confirm_passage(story, coordinator, "The child was well.")
        finished(story.pack, coordinator)
        for change in (
            lambda: services.leave_out(story, coordinator),
            lambda: services.confirm_passage(story, coordinator, "Other words."),
        ):
            with pytest.raises(MoveRefused, match="Nothing in it can be changed"):
                change()

    def test_an_answer_from_a_list_is_not_decided_on(self, story, coordinator):
        coded = story.pack.passages.filter(decision="coded").first()
        with pytest.raises(MoveRefused, match="goes in as it is"):
            services.leave_out(coded, coordinator)

    def test_a_pack_is_not_finished_while_a_passage_is_open_and_it_says_how_many(self, story, case, coordinator):
        number = story.pack.passages.filter(decision="open").count()
        with pytest.raises(MoveRefused, match=f"{number} passages are still to be confirmed or left out"):
            services.finish(case, coordinator)
        for each in story.pack.passages.filter(decision="open")[1:]:
            services.leave_out(each, coordinator)
        with pytest.raises(MoveRefused, match="1 passage is still"):
            services.finish(case, coordinator)

    @pytest.mark.parametrize("role", ["Panel chair", "Panel member", "Information governance", "Analyst"])
    def test_only_those_who_work_on_it_and_know_the_child_prepare(self, story, case, person, role):
        other = person(role)
        for attempt in (
            lambda: services.make_pack(case, other),
            lambda: services.confirm_passage(story, other, "Words."),
            lambda: services.leave_out(story, other),
            lambda: services.finish(case, other),
            lambda: services.withdraw(case, other, "Because"),
        ):
            with pytest.raises(PermissionDenied):
                attempt()

    def test_a_case_that_has_ended_gets_no_pack(self, case, coordinator, person):
        review(case, coordinator, person("Panel chair"), until="close")
        with pytest.raises(MoveRefused):
            services.make_pack(case, coordinator)

    def test_the_database_refuses_a_passage_that_nobody_decided_on(self, story):
        with pytest.raises(IntegrityError), transaction.atomic():
            PackPassage.objects.filter(pk=story.pk).update(decision="confirmed")

    def test_the_database_refuses_a_finished_pack_that_nobody_finished(self, story):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pack.objects.filter(pk=story.pack_id).update(state="finished")


class TestOneAfterAnother:
    def test_what_was_decided_holds_while_the_words_are_the_same(self, told, case, coordinator):
        told("Invented Surgery", narrative="Test was well.")
        first = finished(prepared(case, coordinator), coordinator)
        told("Invented Police", kind="police", narrative="A new account.")
        second = prepared(case, coordinator)
        assert second.number == 2
        decisions = {each.original: each for each in second.passages.filter(label=STORY)}
        kept, new = decisions["Test was well."], decisions["A new account."]
        assert (kept.decision, kept.shown, kept.decided_by) == ("confirmed", "What the panel reads.", coordinator)
        assert new.is_open
        first.refresh_from_db()
        assert first.state == "finished"

    def test_a_confirmed_text_is_looked_at_again_when_somebody_becomes_known_whom_it_names(
        self, told, case, coordinator
    ):
        told("Invented Surgery", narrative="Seen by Rowntree.")
        pack = prepared(case, coordinator)
        services.confirm_passage(passage(pack, STORY), coordinator, "Seen by Rowntree.")
        told("Invented Police", kind="police", respondent_name="Olga Rowntree")
        again = passage(prepared(case, coordinator), STORY)
        assert again.is_open
        assert again.shown == "Seen by the professional."

    def test_a_newer_pack_replaces_the_one_in_hand_and_once_finished_the_one_that_was_read(self, case, coordinator):
        first = finished(prepared(case, coordinator), coordinator)
        second = prepared(case, coordinator)
        third = finished(prepared(case, coordinator), coordinator)
        states = dict(Pack.objects.values_list("pk", "state"))
        assert states == {first.pk: "replaced", second.pk: "replaced", third.pk: "finished"}

    def test_the_database_keeps_only_one_pack_current(self, case, coordinator):
        first = finished(prepared(case, coordinator), coordinator)
        second = prepared(case, coordinator)
        with pytest.raises(IntegrityError), transaction.atomic():
            Pack.objects.filter(pk=second.pk).update(
                state="finished", finished_by=coordinator, finished_at=first.finished_at
            )

    def test_a_withdrawn_pack_is_gone_and_why_is_sealed_on_the_timeline(self, case, coordinator):
        finished(prepared(case, coordinator), coordinator)
        services.withdraw(case, coordinator, "An invented reason")
        entry = case.timeline.first()
        assert (entry.text, entry.words) == ("Withdrew anonymised pack 1.", "An invented reason")
        with pytest.raises(MoveRefused, match="no finished pack"):
            services.withdraw(case, coordinator, "Again")

    def test_it_can_be_withdrawn_when_the_review_has_ended(self, case, coordinator, person):
        review(case, coordinator, person("Panel chair"), until="close")
        services.withdraw(case, coordinator, "Somebody is named in it")
        assert case.packs.get().state == "withdrawn"

    def test_finishing_is_told_on_the_timeline(self, case, coordinator):
        finished(prepared(case, coordinator), coordinator)
        assert case.timeline.first().text == "Finished anonymised pack 1: the panel can read it."


class TestWhetherThereIsACurrentPack:
    def test_there_is_none_at_first(self, case):
        assert has_current_pack(case) == "Make the anonymised pack first."

    def test_one_that_is_being_prepared_says_what_is_left(self, case, coordinator):
        pack = prepared(case, coordinator)
        assert "still being prepared. 2 passages are still to be confirmed" in has_current_pack(case)
        for each in pack.passages.filter(decision="open"):
            services.leave_out(each, coordinator)
        assert has_current_pack(case).endswith("Every passage is decided: finish it.")

    def test_a_finished_one_is_enough(self, case, coordinator):
        finished(prepared(case, coordinator), coordinator)
        assert has_current_pack(case) == ""

    def test_a_later_answer_makes_it_out_of_date(self, told, case, coordinator):
        pack = finished(prepared(case, coordinator), coordinator)
        assert not is_out_of_date(pack)
        told("Invented Surgery", narrative="New.")
        assert is_out_of_date(pack)
        assert has_current_pack(case).startswith("Something was answered or agreed since")

    def test_so_does_a_value_that_was_agreed_later(self, told, case, coordinator):
        surgery = told("Invented Surgery", household_smoking="yes")
        pack = finished(prepared(case, coordinator), coordinator)
        collating.agree(case, coordinator, "household_smoking", {surgery.pk}, "", submission=surgery.pk)
        assert is_out_of_date(pack)

    def test_a_withdrawn_one_is_none(self, case, coordinator):
        finished(prepared(case, coordinator), coordinator)
        services.withdraw(case, coordinator, "Because")
        assert has_current_pack(case) == "Make the anonymised pack first."


class TestOpenings:
    def test_each_is_kept_and_never_changed(self, case, coordinator, person):
        pack = finished(prepared(case, coordinator), coordinator)
        for _ in range(2):
            services.record_opening(pack, person("Panel member"), "screen")
        assert pack.openings.count() == 2
        opening = pack.openings.first()
        with pytest.raises(ValidationError):
            opening.delete()
        with pytest.raises(IntegrityError), transaction.atomic():
            PackOpening._base_manager.filter(pk=opening.pk).update(how="pdf")

    def test_it_is_on_the_report_of_who_opened_which_case(self, case, coordinator, person):
        pack = finished(prepared(case, coordinator), coordinator)
        services.record_opening(pack, person("Panel member"), "screen")
        view = case.views.get()
        assert (view.by, view.with_identity) == (person("Panel member"), False)


def test_making_a_pack_asks_as_often_for_many_passages_as_for_few(told, case, coordinator):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            services.make_pack(case, coordinator)
        return len(queries)

    told("Invented Surgery", narrative="Known.")
    cost()
    few = cost()
    for number in range(4):
        told(f"Invented Agency {number}", household_smoking="no", narrative=f"Known {number}.")
    cost()
    assert cost() == few
