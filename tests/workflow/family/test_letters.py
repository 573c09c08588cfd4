"""What a family can receive: calm, plain, and never about a “case”."""

import re

import pytest
import yaml
from django.conf import settings
from django.core.exceptions import ValidationError

from content.definitions import read_pages
from tests.notifying import days_ago
from tests.workflow.family.hearing import KEY_WORKER
from workflow.family.letters import TO_FILL_IN, family_letter, unfit
from workflow.family.services import name_key_worker
from workflow.letters.shipped import FILE, load_letters
from workflow.letters.words import FORBIDDEN, WORDS
from workflow.models import LetterTemplate

pytestmark = pytest.mark.django_db
LETTERS = yaml.safe_load(FILE.read_text(encoding="utf-8"))["letters"]
TO_FAMILIES = [code for code, letter in LETTERS.items() if letter["about"] == "family"]
HARSH = (
    "!",
    "the deceased",
    "passed away",
    "incident",
    "data",
    "pursuant",
    "statutory",
    "investigation",
    "safeguarding",
)


@pytest.fixture(autouse=True)
def letters(db) -> None:
    load_letters()


def filled(case, code, **typed):
    typed = {"to": "Ms Fabricated", "by": None, "words": ""} | typed
    return family_letter(case, LetterTemplate.objects.get(code=code), **typed)


def test_there_is_one_to_introduce_one_before_and_one_after_the_meeting_and_one_for_the_time_between():
    assert TO_FAMILIES == ["family_introduction", "family_questions", "family_after_meeting", "family_progress"]


@pytest.mark.parametrize("code", TO_FAMILIES)
def test_no_letter_to_a_family_says_case(case, code):
    assert unfit(f"{LETTERS[code]['title']} {LETTERS[code]['body']}") == []
    assert unfit(filled(case, code)) == []


FAMILY_PAGES = [page for page in read_pages() if page.key.startswith(("families", "home"))]


@pytest.mark.parametrize("page", FAMILY_PAGES, ids=lambda page: page.key)
def test_no_page_or_guide_that_ships_for_families_says_case(page):
    assert len(FAMILY_PAGES) > 4
    path = settings.ROOT / "content/definitions" / f"{page.key}.yaml"
    assert re.findall(FORBIDDEN, path.read_text(encoding="utf-8"), re.IGNORECASE) == []


@pytest.mark.parametrize("code", TO_FAMILIES)
def test_a_letter_is_calm_and_plain(code):
    body = LETTERS[code]["body"]
    assert "ympathy" in body
    for word in HARSH:
        assert word not in body.lower()
    for sentence in re.split(r"[.?:]\s", body):
        assert len(sentence.split()) <= 34, sentence


def test_the_first_one_begins_with_condolence_and_says_that_it_is_not_about_blame():
    body = LETTERS["family_introduction"]["body"]
    assert body.index("We are so sorry") < body.index("child death review")
    assert "It is not about blame." in body
    assert "“When a child dies”" in body


@pytest.mark.parametrize("code", TO_FAMILIES)
def test_everything_in_brackets_is_filled(case, coordinator, code):
    name_key_worker(case, coordinator, **KEY_WORKER)
    text = filled(case, code, by=days_ago(-9), words="We met on Sunday.")
    assert "[" not in text
    assert TO_FILL_IN not in text
    for words in ("Dear Ms Fabricated", "Test", "Kim Madeup", "We met on Sunday.", case.reference):
        assert words in text
    assert "Invented" not in text.replace("Invented area", "")


def test_what_is_not_known_is_left_to_fill_in_by_hand(case):
    text = filled(case, "family_introduction", to="")
    assert TO_FILL_IN in text
    assert "Dear parent or carer" in text


def test_a_day_by_which_questions_are_wanted_is_never_a_must(case):
    assert "as soon as you feel able to" in filled(case, "family_questions")
    assert f"by {days_ago(-9):%-d %B %Y}" in filled(case, "family_questions", by=days_ago(-9))


@pytest.mark.parametrize(("text", "found"), [("Your case", ["case"]), ("CASES!", ["cases"]), ("A suitcase", [])])
def test_what_a_family_should_not_read_is_found(text, found):
    assert unfit(text) == found


def test_an_editor_cannot_save_a_letter_to_a_family_that_says_case():
    template = LetterTemplate.objects.get(code="family_questions")
    template.full_clean()
    template.body += " Your case is open."
    with pytest.raises(ValidationError, match="never “case”"):
        template.full_clean()


def test_a_letter_of_one_kind_uses_no_words_of_the_other():
    template = LetterTemplate.objects.get(code="family_questions")
    template.body += "[nhs number]"
    with pytest.raises(ValidationError, match="Nothing is known as"):
        template.full_clean()
    assert "nhs number" not in WORDS["family"]


def test_loading_letters_again_changes_nothing_that_an_editor_wrote():
    LetterTemplate.objects.filter(code="family_questions").update(body="Ours.")
    assert load_letters() == 0
    assert LetterTemplate.objects.get(code="family_questions").body == "Ours."
