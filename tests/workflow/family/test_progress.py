"""What a family can be told of where the review is: for every state, in words they may read."""

import re

import pytest
from django.urls import reverse

from workflow.family.letters import family_letter, progress_of, unfit
from workflow.letters.shipped import load_letters
from workflow.letters.words import FORBIDDEN
from workflow.models import Case, LetterTemplate
from workflow.states import LABELS, PUBLIC, State

pytestmark = pytest.mark.django_db
INSIDE = ("CDRM", "NCMD", "CDOP", "duplicate", "scope", "triage")


@pytest.mark.parametrize("state", State)
def test_every_state_has_words_for_a_family_without_those_of_staff(state):
    words = PUBLIC[state]
    assert words.endswith(".")
    assert not re.search(FORBIDDEN, words, re.IGNORECASE)
    assert not any(inside.lower() in words.lower() for inside in INSIDE)
    assert unfit(words) == []


def test_no_words_are_left_over():
    assert set(PUBLIC) == set(LABELS)


def test_they_are_on_the_screen_of_the_family(client, case, coordinator):
    client.force_login(coordinator)
    page = client.get(reverse("cases:family", args=[case.reference])).content.decode()
    assert progress_of(case) in page


def test_a_letter_can_say_them(case):
    load_letters()
    template = LetterTemplate.objects.filter(about="family").first()
    template.body = "Where we are: [progress]"
    template.full_clean()
    assert PUBLIC[State(case.state)] in family_letter(case, template, "Invented Parent", None, "")


@pytest.mark.parametrize("state", State)
def test_the_letter_for_the_time_between_says_them_on_a_line_of_their_own(case, state):
    load_letters()
    there = Case(pk=case.pk, reference=case.reference, state=state)
    text = family_letter(there, LetterTemplate.objects.get(code="family_progress"), "Invented Parent", None, "")
    assert PUBLIC[state] in text.splitlines()
    assert unfit(text) == []


def test_they_follow_the_translation_that_is_in_use(case, settings):
    from django.utils import translation

    with translation.override("cy"):
        assert progress_of(Case(state=State.CLOSED))
