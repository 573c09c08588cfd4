"""Preparing and reading a pack on screen, and as a PDF."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms.services import receive
from tests.notifying import invented_answers
from tests.pdf import everything_in, kinds_in
from tests.workflow.packs.conftest import text
from tests.workflow.packs.preparing import finished, passage, prepared
from tests.workflow.reviewing import panel, review
from workflow.meetings import services as meetings
from workflow.models import Case, PackPassage
from workflow.packs import services
from workflow.packs.forms import digest
from workflow.packs.pdf import pdf_of
from workflow.services import move

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
STORY = "What do you know?"


def address(case, name, *args):
    return reverse(f"cases:{name}", args=[case.reference, *args])


def sent(passage, typed, decision="confirm"):
    """What a screen sends: the text of a passage, and the button that was pressed."""
    return {field_of(passage): typed, "decision": decision}


def field_of(passage):
    return f"text-{passage.pk}-{digest(passage.shown)}"


@pytest.fixture
def member(person):
    return person("Panel member")


@pytest.fixture
def before_the_panel(case, coordinator, person):
    return review(case, coordinator, person("Panel chair"), until="schedule_panel")


def test_from_the_case_to_a_pack_that_the_panel_reads(client, case, coordinator, member, person):
    review(case, coordinator, person("Panel chair"), until="quality_checked")
    client.force_login(coordinator)
    assert "Prepare the pack" in text(client.get(address(case, "case")))
    assert "Make the pack" in text(client.get(address(case, "pack_prepare")))
    assert "0 of 2 passages decided." in text(client.post(address(case, "pack_prepare"), follow=True))
    for each in PackPassage.objects.filter(decision="open"):
        client.post(address(case, "pack_passage", each.pk), sent(each, "What the panel reads."))
    assert "Every passage is decided." in text(client.get(address(case, "pack_prepare")))
    assert "the panel can read it" in text(client.post(address(case, "pack_finish"), follow=True))
    meeting = panel(coordinator)
    move(case, "schedule_panel", coordinator, details={"meeting": str(meeting.pk)})
    meetings.move(meeting, "share", coordinator)
    client.force_login(member)
    assert "Read the pack" in text(client.get(address(case, "case")))
    read = text(client.get(address(case, "pack")))
    for words in (case.reference, "Age at death 6 years", "Sex Female", "What the panel reads.", "Unexpected"):
        assert words in read
    for secret in ("Invented", "999 000", "ZZ99", "Test ", "Made Up"):
        assert secret not in read


def test_what_was_found_is_marked_with_what_it_is_and_not_by_colour_alone(told, client, case, coordinator):
    told("Invented Surgery", narrative="Test saw Tracey <b>twice</b>.")
    story = passage(prepared(case, coordinator), STORY)
    client.force_login(coordinator)
    page = BeautifulSoup(client.get(address(case, "pack_prepare")).content, "html.parser")
    shown = page.select_one(f"#passage-{story.pk}")
    assert [re.sub(r"\s+", " ", mark.text) for mark in shown.select("mark")] == [
        "TestName → The child",
        "TraceyPerhaps a name?",
    ]
    assert shown.select_one("textarea").text.strip() == "The child saw Tracey <b>twice</b>."
    assert shown.select_one(f"label[for=text-{story.pk}]")
    assert shown.b is None


def test_a_passage_that_a_colleague_decided_meanwhile_comes_back_with_their_words(
    told, client, case, coordinator, person
):
    told("Invented Surgery", narrative="She fell.")
    story = passage(prepared(case, coordinator), STORY)
    client.force_login(coordinator)
    seen = BeautifulSoup(client.get(address(case, "pack_prepare")).content, "html.parser")
    seen = {name: seen.select_one(f"[name={name}]")["value"] for name in [f"seen-{story.pk}"]}
    field = field_of(story)
    services.confirm_passage(story, person("Coordinator", 2), "A fall at home.")
    mine = {field: "A fall from a height.", "decision": "confirm"}
    refused = client.post(address(case, "pack_passage", story.pk), mine | seen)
    assert "Coordinator No 2 has confirmed this passage meanwhile as “A fall at home.”" in text(refused)
    shown = BeautifulSoup(refused.content, "html.parser").select_one(f"#passage-{story.pk}")
    assert shown.textarea.text.strip() == "A fall from a height."
    again = shown.select_one(f"[name=seen-{story.pk}]")
    client.post(address(case, "pack_passage", story.pk), mine | {f"seen-{story.pk}": again["value"]})
    assert passage(story.pack, STORY).shown == "A fall from a height."


def test_after_a_decision_the_next_open_passage_is_gone_to(told, client, case, coordinator):
    told("Invented Surgery", narrative="Well.")
    first, *others = prepared(case, coordinator).passages.filter(decision="open")
    client.force_login(coordinator)
    answered = client.post(address(case, "pack_passage", first.pk), {"decision": "leave_out"})
    assert answered.headers["Location"].endswith(f"#passage-{others[0].pk}")
    for each in others:
        answered = client.post(address(case, "pack_passage", each.pk), {"decision": "leave_out"})
    assert answered.headers["Location"].endswith("#finish")


def test_who_is_refused_keeps_what_they_typed_and_may_say_that_it_stays(told, client, case, coordinator):
    told("Invented Surgery", narrative="Test was well.")
    story = passage(prepared(case, coordinator), STORY)
    client.force_login(coordinator)
    typed = sent(story, "A blood Test, typed with care.")
    refused = client.post(address(case, "pack_passage", story.pk), typed)
    page = text(refused)
    assert "This still stands in the text: “Test” (name)" in page
    assert "A blood Test, typed with care." in page
    assert "names nobody, and may stay" in page
    client.post(address(case, "pack_passage", story.pk), typed | {f"kept-{story.pk}": "on"})
    story.refresh_from_db()
    assert story.shown == "A blood Test, typed with care."


def test_a_decided_passage_says_by_whom_and_can_be_looked_at_again(told, at, case, coordinator):
    told("Invented Surgery", narrative="Well.")
    services.leave_out(passage(prepared(case, coordinator), STORY), coordinator)
    page = at("pack_prepare", coordinator)
    assert "Left out by Coordinator No 1" in page
    assert "Look at it again" in page


def test_an_answer_that_comes_in_meanwhile_is_said_and_brought_in_by_beginning_again(
    told, at, client, case, coordinator
):
    prepared(case, coordinator)
    told("Invented Surgery", narrative="News.")
    assert "Something was answered or agreed since this pack was begun." in at("pack_prepare", coordinator)
    page = text(client.post(address(case, "pack_prepare"), follow=True))
    assert "News." in page
    assert "Begin again" not in page


def test_who_prepares_sees_who_the_child_is_and_that_is_recorded(at, case, coordinator):
    at("pack_prepare", coordinator)
    assert case.views.get().with_identity


def test_a_passage_of_another_case_is_not_there(client, case, coordinator, notification):
    other = Case.objects.get(submissions__submission=receive(notification, invented_answers()))
    stranger = prepared(other, coordinator).passages.filter(decision="open").first()
    client.force_login(coordinator)
    answered = client.post(address(case, "pack_passage", stranger.pk), {"decision": "leave_out"})
    assert answered.status_code == 404


def test_a_finished_pack_that_is_out_of_date_says_so_to_readers_and_on_the_case(
    told, at, case, coordinator, member, before_the_panel
):
    finished(prepared(case, coordinator), coordinator)
    told("Invented Surgery", narrative="News.")
    assert "Something was answered or agreed since" in at("pack", member)
    assert "it is out of date" in at("case", coordinator)


def test_the_page_carries_its_readers_name_role_and_time_and_each_opening_is_listed(
    at, case, coordinator, member, before_the_panel
):
    pack = finished(prepared(case, coordinator), coordinator)
    assert "Opened by Panel member No 1 (Panel member)" in at("pack", member)
    at("pack", member)
    assert pack.openings.count() == 2
    page = at("case", coordinator)
    assert page.count("Panel member No 1,") == 2
    assert "Who opened it" not in at("case", member)


def test_a_reader_takes_nothing_away_unless_it_was_allowed(client, case, coordinator, member, before_the_panel):
    pack = finished(prepared(case, coordinator), coordinator)
    client.force_login(member)
    page = client.get(address(case, "pack"))
    assert "PDF" not in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert client.get(address(case, "pack_pdf")).status_code == 404
    assert not pack.openings.filter(how="pdf").exists()


def test_where_it_was_allowed_the_pdf_is_given_and_recorded(client, case, coordinator, member, before_the_panel):
    prepared(case, coordinator)
    client.force_login(coordinator)
    for each in PackPassage.objects.filter(decision="open"):
        services.leave_out(each, coordinator)
    client.post(address(case, "pack_finish"), {"as_pdf": "on"})
    client.force_login(member)
    assert "Take it away as a PDF" in text(client.get(address(case, "pack")))
    response = client.get(address(case, "pack_pdf"))
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert "no-store" in response.headers["Cache-Control"]
    assert f"pack-{case.reference}-2.pdf" in response.headers["Content-Disposition"]
    opening = case.packs.get(state="finished").openings.filter(how="pdf").get()
    assert opening.by == member


class TestPdf:
    @pytest.fixture
    def pack(self, told, case, coordinator):
        told("Invented Surgery", narrative="Well.", household_smoking="yes")
        return prepared(case, coordinator)

    def test_it_is_tagged_and_says_its_title_and_language(self, pack, coordinator):
        made = pdf_of(finished(pack, coordinator), "A reader", "Invented area")
        for mark in (
            b"/StructTreeRoot",
            b"/Marked true",
            b"/Lang(en-GB)",
            b"pdfuaid:part>1<",
            b"/DisplayDocTitle true",
        ):
            assert mark in made, mark
        assert f"Case {pack.case.reference}: anonymised pack".encode() in made

    @pytest.mark.parametrize(
        "words",
        [
            '#read("/etc/passwd") #panic("no") $x$ *bold* _it_ `raw` <label> @ref = Heading',
            '") #sys.exit // \\ \\u{41} "] }',
            "#import \"@preview/x:1\": * \n\n\n - list\n+ list\n/ term: x",
            "你好 สวัสดี \u202e \u200b \x01 \U0001f9ea עברית العربية e\u0301",
            "\n\nOnly\n\nlines\n",
            "x" * 20_000,
        ],
    )  # fmt: skip
    def test_nothing_that_somebody_wrote_is_read_as_markup_or_breaks_it(self, pack, coordinator, words):
        made = pdf_of(finished(pack, coordinator, words), words[:80], words[:80])
        assert made.startswith(b"%PDF-")

    def test_its_parts_are_tagged_and_the_name_across_each_page_is_not_read_out(self, pack, coordinator):
        made = pdf_of(finished(pack, coordinator), "A reader", "Invented area")
        assert {"Title", "H1", "L", "LI", "Lbl", "LBody"} <= set(kinds_in(made))
        assert "/DisplayDocTitle true" in everything_in(made)
        assert re.search(r"/Artifact", everything_in(made))
        assert "/StructParents" in everything_in(made)

    def test_a_pack_with_nothing_but_its_heading_is_a_pdf_too(self, pack, coordinator):
        pack.passages.all().delete()
        assert pdf_of(services.finish(pack.case, coordinator), "A reader", "").startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["pack_prepare", "pack", "case"])
def test_a_screen_asks_as_often_for_many_passages_as_for_few(told, client, case, coordinator, name):
    def cost():
        pack = prepared(case, coordinator)
        if name != "pack_prepare":
            finished(pack, coordinator)
        client.force_login(coordinator)
        client.get(address(case, name))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(case, name))
        return len(queries)

    told("Invented Surgery", narrative="Known.")
    few = cost()
    many = {"carer": [{"id": str(number), "relationship": "mother", "work": "Baker"} for number in range(12)]}
    told("Invented Surgery", narrative="Known.", **many)
    assert cost() == few
