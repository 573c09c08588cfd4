"""The screens about a family, its words on the way to the meetings, and who sees none of it."""

import html

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms.services import receive
from tests.notifying import days_ago, invented_answers
from tests.workflow.family.hearing import KEY_WORKER, QUESTION, SAID, hear
from tests.workflow.packs.preparing import finished, prepared
from tests.workflow.reviewing import review
from workflow import services as cases
from workflow.family import services
from workflow.family.selectors import family_of
from workflow.letters.shipped import load_letters
from workflow.models import Case, LetterTemplate
from workflow.packs.selectors import has_current_pack
from workflow.packs.services import confirm_passage, make_pack
from workflow.roles import ROLES
from workflow.services import MoveRefused

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
KEEP = {"Coordinator", "Designated doctor", "Administrator"}
TODAY = f"{days_ago(0):%-d %B %Y}"


@pytest.fixture(autouse=True)
def letters(db) -> None:
    load_letters()


@pytest.fixture
def client(client, coordinator):
    client.force_login(coordinator)
    return client


def address(case, name, *args):
    return reverse(f"cases:{name}", args=[case.reference, *args])


def text(response):
    return html.unescape(response.content.decode())


def get(client, case, name, *args):
    return text(client.get(address(case, name, *args)))


def post(client, case, screen, /, *args, **data):
    return text(client.post(address(case, screen, *args), data, follow=True))


def test_from_the_key_worker_to_the_feedback(client, case, coordinator, chair):
    page = get(client, case, "case")
    assert "Name a key worker." in page
    assert address(case, "family_key_worker") in page
    assert "Saved." in post(client, case, "family_key_worker", **KEY_WORKER, seen=0)
    assert "Saved." in post(client, case, "family_told", told_on=TODAY, guide_on=TODAY, seen=1)
    assert "To do" not in get(client, case, "family")
    assert QUESTION in post(client, case, "family_said", **SAID, given_on=TODAY)
    assert "1, 1 not answered" in get(client, case, "case")
    review(case, coordinator, chair, until="schedule_cdrm")
    words, item = case.family_words.get(), case.agenda_items.get()
    assert "Brought to:" in post(client, case, "family_brought", item=item.pk, words=[words.pk])
    page = post(client, case, "family_answer", words.pk, text="They rang another number.", answered_on=TODAY)
    assert "They rang another number." in page
    page = post(client, case, "family_feedback", given_on=TODAY, given_by="Kim Madeup", text="All of it.")
    assert "All of it." in page
    assert mail.outbox == []


def test_the_review_knows_that_the_family_was_told(client, case, coordinator, chair):
    post(client, case, "family_told", told_on=TODAY, guide_on="", seen=0)
    review(case, coordinator, chair, until="check_quality")
    form = client.get(reverse("cases:move", args=[case.reference, "quality_checked"])).context["form"]
    assert form["family_informed"].value() == "yes"


def test_what_the_notification_said_need_not_be_typed_again(client, notification):
    answers = invented_answers(nhs_number="not_known", key_worker_name="Kim Madeup", key_worker_phone="01632 960 001")
    case = Case.objects.get(submissions__submission=receive(notification, answers))
    form = client.get(address(case, "family_key_worker")).context["form"]
    assert (form["name"].value(), form["contact"].value()) == ("Kim Madeup", "01632 960 001")


def test_a_family_that_wants_no_contact_is_shown_so_everywhere(client, case):
    post(client, case, "family_wishes", no_contact="on", seen=0)
    for page in (
        get(client, case, "case"),
        get(client, case, "family"),
        get(client, case, "family_letter", "family_questions"),
    ):
        assert "does not want to be contacted" in page


def test_a_screen_that_is_behind_is_refused_in_words(client, case, coordinator):
    services.name_key_worker(case, coordinator, **KEY_WORKER)
    page = post(client, case, "family_key_worker", **KEY_WORKER | {"name": "Lou Madeup"}, seen=0)
    assert "changed this meanwhile" in page
    assert family_of(case).key_worker["name"] == "Kim Madeup"


@pytest.mark.parametrize(
    ("screen", "data"),
    [
        ("family_key_worker", {"name": "", "contact": "x"}),
        ("family_said", SAID | {"text": "", "given_on": TODAY}),
        ("family_feedback", {"given_on": TODAY, "given_by": "x", "text": ""}),
        ("family_brought", {}),
    ],
)
def test_what_is_missing_is_said(client, case, screen, data):
    assert "This field is required" in post(client, case, screen, **data)


def test_a_case_without_a_meeting_says_so(client, case, coordinator):
    hear(case, coordinator)
    assert "no meeting yet" in get(client, case, "family_brought")


class TestLetters:
    def test_one_is_filled_with_what_is_typed_and_nothing_of_that_is_kept(self, client, case, coordinator):
        services.name_key_worker(case, coordinator, **KEY_WORKER)
        page = post(
            client, case, "family_letter", "family_questions", to="Ms Fabricated", by=TODAY, words="We met on Sunday."
        )
        for words in ("Dear Ms Fabricated", f"by {TODAY}", "We met on Sunday.", "Kim Madeup"):
            assert words in page
        assert "Fabricated" not in get(client, case, "family_letter", "family_questions")

    def test_only_what_a_letter_has_a_place_for_is_asked(self, client, case):
        assert 'name="by"' in get(client, case, "family_letter", "family_questions")
        assert 'name="by"' not in get(client, case, "family_letter", "family_introduction")

    @pytest.mark.parametrize("press", [{}, {"given": "yes"}])
    def test_a_word_that_no_family_should_read_is_refused(self, client, case, press):
        page = post(client, case, "family_letter", "family_questions", to="", words="Your case goes on.", **press)
        assert "should not read this: case." in page
        letter = page[page.index('class="cdop-letter"') :]
        assert "Your case" not in letter[: letter.index("</article>")]
        assert not case.timeline.filter(text__startswith="Letter given").exists()

    def test_a_template_that_was_loaded_with_such_a_word_is_pointed_at(self, client, case):
        LetterTemplate.objects.filter(code="family_questions").update(body="Your case.")
        assert "the word “case” stands in it" in get(client, case, "family_letter", "family_questions")

    def test_without_a_key_worker_it_leads_to_naming_one(self, client, case):
        page = get(client, case, "family_letter", "family_introduction")
        assert f'href="{address(case, "family_key_worker")}">Name one' in page

    def test_that_it_was_given_is_recorded_with_one_press(self, client, case):
        page = post(client, case, "family_letter", "family_introduction", given="yes")
        assert "Recorded: the letter was given." in page
        assert case.timeline.filter(text__startswith="Letter given to the family").count() == 1

    @pytest.mark.parametrize("code", ["safeguarding_panel", "nonsense"])
    def test_no_other_letter_is_found_there(self, client, case, code):
        assert client.get(address(case, "family_letter", code)).status_code == 404


SCREENS = ["family", "family_key_worker", "family_told", "family_wishes", "family_said", "family_brought"]
SCREENS += ["family_feedback", "family_answer", "family_letter"]


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_opens_for_the_roles_that_need_it(client, case, coordinator, person, screen):
    review(case, coordinator, person("Panel chair"), until="schedule_panel")
    words = hear(case, coordinator)
    args = {"family_answer": [words.pk], "family_letter": ["family_questions"]}.get(screen, [])
    opened = set()
    for role in ROLES:
        client.force_login(person(role))
        opened |= {role} if client.get(address(case, screen, *args)).status_code == 200 else set()
    assert opened == KEEP


def test_words_of_another_family_are_not_found(client, case, coordinator, notification):
    other = Case.objects.get(submissions__submission=receive(notification, invented_answers(nhs_number="")))
    assert client.get(address(case, "family_answer", hear(other, coordinator).pk)).status_code == 404


@pytest.mark.parametrize("role", ["Panel chair", "Panel member", "Information governance"])
def test_the_others_see_nothing_of_it_on_the_case(client, case, coordinator, person, role):
    review(case, coordinator, person("Panel chair"), until="schedule_panel")
    hear(case, coordinator)
    services.name_key_worker(case, coordinator, **KEY_WORKER)
    client.force_login(person(role))
    page = get(client, case, "case")
    for secret in (QUESTION, "Kim Madeup", "Zelda", address(case, "family")):
        assert secret not in page


def test_whoever_reads_it_is_on_record(client, case, coordinator, person):
    doctor = person("Designated doctor")
    client.force_login(doctor)
    get(client, case, "family")
    assert case.views.filter(by=doctor).exists()


class TestMeetings:
    def test_the_page_of_the_cdrm_shows_what_the_family_asks_to_those_who_may_know_it(
        self, client, case, coordinator, chair
    ):
        review(case, coordinator, chair, until="schedule_cdrm")
        hear(case, coordinator)
        meeting = case.agenda_items.get().meeting
        assert QUESTION in text(client.get(meeting.get_absolute_url()))
        client.force_login(chair)
        page = text(client.get(meeting.get_absolute_url()))
        assert "1 question or view of the family." in page
        assert QUESTION not in page

    def test_reading_it_there_is_on_record(self, client, case, coordinator, chair, person):
        review(case, coordinator, chair, until="schedule_cdrm")
        hear(case, coordinator)
        doctor = person("Designated doctor")
        client.force_login(doctor)
        client.get(case.agenda_items.get().meeting.get_absolute_url())
        assert case.views.filter(by=doctor).exists()

    def test_the_page_of_the_panel_says_that_there_is_something_and_shows_no_words(
        self, client, case, coordinator, chair, person
    ):
        hear(case, coordinator)
        review(case, coordinator, chair, until="schedule_panel")
        meeting = case.agenda_items.latest("pk").meeting
        page = text(client.get(meeting.get_absolute_url()))
        assert "among the passages of the anonymised pack" in page
        assert QUESTION not in page
        client.force_login(person("Panel member"))
        assert "of the family" not in text(client.get(meeting.get_absolute_url()))


class TestPack:
    def test_it_has_what_the_family_said_once_a_person_has_confirmed_it(self, client, case, coordinator):
        hear(case, coordinator, text="Why did Dr Fabricated not ring?")
        pack = prepared(case, coordinator)
        passage = pack.passages.get(section="The family’s questions and views")
        assert (passage.decision, passage.label) == ("open", "Question of the family")
        assert passage.source == "The family, 2 days after the death"
        with pytest.raises(MoveRefused, match="still stands in the text"):
            confirm_passage(passage, coordinator, "Why did Zelda Fabricated’s doctor not ring?")
        confirm_passage(passage, coordinator, "Why did the doctor not ring?")
        finished(pack, coordinator)
        assert "Why did the doctor not ring?" in get(client, case, "pack")

    def test_the_name_of_the_key_worker_is_found_in_what_people_write(self, case, coordinator):
        services.name_key_worker(case, coordinator, **KEY_WORKER)
        hear(case, coordinator, text="Kim Madeup was good to us.")
        shown = prepared(case, coordinator).passages.get(item__startswith="family/").shown
        assert shown == "The key worker was good to us."

    def test_who_in_the_family_said_it_stands_nowhere_in_it(self, case, coordinator):
        hear(case, coordinator)
        passage = prepared(case, coordinator).passages.get(item__startswith="family/")
        assert "other" not in passage.label + passage.source

    def test_something_said_later_makes_it_out_of_date(self, case, coordinator):
        finished(prepared(case, coordinator), coordinator)
        assert has_current_pack(case) == ""
        hear(case, coordinator)
        assert "Make it again" in has_current_pack(case)
        finished(make_pack(case, coordinator), coordinator)
        assert has_current_pack(case) == ""

    def test_a_decision_holds_while_the_words_are_the_same(self, case, coordinator):
        hear(case, coordinator)
        finished(prepared(case, coordinator), coordinator, text="Why did nobody ring?")
        hear(case, coordinator, kind="view", text="She loved the sea.")
        again = make_pack(case, coordinator)
        kept = {each.original: each.decision for each in again.passages.filter(item__startswith="family/")}
        assert kept == {QUESTION: "confirmed", "She loved the sea.": "open"}

    def test_what_was_said_on_a_merged_case_is_in_the_pack_of_the_kept_one(self, case, coordinator, notification):
        other = Case.objects.get(submissions__submission=receive(notification, invented_answers()))
        hear(other, coordinator)
        cases.move(other, "mark_duplicate", coordinator, details={"duplicate_of": case.reference})
        assert prepared(case, coordinator).passages.filter(item__startswith="family/").count() == 1


def test_the_screens_ask_as_often_for_much_as_for_little(client, case, coordinator, chair):
    review(case, coordinator, chair, until="schedule_cdrm")
    item, counts = case.agenda_items.get(), []
    for more in (2, 8):
        for number in range(more):
            words = hear(case, coordinator, text=f"Question {more} {number}?")
            services.bring(case, coordinator, item=item, words=[words])
            services.answer(words, coordinator, text="Yes.", answered_on=days_ago(0))
            services.give_feedback(case, coordinator, given_on=days_ago(0), given_by="x", text="All of it.")
        seen = []
        for page in (address(case, "family"), address(case, "case"), item.meeting.get_absolute_url()):
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            seen.append(len(queries))
        counts.append(seen)
    assert counts[0] == counts[1]
