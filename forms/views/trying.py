"""An editor walks through a draft before publishing it, as a person would, and stores nothing."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.datastructures import MultiValueDict

from forms.conditions import offered
from forms.items import NEW, answered, drop, find, no_room, put, token
from forms.journey import (
    Walk,
    broken_here,
    clean,
    incomplete_groups,
    questions_on,
    reminders,
    unfinished,
    walk,
)
from forms.kinds import kind_of
from forms.presenters import Inside, Shown, followable, show, show_given, show_group, show_together
from forms.schema import Answers, Page, Question
from forms.selectors import sections
from forms.translations.texts import translated
from forms.uploads.services import look_at, no_more
from forms.views.drafts import DraftView
from forms.views.files import REMOVE, stays, upload_questions

SALT = "cdop.forms.walk"
# Names of the buttons that lead elsewhere instead of answering.
TO, OPEN, DROP = "to", "open_item", "remove_item"


class WalkView(DraftView):
    """The draft page by page, also in another language (`?language=pl`).

    Answers travel signed in the page. Of a file only name, size and type do; it is not scanned.
    """

    answers: Answers = {}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.today = timezone.localdate()
        found = self.form.translations.filter(language=request.GET.get("language", "")).first()
        if found is None:
            return super().serve(request, *args, **kwargs)
        self.schema = translated(self.schema, found.words)
        with translation.override(found.language):
            return super().serve(request, *args, **kwargs)

    @property
    def way(self) -> Walk:
        return walk(self.schema, self.answers, self.today)

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.stopped:
            return render(request, "cdop_forms/admin/unfinished.html", {"form": self.form, "stopped": self.stopped})
        return self._open(self.schema.pages[0])

    def post(self, request: HttpRequest) -> HttpResponse:
        self.answers = _carried(request)
        page = self.schema.page(request.POST.get(TO) or request.POST.get("page", ""))
        if self.stopped or page is None:
            self.answers = {}
            return self.get(request)
        if TO in request.POST:
            return self._open(page)
        return self._in_group(page, page.group) if page.group else self._answer(page)

    def _answer(self, page: Page) -> HttpResponse:
        asked = self._asked(page)
        refused = self._take_files(asked)
        posted = self._posted(asked)
        if refused or stays(self.request):
            return self._ask(page, posted, refused)
        cleaned, errors = clean(asked, posted, self._elsewhere(page), self.today)
        self.answers = self.answers | cleaned
        errors |= broken_here(self.schema, page, self.answers, self.today, errors)
        errors |= incomplete_groups(asked, self.answers, self.today)
        return self._ask(page, posted, errors) if errors else self._go_on(page)

    def _in_group(self, page: Page, group: Question) -> HttpResponse:
        posted = self.request.POST
        if item := posted.get("item"):
            return self._save_item(page, group, item)
        if OPEN in posted:
            return self._ask_item(page, group, posted[OPEN], self._filled(group.questions, posted[OPEN], group), {})
        if DROP in posted:
            drop(self.answers, group, posted[DROP])
            return self._open(page)
        return self._answer(page)

    def _save_item(self, page: Page, group: Question, item: str) -> HttpResponse:
        wanted = token(self.request.POST) if item == NEW else item
        cleaned, errors = clean(group.questions, self.request.POST, self.way.answers, self.today)
        if errors := no_room(group, self.answers, wanted) | errors:
            return self._ask_item(page, group, item, self.request.POST, errors)
        put(self.answers, group, answered(cleaned) | {"id": wanted})
        return self._open(page)

    def _take_files(self, asked: list[Question]) -> dict[str, str]:
        """Note the files that were sent, and a message by key for each refused."""
        refused = {}
        for question in upload_questions(asked):
            files = list(self.answers.get(question.key) or [])
            for file in self.request.FILES.getlist(question.key):
                try:
                    found = look_at(question, file)
                    if len(files) >= question.max_files:
                        raise no_more(question)
                    files.append({"id": secrets.token_hex(4)} | found.entry)
                except ValidationError as problem:
                    refused[question.key] = " ".join(problem.messages)
            removed = self.request.POST.get(REMOVE, "").removeprefix(f"{question.key}:")
            self.answers[question.key] = [file for file in files if file["id"] != removed]
        return refused

    def _posted(self, asked: list[Question]) -> Mapping[str, Any]:
        """What was posted, with the files noted so far in the place of what a browser says of them."""
        posted: MultiValueDict[str, Any] = self.request.POST.copy()
        for question in upload_questions(asked):
            posted[question.key] = self.answers[question.key]
        return posted

    def _elsewhere(self, page: Page) -> Answers:
        """What was answered on the other pages of this person's way."""
        here = {question.key for question in page.questions}
        return {key: value for key, value in self.way.answers.items() if key not in here}

    def _asked(self, page: Page) -> list[Question]:
        return questions_on(page, self._elsewhere(page), self.today)

    def _go_on(self, page: Page) -> HttpResponse:
        onward = self.way.after(page)
        return self._open(onward) if onward else self._end()

    def _open(self, page: Page) -> HttpResponse:
        return self._ask(page, self._filled(page.questions), {})

    def _filled(self, questions: list[Question], item: str = "", group: Question | None = None) -> dict[str, Any]:
        """The answers so far to these questions, or those of an item of a group, as they are entered."""
        given = (find(group, self.answers, item) or {}) if group else self.answers
        raw: dict[str, Any] = {}
        for question in questions:
            if question.key in given and question.kind != "repeat":
                raw |= kind_of(question).raw(question, given[question.key])
        return raw

    def _ask(self, page: Page, raw: Mapping[str, Any], errors: dict[str, str]) -> HttpResponse:
        asked = self._asked(page)
        before = self.way.before(page)
        context = {
            "group": show_group(page.group, self.answers, lambda _, item: item) if page.group else None,
            "back": before.key if before else "",
            "takes_files": bool(upload_questions(asked)),
        }
        return self._show(page, asked, raw, errors, context)

    def _ask_item(
        self, page: Page, group: Question, item: str, raw: Mapping[str, Any], errors: dict[str, str]
    ) -> HttpResponse:
        context = {"item": item, "token": token(raw), "item_of": group, "back": page.key}
        asked = [offered(question, self.way.answers, self.today) for question in group.questions]
        return self._show(page, asked, raw, errors, context)

    def _show(
        self,
        page: Page,
        asked: list[Question],
        raw: Mapping[str, Any],
        errors: dict[str, str],
        context: dict[str, Any],
    ) -> HttpResponse:
        here = followable(asked)
        given = self.way.answers

        def draw(question: Question, inside: Inside) -> Shown:
            kind = kind_of(question)
            if kind.takes_answer and not kind.typed:
                return show_given(question, given, errors.get(question.key, ""))
            return show(question, raw, errors.get(question.key, ""), here, inside)

        shown = show_together(asked, draw)
        context |= {
            "form": self.schema,
            "page_of_form": page,
            "shown": shown,
            "errors": [field for field in shown if field.error],
            "answers": signing.dumps(self.answers, salt=SALT, compress=True),
        }
        return render(self.request, "cdop_forms/admin/walk.html", context)

    def _end(self) -> HttpResponse:
        context = {
            "form": self.schema,
            "sections": sections(self.schema, self.answers, self.today),
            "unfinished": unfinished(self.schema, self.answers, self.today),
            "reminders": reminders(self.schema, self.answers, self.today),
            "answers": signing.dumps(self.answers, salt=SALT, compress=True),
        }
        return render(self.request, "cdop_forms/admin/walked.html", context)


def _carried(request: HttpRequest) -> Answers:
    try:
        carried = signing.loads(request.POST.get("answers", ""), salt=SALT, max_age=86_400)
    except signing.BadSignature:
        carried = {}
    return dict(carried)
