"""Every screen of a journey, in a language whose words are marked: none of our words is left in English."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone, translation

from forms.models import Draft, Form, FormPage, ReturnPass, Submission
from forms.returning import save_for_later, warn_before_the_end
from forms.services import change, freeze
from forms.stream import stream_pages
from tests.forms.translated import ANSWERS, answer_to, asked, marked_page, publish_marked
from tests.translating import LANGUAGE, mark, mark_area, outside, unmarked

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("marked")]
MEMBER = asked("short_text", required="mandatory", unknown=[])
GROUP = {
    "kind": "repeat",
    "key": "people",
    "label": mark("People"),
    "item_title": mark("Person"),
    "min_items": 1,
    "max_items": 2,
    "questions": [MEMBER],
}
FORM = (
    marked_page("who", asked("email", required="mandatory"), asked("phone", required="warn")),
    marked_page("people", GROUP),
)


def place(address: str, *parts: str) -> str:
    """Another screen of the same journey."""
    return "/".join([*address.split("/")[:3], *parts, ""])


@pytest.fixture
def first(client) -> str:
    """The first page of a journey on a form of two pages."""
    publish_marked(*FORM, acknowledge="email")
    return client.post("/small/").headers["Location"]


@pytest.fixture
def answered(client, first) -> str:
    """The check page of a journey on which everything is answered."""
    client.post(first, {"email": "nurse@invented.example", "phone": "01632 960 001"})
    client.post(place(first, "people", "new"), {"short_text": mark("Invented"), "token": "abc1"})
    return place(first, "check")


def message_is_marked(message: Any) -> bool:
    return outside(f"{message.subject}\n{message.body}") == []


def test_the_check_sees_what_is_not_marked():
    page = f"<p>{mark('In')} of</p>{mark('<b>a</b>')}<img alt='A picture'><textarea>typed</textarea>3 a@b.c"
    assert unmarked(HttpResponse(page)) == ["of", "A picture"]


class TestJourney:
    def test_the_start_page(self, client):
        publish_marked(*FORM)
        assert unmarked(client.get("/small/")) == []
        Form.objects.update(live=False)
        assert unmarked(client.get("/small/")) == []
        mark_area(phone="")
        assert unmarked(client.get("/small/")) == []

    def test_the_start_page_while_the_form_is_closed(self, client):
        publish_marked(*FORM)
        mark_area(notification_down=mark("down"))
        page = FormPage.objects.get()
        page.slug = "report-a-child-death"
        page.save()
        assert unmarked(client.get("/report-a-child-death/")) == []

    def test_a_page_is_drawn_anew_for_each_language(self, client, first):
        assert unmarked(client.get(first)) == []
        with translation.override("en-gb"):
            assert BeautifulSoup(client.get(first).content, "html.parser").html["dir"] == "ltr"
        assert unmarked(client.get(first)) == []

    def test_it_is_written_from_right_to_left(self, client, first):
        Draft.objects.update(language=LANGUAGE)
        for address in (first, "/small/", "/search/", "/nowhere/"):
            html = BeautifulSoup(client.get(address).content, "html.parser").html
            assert (html["lang"], html["dir"]) == ("ar", "rtl")

    def test_a_page_with_errors(self, client, first):
        assert unmarked(client.post(first, {})) == []

    def test_a_group_and_its_items(self, client, first):
        group = place(first, "people")
        client.post(first, {"email": "nurse@invented.example"})
        assert unmarked(client.get(group)) == []
        assert unmarked(client.post(group)) == []
        change(Draft.objects.get(), lambda answers: answers.update(people=[{"id": "half"}]))
        assert unmarked(client.post(group)) == []
        client.post(group + "half/remove/")
        for item in ("new", "new"):
            assert unmarked(client.get(group + item + "/")) == []
            assert unmarked(client.post(group + item + "/", {})) == []
            client.post(group + item + "/", {"short_text": mark("Invented")})
            assert unmarked(client.get(group)) == []
        assert unmarked(client.post(group + "new/", {"short_text": mark("One too many")})) == []
        item = Draft.objects.get().answers["people"][0]["id"]
        assert unmarked(client.get(f"{group}{item}/")) == []
        assert unmarked(client.get(f"{group}{item}/remove/")) == []

    def test_the_check_page(self, client, first, settings):
        check = place(first, "check")
        assert unmarked(client.get(check)) == []
        assert unmarked(client.post(check)) == []
        assert unmarked(client.post(check, {"declaration": "yes"})) == []
        settings.FORM_QUICKEST_SECONDS = 3600
        assert unmarked(client.post(check, {"declaration": "yes"})) == []

    def test_the_receipt(self, client, answered, django_capture_on_commit_callbacks):
        assert unmarked(client.get(answered)) == []
        with django_capture_on_commit_callbacks(execute=True):
            client.post(answered, {"declaration": "yes"})
        assert unmarked(client.get(answered, follow=True)) == []
        assert message_is_marked(mail.outbox[0])

    def test_save_and_come_back(self, client, first, django_capture_on_commit_callbacks):
        later = place(first, "later")
        assert unmarked(client.get(later)) == []
        for address in ("", "nonsense", "x" * 300 + "@invented.example"):
            assert unmarked(client.post(later, {"email": address})) == []
        with django_capture_on_commit_callbacks(execute=True):
            assert unmarked(client.post(later, {"email": "nurse@invented.example"}, follow=True)) == []
        assert unmarked(client.get("/answer/saved/")) == []
        assert message_is_marked(mail.outbox[0])
        link = re.search(r"https?://[^/]+(/answer/return/\S+)", mail.outbox[0].body)[1]
        assert unmarked(client.get(link)) == []
        for _ in range(5):
            answer = client.post(link, {"code": "wrong"})
            assert unmarked(answer) == []
        assert answer.status_code == 429
        assert unmarked(client.get("/answer/return/nothing/")) == []

    def test_stopping_the_link(self, client, first):
        save_for_later(Draft.objects.get(), "nurse@invented.example")
        assert unmarked(client.get(place(first, "later"))) == []
        assert unmarked(client.post(place(first, "later", "stop"), follow=True)) == []

    def test_the_warning_before_answers_are_deleted(self, client, first, settings):
        client.post(place(first, "later"), {"email": "nurse@invented.example"})
        assert ReturnPass.objects.count() == 1
        Draft.objects.update(changed_at=timezone.now() - timezone.timedelta(days=settings.DRAFT_DAYS - 1))
        warn_before_the_end()
        assert message_is_marked(mail.outbox[-1])

    def test_the_warning_to_an_account(self, client, settings):
        publish_marked(*FORM)
        client.force_login(User.objects.create(username="invented", email="nurse@invented.example"))
        client.post("/small/")
        Draft.objects.update(changed_at=timezone.now() - timezone.timedelta(days=settings.DRAFT_DAYS - 1))
        warn_before_the_end()
        assert message_is_marked(mail.outbox[-1])

    def test_what_changed_meanwhile(self, client, answered):
        form = Form.objects.get()
        page = marked_page("who", asked("email", label=mark("reworded")), asked("full_name"))
        form.pages, form.unfinished = stream_pages([page]), "carry"
        form.save()
        freeze(Form.objects.get())
        assert unmarked(client.get(place(answered, "resume"))) == []

    def test_ones_own_unfinished_forms(self, client):
        publish_marked(*FORM)
        client.force_login(User.objects.create(username="invented"))
        assert unmarked(client.get("/answer/mine/")) == []
        client.post("/small/")
        assert unmarked(client.get("/answer/mine/")) == []

    def test_what_is_not_accepted(self, client, first):
        urlencoded = "application/x-www-form-urlencoded"
        assert unmarked(client.post(first, b"a=" + b"x" * 3_000_000, content_type=urlencoded)) == []
        assert unmarked(client.post(first, b"a", content_type="multipart/form-data")) == []
        assert unmarked(Client().get(first)) == []
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = client.cookies
        assert unmarked(strict.post(first, {})) == []
        assert unmarked(strict.post("/small/", {})) == []

    def test_what_is_sent_is_the_same_as_in_english(self, client):
        kinds = sorted(ANSWERS)
        publish_marked(*(marked_page(kind.replace("_", "-"), asked(kind)) for kind in kinds))

        def sent() -> dict[str, Any]:
            address = client.post("/small/").headers["Location"]
            for kind in kinds:
                client.post(place(address, kind.replace("_", "-")), answer_to(kind))
            client.post(place(address, "check"), {"declaration": "yes"})
            return Submission.objects.latest("pk").all_answers()

        there = sent()
        with translation.override("en-gb"):
            assert sent() == there
        assert Submission.objects.count() == 2
        assert there.keys() == ANSWERS.keys()
