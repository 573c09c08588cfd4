"""Every form that ships is walked from its first page to its receipt, without JavaScript."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from forms.access import SESSION_KEY
from forms.checks.errors import CHOOSING
from forms.definitions import names
from forms.journey import questions_on
from forms.models import Draft, Submission
from forms.schema import Question
from forms.services import begin
from forms.shipping import load, load_lists
from tests.forms.filling import Raw, codes, date_raw, sensible
from tests.notifying import days_ago

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
# What must fit other answers in a form that is filled in without looking.
FITTING = {"category_secondary": "10", "cspr_referral": "referred", "level": "2"}


def recent(question: Question) -> Raw:
    """A sensible answer for a baby of two months who died a month ago."""
    if question.kind == "upload":
        return {}
    if question.kind in CHOOSING and FITTING.get(question.key) in codes(question):
        return {question.key: FITTING[question.key]}
    if question.kind == "date":
        return date_raw(question.key, days_ago(90 if question.key == "date_of_birth" else 30))
    return sensible(question)


def posted(questions: list[Question]) -> Raw:
    return {name: value for question in questions for name, value in recent(question).items()}


@pytest.fixture
def start(client):
    """`start(name)`: a new draft of a shipped form in this browser."""

    def begun(name: str) -> Draft:
        load_lists()
        form, _ = load(name)
        draft = begin(form.newest_version())
        session = client.session
        session[SESSION_KEY] = [str(draft.pk)]
        session.save()
        return draft

    return begun


def walk(client, draft: Draft) -> str:
    """Answer every page; the address of the check page."""
    schema = draft.definition
    address = reverse("forms:page", args=[draft.pk, schema.pages[0].key])
    for _ in schema.pages:
        page = schema.page(address.rstrip("/").rsplit("/", 1)[-1])
        if page is None:
            break
        assert client.get(address).status_code == 200
        if page.group:
            item = client.post(f"{address}new/", posted(page.group.questions) | {"token": "abc1"})
            assert item.status_code == 302, [field.error for field in item.context["errors"]]
        asked = questions_on(page, Draft.objects.get(pk=draft.pk).answers, days_ago(0))
        response = client.post(address, posted([each for each in asked if each.kind != "repeat"]))
        assert response.status_code == 302, (page.key, [field.error for field in response.context["errors"]])
        address = response.headers["Location"]
    return address


@pytest.mark.parametrize("name", names())
def test_a_form_that_is_filled_in_can_be_sent(client, start, name):
    draft = start(name)
    check = walk(client, draft)
    assert check == reverse("forms:check", args=[draft.pk])
    assert client.get(check).status_code == 200
    filled_in = Draft.objects.get().answers
    receipt = client.post(check, {"declaration": "yes"})
    assert receipt.status_code == 302, receipt.context["problems"]
    submission = Submission.objects.get()
    assert submission.reference in client.get(receipt.headers["Location"]).content.decode()
    answered = {key for key, value in submission.all_answers().items() if value is not None}
    worked_out = {question.key for question in draft.definition.questions() if question.calculation}
    assert answered - worked_out == {key for key, value in filled_in.items() if value is not None}
    sensitivity = {question.key: question.sensitivity for question in draft.definition.questions()}
    assert not {key for key in submission.answers if sensitivity[key] in ("I", "P")}


@pytest.mark.parametrize("name", names())
def test_an_empty_form_is_refused_with_links_to_what_is_missing(client, start, name):
    draft = start(name)
    response = client.post(reverse("forms:check", args=[draft.pk]), {"declaration": "yes"})
    assert response.status_code == 200
    assert response.context["problems"]
    for place, _ in response.context["problems"]:
        assert client.get(place).status_code == 200
    assert Submission.objects.count() == 0


@pytest.mark.parametrize(
    ("scheme", "grades"), [({}, ["0", "1", "2"]), ({"level_scheme": "legacy"}, ["0", "1", "1*", "2", "3"])]
)
def test_a_factor_of_an_older_analysis_is_graded_as_the_analysis_says(client, start, scheme, grades):
    draft = start("analysis")
    draft.answers = {"meeting_date": "2016-03-01"} | scheme
    draft.save()
    assert "Which grades does this analysis use?" in client.get(address_of(draft, "grades")).content.decode()
    item = f"{address_of(draft, 'factors')}new/"
    asked = BeautifulSoup(client.get(item).content, "html.parser")
    assert [radio["value"] for radio in asked.select("input[name=level]")] == grades
    group = draft.definition.page("factors").group
    added = client.post(item, posted(group.questions) | {"level": "3", "token": "abc1"})
    assert added.status_code == (302 if "3" in grades else 200)


def address_of(draft: Draft, key: str) -> str:
    return reverse("forms:page", args=[draft.pk, key])
