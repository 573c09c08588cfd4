"""What panels learned is found again across cases, and says nothing of who the children were."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from forms.models import Code, CodeList
from tests.workflow.analyses.writing import send, written
from workflow.analyses import services
from workflow.analyses.learning import learned, learning_for, with_words
from workflow.analyses.signing import sign
from workflow.models import Analysis, Case, LearningPoint

URL = "/admin/learning/"
WORDS = st.text(max_size=20)


@pytest.mark.django_db
class TestKeeping:
    def test_nothing_is_learned_before_the_chair_signs(self, final, doctor):
        assert list(learning_for(doctor)) == []

    def test_signing_keeps_each_point_with_its_category(self, final, chair, doctor):
        sign(final, chair)
        (point,) = learning_for(doctor)
        assert (point.kind, point.text, point.category) == ("learned", "Example lesson.", "5")

    def test_what_went_well_is_kept_as_good_practice(self, before_panel, coordinator, chair, doctor):
        says = {"agencies_present": ["gp"], "positive_practice": "The ward rang the school."}
        sign(written(before_panel, "panel", coordinator, **says), chair)
        assert [(each.kind, each.text) for each in learning_for(doctor)] == [
            ("good", "The ward rang the school."),
            ("learned", "Example lesson."),
        ]

    def test_what_was_signed_later_takes_the_place_of_what_was_signed_before(self, final, coordinator, chair, doctor):
        case = sign(final, chair).case
        newer = services.begin(Case.objects.get(pk=case.pk), "panel", coordinator, "Late toxicology")
        assert learning_for(doctor).count() == 1
        sign(send(newer, learning=[{"text": "Look earlier."}, {"text": "Write it down."}]), chair)
        assert {each.text for each in learning_for(doctor)} == {"Look earlier.", "Write it down."}
        assert LearningPoint.objects.filter(text="Example lesson.").exists()

    def test_what_could_not_be_signed_is_not_kept(self, final, person):
        with pytest.raises(Exception, match="Only the chair"):
            sign(final, person("Panel chair", 2))
        assert not LearningPoint.objects.exists()

    @pytest.mark.parametrize("role", ["Panel member", "Analyst", "Site editor", "Form editor"])
    def test_those_who_do_not_read_every_case_find_nothing(self, final, chair, person, role):
        sign(final, chair)
        assert list(learning_for(person(role))) == []


@given(st.lists(st.fixed_dictionaries({}, optional={"text": st.none() | WORDS})), st.none() | WORDS)
def test_every_thing_that_was_written_is_learned_once_and_nothing_blank(points, good):
    found = list(learned({"learning": points, "positive_practice": good}))
    written_down = [point["text"].strip() for point in points if (point.get("text") or "").strip()]
    assert [text for kind, text in found if kind == "learned"] == written_down
    assert [text for kind, text in found if kind == "good"] == ([good.strip()] if (good or "").strip() else [])


def point(case, text, kind="learned", category="5"):
    signed = Analysis.objects.filter(case=case, state="signed").first()
    return LearningPoint.objects.create(analysis=signed, kind=kind, text=text, category=category)


@pytest.fixture
def signed(final, chair):
    return sign(final, chair).case


@pytest.fixture
def reader(client, doctor):
    client.force_login(doctor)
    return client


@pytest.mark.django_db
class TestFinding:
    @pytest.mark.parametrize("words", ["letters late", "LATE letters", "etter", "letters"])
    def test_each_word_is_looked_for_in_any_order(self, signed, doctor, words):
        point(signed, "Letters between clinics were late.")
        (found,) = with_words(learning_for(doctor), words)
        assert found.text == "Letters between clinics were late."

    def test_what_has_only_one_of_the_words_is_not_found(self, signed, doctor):
        assert not with_words(learning_for(doctor), "example letters").exists()

    def test_the_screen_shows_what_was_learned_with_category_and_age(self, signed, reader):
        made = CodeList.objects.create(name="category", title="Category of death")
        Code.objects.create(code_list=made, code="5", label="5 – Acute medical condition")
        page = reader.get(URL).content.decode()
        for words in ("Example lesson.", "5 – Acute medical condition", f"{timezone.localdate():%B %Y}"):
            assert words in page
        assert reverse("cases:analysis", args=[signed.reference, signed.analyses.get(state="signed").pk]) in page

    def test_it_says_nothing_of_who_the_child_was(self, signed, reader):
        page = reader.get(URL).content.decode()
        for value in signed.identity.details.values():
            if isinstance(value, str) and len(value) > 3:
                assert value not in page

    def test_it_can_be_searched(self, signed, reader):
        point(signed, "Letters were late.")
        page = reader.get(URL, {"q": "late"}).content.decode()
        assert "Letters were late." in page
        assert "Example lesson." not in page

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"kind": "good"}, ["A kind nurse."]),
            ({"kind": "learned"}, ["Example lesson."]),
            ({"category": "8"}, ["A kind nurse."]),
        ],
    )
    def test_it_can_be_narrowed(self, signed, reader, asked, found):
        made = CodeList.objects.create(name="category", title="Category of death")
        Code.objects.bulk_create(Code(code_list=made, code=code, label=f"Invented {code}") for code in ("5", "8"))
        point(signed, "A kind nurse.", kind="good", category="8")
        assert [row.text for row in reader.get(URL, asked).context["object_list"]] == found

    def test_children_of_one_age_group_can_be_asked_for(self, signed, reader):
        group = signed.record["age_group"]
        assert len(reader.get(URL, {"age": group}).context["object_list"]) == 1
        other = next(each for each in ("0_27_days", "15_17_years") if each != group)
        assert len(reader.get(URL, {"age": other}).context["object_list"]) == 0

    def test_nothing_learned_yet_says_how_it_comes(self, reader):
        assert "when the chair of a panel signs" in reader.get(URL).content.decode()

    def test_nothing_like_it_leads_back_to_everything(self, signed, reader):
        assert "Nothing that was learned is like this" in reader.get(URL, {"q": "zebra"}).content.decode()

    def test_it_cannot_be_taken_out_as_a_spreadsheet(self, signed, reader):
        assert reader.get(URL, {"export": "csv"})["Content-Type"].startswith("text/html")

    def test_it_asks_as_often_for_many_as_for_few(self, signed, reader):
        asked = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                reader.get(URL)
            asked.append(len(queries))
            for number in range(12):
                point(signed, f"Invented lesson {number}.")
        assert asked[0] == asked[1]

    def test_words_are_shown_as_text(self, signed, reader):
        point(signed, "<b>Bold</b>")
        assert "&lt;b&gt;Bold" in reader.get(URL).content.decode()
