"""Who supports a family, what it was told, what it asks and says, and what it is answered."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from forms.services import receive
from tests.notifying import days_ago, invented_answers
from tests.workflow.family.hearing import KEY_WORKER, QUESTION, hear
from tests.workflow.reviewing import review
from workflow import services as cases
from workflow.family import services
from workflow.family.selectors import family_of, to_do, told_at_notification, words_of
from workflow.letters.shipped import load_letters
from workflow.models import Case, FamilyFeedback, FamilyWords, LetterTemplate
from workflow.roles import ROLES
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db
KEEP = {"Coordinator", "Designated doctor", "Administrator"}
WISHES = {"no_contact": False, "interpreter": True, "language": "Polish", "wishes": "Ring in the evening."}


def sentences(case):
    return [sentence for sentence, _ in to_do(case, family_of(case))]


def newest(case):
    return case.timeline.order_by("-pk").first()


DOINGS = {
    "key worker": lambda case, by: services.name_key_worker(case, by, **KEY_WORKER),
    "told": lambda case, by: services.record_told(case, by, told_on=days_ago(0), guide_on=None),
    "wishes": lambda case, by: services.record_wishes(case, by, **WISHES),
    "said": hear,
    "feedback": lambda case, by: services.give_feedback(
        case, by, given_on=days_ago(0), given_by="Key worker", text="All of it."
    ),
}


@pytest.mark.parametrize("doing", DOINGS)
def test_it_is_kept_by_those_who_work_on_the_case_and_know_the_child_and_by_nobody_else(case, person, doing):
    done = set()
    for role in ROLES:
        try:
            DOINGS[doing](case, person(role))
            done.add(role)
        except PermissionDenied:
            pass
    assert done == KEEP


@pytest.mark.parametrize("doing", DOINGS)
def test_it_is_told_in_the_story_of_the_case_without_naming_anybody(case, coordinator, doing):
    lines = case.timeline.count()
    DOINGS[doing](case, coordinator)
    assert case.timeline.count() == lines + 1
    text = newest(case).text
    assert "amily" in text or "Key worker" in text
    for secret in ("Kim", "960", "Polish", "evening", "Friday", "Zelda", "All of it"):
        assert secret not in text


@pytest.mark.parametrize("doing", DOINGS)
@pytest.mark.parametrize("until", ["accept", "close"])
def test_a_family_is_heard_and_told_in_any_state_of_the_review(case, coordinator, chair, doing, until):
    DOINGS[doing](review(case, coordinator, chair, until), coordinator)


class TestKeyWorker:
    def test_is_named_changed_and_sealed(self, case, coordinator):
        family = services.name_key_worker(case, coordinator, **KEY_WORKER)
        assert family.key_worker == KEY_WORKER
        assert "Kim" not in family.sealed_key_worker
        services.name_key_worker(case, coordinator, **KEY_WORKER | {"name": "Lou Madeup"})
        assert family_of(case).key_worker["name"] == "Lou Madeup"
        assert newest(case).text == "Key worker changed."
        assert "Lou Madeup" in newest(case).words

    def test_has_a_name(self, case, coordinator):
        with pytest.raises(MoveRefused, match="Give the name"):
            services.name_key_worker(case, coordinator, **KEY_WORKER | {"name": " "})

    def test_what_the_notification_said_is_there_to_begin_from(self, notification, roles):
        answers = invented_answers(
            nhs_number="not_known",
            family_aware_of_cdr="yes",
            family_aware_of_cdr_on=days_ago(1).isoformat(),
            key_worker_name="Kim Madeup",
            key_worker_phone="01632 960 001",
            key_worker_email="not_known",
        )
        case = Case.objects.get(submissions__submission=receive(notification, answers))
        said = {"name": "Kim Madeup", "contact": "01632 960 001", "told_on": days_ago(1)}
        assert told_at_notification(case) == said

    def test_and_nothing_where_it_said_nothing(self, case):
        assert told_at_notification(case) == {}


class TestTold:
    def test_days_are_kept_and_answer_what_the_review_asks(self, case, coordinator, chair):
        services.record_told(case, coordinator, told_on=days_ago(1), guide_on=days_ago(0))
        family = family_of(case)
        assert (family.told_on, family.guide_on) == (days_ago(1), days_ago(0))
        assert case.facts["family_informed"] == "yes"

    def test_nothing_is_written_when_nothing_changed(self, case, coordinator):
        for _ in range(2):
            services.record_told(case, coordinator, told_on=days_ago(1), guide_on=None)
        assert case.timeline.filter(text__startswith="Family told").count() == 1

    def test_a_day_typed_by_mistake_is_taken_back(self, case, coordinator):
        services.record_told(case, coordinator, told_on=days_ago(1), guide_on=None)
        services.record_told(case, coordinator, told_on=None, guide_on=None)
        assert "not yet" in newest(case).text
        assert case.facts["family_informed"] == "no"

    def test_never_in_the_future(self, case, coordinator):
        for days in ({"told_on": days_ago(-1), "guide_on": None}, {"told_on": None, "guide_on": days_ago(-1)}):
            with pytest.raises(MoveRefused, match="future"):
                services.record_told(case, coordinator, **days)


class TestToDo:
    def test_what_is_missing_is_something_to_do(self, case, coordinator):
        assert sentences(case) == [
            "Name a key worker.",
            "Tell the family about the review.",
            "Give the family the guide “When a child dies”.",
        ]
        services.name_key_worker(case, coordinator, **KEY_WORKER)
        services.record_told(case, coordinator, told_on=days_ago(0), guide_on=days_ago(0))
        assert sentences(case) == []

    def test_a_family_whose_review_is_not_ours_is_not_asked_about(self, case, coordinator):
        offered = {"receiving_area": "Invented CDOP"}
        case = cases.move(case, "offer_transfer", coordinator, details=offered)
        assert "Name a key worker." in sentences(case)
        accepted = {"transfer_acknowledgement": "By phone"}
        assert sentences(cases.move(case, "transfer_accepted", coordinator, details=accepted)) == []

    def test_after_the_panel_the_family_is_told_what_it_found(self, case, coordinator, chair):
        case = review(case, coordinator, chair, until="record_panel")
        assert "Tell the family what the review found." in sentences(case)
        DOINGS["feedback"](case, coordinator)
        assert "Tell the family what the review found." not in sentences(case)

    def test_nobody_is_asked_to_write_to_a_family_that_does_not_want_it(self, case, coordinator):
        services.record_wishes(case, coordinator, **WISHES | {"no_contact": True})
        assert sentences(case) == ["Name a key worker."]
        assert newest(case).text == "Family does not want to be contacted."

    def test_a_missing_key_worker_holds_up_no_review(self, case, coordinator, chair):
        assert review(case, coordinator, chair, until="close").state == "closed"


class TestWishes:
    def test_are_kept_sealed(self, case, coordinator):
        family = services.record_wishes(case, coordinator, **WISHES)
        assert (family.language, family.wishes) == ("Polish", "Ring in the evening.")
        assert "Polish" not in family.sealed_language
        assert "evening" not in family.sealed_wishes

    def test_an_interpreter_speaks_a_language(self, case, coordinator):
        with pytest.raises(MoveRefused, match="which language"):
            services.record_wishes(case, coordinator, **WISHES | {"language": " "})


@pytest.mark.parametrize("doing", ["name_key_worker", "record_told", "record_wishes"])
def test_a_screen_that_is_behind_undoes_nothing(case, coordinator, doing):
    facts = {
        "name_key_worker": KEY_WORKER,
        "record_told": {"told_on": days_ago(0), "guide_on": None},
        "record_wishes": WISHES,
    }[doing]
    services.record_wishes(case, coordinator, **WISHES | {"no_contact": True}, seen=0)
    with pytest.raises(MoveRefused, match="changed this meanwhile"):
        getattr(services, doing)(case, coordinator, **facts, seen=0)
    assert family_of(case).no_contact
    getattr(services, doing)(case, coordinator, **facts, seen=1)


class TestWords:
    def test_are_kept_as_they_were_said_and_sealed(self, case, coordinator):
        words = hear(case, coordinator)
        assert words.text == QUESTION
        assert words.given_by == {"who": "Mother", "name": "Zelda Fabricated"}
        assert "Friday" not in words.sealed_text
        assert "Zelda" not in words.sealed_given_by
        with pytest.raises(ValidationError):
            words.save()
        with pytest.raises(ValidationError):
            FamilyWords.objects.all().delete()

    def test_pressing_twice_keeps_them_once(self, case, coordinator):
        assert hear(case, coordinator) == hear(case, coordinator)
        hear(case, coordinator, text="And on Saturday?")
        assert case.family_words.count() == 2

    @pytest.mark.parametrize(
        ("facts", "sentence"),
        [
            ({"text": " "}, "Write down what was said"),
            ({"who": ""}, "who said it"),
            ({"given_on": days_ago(-1)}, "future"),
        ],
    )
    def test_what_cannot_be_is_refused(self, case, coordinator, facts, sentence):
        with pytest.raises(MoveRefused, match=sentence):
            hear(case, coordinator, **facts)

    def test_what_was_said_on_a_duplicate_is_not_lost(self, case, coordinator, notification):
        other = Case.objects.get(submissions__submission=receive(notification, invented_answers()))
        words = hear(other, coordinator)
        cases.move(other, "mark_duplicate", coordinator, details={"duplicate_of": case.reference})
        assert list(words_of(case)) == [words]


class TestBringing:
    @pytest.fixture
    def item(self, case, coordinator, chair):
        review(case, coordinator, chair, until="schedule_cdrm")
        return case.agenda_items.get()

    def test_a_meeting_has_it_once(self, case, coordinator, item):
        words = [hear(case, coordinator), hear(case, coordinator, kind="view", text="She loved the sea.")]
        assert services.bring(case, coordinator, item=item, words=words) == 2
        assert services.bring(case, coordinator, item=item, words=words) == 0
        assert item.family_words.count() == 2
        assert newest(case).text.endswith(": 2.")
        with pytest.raises(IntegrityError), transaction.atomic():
            words[0].brought.create(item=item, by=coordinator)

    def test_only_to_a_meeting_of_the_same_case_and_only_its_own(self, case, coordinator, item, notification):
        other = Case.objects.get(submissions__submission=receive(notification, invented_answers(nhs_number="")))
        with pytest.raises(MoveRefused, match="of this case"):
            services.bring(other, coordinator, item=item, words=[hear(other, coordinator)])
        with pytest.raises(MoveRefused, match="Choose what was brought"):
            services.bring(case, coordinator, item=item, words=[hear(other, coordinator)])
        with pytest.raises(MoveRefused, match="Choose what was brought"):
            services.bring(case, coordinator, item=item, words=[])

    def test_only_by_those_who_keep_it(self, case, coordinator, chair, item):
        with pytest.raises(PermissionDenied):
            services.bring(case, chair, item=item, words=[hear(case, coordinator)])


class TestAnswering:
    def test_answers_follow_each_other(self, case, coordinator):
        words = hear(case, coordinator)
        for text in ("We are asking.", "They did ring, on another number."):
            services.answer(words, coordinator, text=text, answered_on=days_ago(0))
        assert [each.text for each in words.answers.all()] == ["We are asking.", "They did ring, on another number."]
        assert "asking" not in words.answers.first().sealed_text

    @pytest.mark.parametrize(
        ("facts", "sentence"),
        [
            ({"text": "  "}, "Write the answer"),
            ({"answered_on": days_ago(1)}, "before it was asked"),
            ({"answered_on": days_ago(-1)}, "future"),
        ],
    )
    def test_what_cannot_be_is_refused(self, case, coordinator, facts, sentence):
        words = hear(case, coordinator)
        with pytest.raises(MoveRefused, match=sentence):
            services.answer(words, coordinator, **{"text": "Yes.", "answered_on": days_ago(0)} | facts)

    def test_by_those_who_keep_it(self, case, coordinator, chair):
        with pytest.raises(PermissionDenied):
            services.answer(hear(case, coordinator), chair, text="Yes.", answered_on=days_ago(0))


class TestFeedback:
    def test_is_kept_sealed_with_who_gave_it(self, case, coordinator):
        given = DOINGS["feedback"](case, coordinator)
        assert (given.given_by, given.text) == ("Key worker", "All of it.")
        assert "All" not in given.sealed_text
        with pytest.raises(ValidationError):
            FamilyFeedback.objects.all().delete()

    @pytest.mark.parametrize(
        ("facts", "sentence"),
        [
            ({"text": " "}, "Say who told"),
            ({"given_by": ""}, "Say who told"),
            ({"given_on": days_ago(-1)}, "future"),
        ],
    )
    def test_what_cannot_be_is_refused(self, case, coordinator, facts, sentence):
        given = {"given_on": days_ago(0), "given_by": "Key worker", "text": "All of it."}
        with pytest.raises(MoveRefused, match=sentence):
            services.give_feedback(case, coordinator, **given | facts)


def test_that_a_letter_was_given_is_in_the_story(case, coordinator, chair):
    load_letters()
    template = LetterTemplate.objects.get(code="family_introduction")
    services.letter_given(case, coordinator, template)
    assert template.title in newest(case).text
    with pytest.raises(PermissionDenied):
        services.letter_given(case, chair, template)
