"""Each kind of question in another language: every word of ours changes, and nothing that is stored does."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from exports.datasets.answers import codes_of
from forms.exchange import fhir
from forms.exchange.formats import FORMATS
from forms.kinds import kind_names, kind_of
from forms.models import Draft
from forms.schema import FormSchema, Page, Question
from tests.forms.asking import posted
from tests.forms.filling import ODD
from tests.forms.translated import ANSWERS, NOTHING_TO_TYPE, answer_to, asked, marked_page, publish_marked
from tests.translating import mark, outside, unmarked

TYPED = sorted(kind_names() - NOTHING_TO_TYPE)
NEARLY = {
    "date": [{"date__day": "1", "date__month": "1", "date__year": "1800"}],
    "decimal_number": [{"decimal_number": "0.55"}],
    "nhs_number": [{"nhs_number": "999 000 0019"}],
}
NEVER_ASKED = {"hidden", "repeat"}


def messages_of(question: Question, raw: dict) -> list[str]:
    try:
        kind_of(question).clean(question, posted(raw))
    except ValidationError as problem:
        return [str(message) for message in problem.messages]
    return []


def test_every_kind_has_an_answer_here():
    assert set(TYPED) == set(ANSWERS)


@pytest.mark.parametrize("kind", TYPED)
def test_every_message_can_be_translated(marked, kind):
    question = Question(**asked(kind, required="mandatory"))
    parts = kind_of(question).parts(question)
    raws = [{part: odd} for part in parts for odd in ODD] + [dict.fromkeys(parts, odd) for odd in ODD]
    raws += NEARLY.get(kind, [])
    unknown = {f"{kind}__unknown": list(question.unknown)}
    raws += [unknown, answer_to(kind) | unknown, {kind: ["one", "none"]}, {part: {"no": "text"} for part in parts}]
    messages = [message for raw in raws for message in messages_of(question, raw)]
    assert messages
    assert [words for message in messages for words in outside(message)] == []


@pytest.mark.parametrize("kind", sorted(kind_names() - NEVER_ASKED))
@pytest.mark.django_db
def test_every_word_around_a_question_can_be_translated(client, marked, kind):
    of = {"operation": "sum", "of": ["whole_number"]}
    question = asked(kind, required="optional") | ({"calculation": of} if kind == "calculated" else {})
    publish_marked(
        marked_page("first", asked("whole_number", key="whole_number")),
        marked_page("second", question | {"key": f"{kind}_2"}),
    )
    first = client.post("/small/").headers["Location"]
    second, check = (first.replace("/first/", f"/{place}/") for place in ("second", "check"))
    assert unmarked(client.get(second)) == []
    answer = {name.replace(kind, f"{kind}_2", 1): value for name, value in answer_to(kind).items()}
    assert client.post(second, answer).status_code == 302
    client.post(first, {"whole_number": "3"})
    for address in (second, check):
        assert unmarked(client.get(address)) == []


@pytest.mark.parametrize("kind", TYPED)
def test_what_is_stored_is_the_same_in_any_language(marked, kind):
    question = Question(**asked(kind))
    there = kind_of(question).clean(question, posted(answer_to(kind)))
    with override("en-gb"):
        assert kind_of(question).clean(question, posted(answer_to(kind))) == there
    assert kind_of(question).clean(question, kind_of(question).raw(question, there)) == there


@pytest.mark.django_db
def test_a_file_is_described_in_the_language_and_stored_in_english(client, marked):
    publish_marked(marked_page("papers", asked("upload", required="mandatory")))
    address = client.post("/small/").headers["Location"]
    reports = [SimpleUploadedFile(mark("report.pdf"), b"%PDF-1.7\n%invented\n%%EOF\n") for _ in range(3)]
    refused = [SimpleUploadedFile(mark("a"), b"text"), SimpleUploadedFile(mark("b"), b"%PDF" + b"x" * 2_000_000)]
    for file in (SimpleUploadedFile(mark("c"), b""), *refused, *reports):
        page = client.post(address, {"upload": file, "add_file": "upload"})
        assert unmarked(page) == []
    (first, second) = Draft.objects.get().answers["upload"]
    assert (first["type"], second["type"]) == ("PDF", "PDF")
    for file in (first, second):
        assert unmarked(client.post(address, {"remove_file": f"upload:{file['id']}"})) == []
    assert unmarked(client.post(address, {})) == []


def whole_form() -> FormSchema:
    kinds = sorted(kind_names() - {"calculated", "hidden", "repeat"})
    questions = [Question(**asked(kind)) for kind in kinds]
    return FormSchema(slug="whole", title="Whole", pages=[Page(key="one", title="One", questions=questions)])


def leaving() -> list[Any]:
    """What a form and its answers look like to other software: files, answers in FHIR, the codes of a dataset."""
    kinds = sorted(kind_names() - {"calculated", "hidden", "repeat"})
    questions = [Question(**asked(kind)) for kind in kinds]
    schema = FormSchema(slug="whole", title="Whole", pages=[Page(key="one", title="One", questions=questions)])
    typed = [question for question in questions if question.kind in ANSWERS]
    answers = {each.key: kind_of(each).clean(each, posted(answer_to(each.kind))) for each in typed}
    files = [FORMATS[name].read(FORMATS[name].write(schema, 1)) for name in FORMATS]
    response = fhir.response_of(schema, answers, "7KQM-4RTX-9WDF", dt.datetime(2026, 3, 2, tzinfo=dt.UTC))
    return [files, response, [codes_of([question]) for question in questions]]


def test_what_leaves_is_the_same_in_any_language(request):
    english = leaving()
    request.getfixturevalue("marked")
    assert leaving() == english
