"""A visitor who sends anything at all to any screen, in any order: never an error, and a draft that still opens."""

from urllib.parse import quote_from_bytes

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.definitions import read
from forms.kinds import kind_of
from forms.models import Draft, Submission
from forms.schema import FormSchema
from tests.notifying import START, pages, walk

pytestmark = pytest.mark.django_db
FORM = FormSchema.model_validate(read("notification"))
PARTS = [part for question in FORM.questions() for part in (question, *question.questions)]
NAMES = sorted({name for part in PARTS for name in (*kind_of(part).parts(part), f"{part.key}__unknown")})
CODES = sorted(
    {choice.code for part in PARTS for choice in part.choices} | {"yes", "no", "not_known", "not_applicable"}
)
SCREENS = [page.key for page in FORM.pages] + ["check", "sent", "later", "resume", "nothing"]
ITEMS = ["new/", "stop/", "abc1/", "abc1/remove/", "new/remove/", "..%2f/", "%00/", "é/"]
NUMBERS = ["0", "-1", "31", "2", "29", "2024", "9" * 400, "1e9", "9990000018", "٣", "Ⅷ", "½"]

addresses = st.builds(
    lambda screen, item, query: f"{screen}/{item}{query}",
    st.sampled_from(SCREENS),
    st.just("") | st.sampled_from(ITEMS),
    st.sampled_from(["", "?change=1", "?change", "?%00=%ff", "?" + "a=1&" * 50]),
)
values = st.sampled_from(CODES + NUMBERS) | st.text(st.characters(codec=None), max_size=40) | st.just("x" * 20_000)
names = st.sampled_from(
    [*NAMES, "token", "declaration", "later", "add_file", "remove_file", "csrfmiddlewaretoken", "id"]
)
fields = st.lists(st.tuples(names | st.text(max_size=10), values), max_size=12)
types = st.sampled_from(
    ["application/x-www-form-urlencoded"] * 6
    + ["multipart/form-data; boundary=x", "multipart/form-data", "application/json", "text/plain", "", "\x00"]
)
methods = st.sampled_from(["get", "post", "post", "post", "post", "head", "put", "delete", "options"])
requests = st.lists(st.tuples(methods, addresses, fields, types), min_size=1, max_size=6)


def encoded(sent: list[tuple[str, str]]) -> bytes:
    """As a browser would send it, and lone halves of surrogate pairs as no browser would."""

    def part(text: str) -> str:
        return quote_from_bytes(text.encode("utf-8", "surrogatepass"))

    return "&".join(f"{part(name)}={part(value)}" for name, value in sent).encode()


def send(client: Client, root: str, request: tuple) -> int:
    method, address, sent, content_type = request
    if method in ("get", "head", "options"):
        return getattr(client, method)(root + address).status_code
    return getattr(client, method)(root + address, encoded(sent), content_type=content_type).status_code


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(sent=requests)
def test_whatever_is_sent_to_a_draft_is_answered_and_the_draft_still_opens(notification_form, sent):
    client = Client(raise_request_exception=True)
    first = client.post(START).headers["Location"]
    root = first.replace("safety/", "")
    client.post(f"{root}child/", pages()["child"])
    for request in sent:
        assert send(client, root, request) < 500, request
    for screen in ("check/", "child/", "professionals/", "family/"):
        assert client.get(root + screen).status_code in (200, 302)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(sent=requests)
def test_whatever_is_sent_after_sending_changes_nothing(client, notification_form, sent):
    if not Submission.objects.exists():
        client.post(walk(client), {"declaration": "yes"})
    (draft,) = Draft.objects.all()
    before = Submission.objects.get().all_answers()
    for request in sent:
        assert send(client, f"/answer/{draft.pk}/", request) < 500, request
    assert Submission.objects.get().all_answers() == before
    assert Draft.objects.get().sealed == ""
