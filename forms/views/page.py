"""One page of questions."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forms.journey import broken_here, clean, next_page, previous_page, questions_on
from forms.kinds import kind_of
from forms.presenters import Shown, show, show_blank
from forms.schema import Answers, Page, Question
from forms.selectors import row_for
from forms.services import change
from forms.views.files import stays, take_in, upload_questions
from forms.views.journey import JourneyView

LATER = "later"


class PageView(JourneyView):
    def get(self, request: HttpRequest, page_key: str) -> HttpResponse:
        page = self.page_or_404(page_key)
        return self.ask(page, self._shown(page, self._filled(page)))

    def post(self, request: HttpRequest, page_key: str) -> HttpResponse:
        page = self.page_or_404(page_key)
        asked = [question for question in questions_on(page, self.answers, self.today) if question.kind != "repeat"]
        self.draft, refused = take_in(request, self.draft, asked)
        if refused or stays(request):
            return self.ask(page, self._shown(page, self._posted(asked), refused))
        if LATER in request.POST:
            return self._save_for_later(page, asked)
        cleaned, errors = clean(asked, self._posted(asked), self.answers, self.today)
        answers = self.answers | cleaned
        errors = broken_here(self.schema, page, answers, self.today) | errors | self._too_few(page)
        if errors:
            return self.ask(page, self._shown(page, self._posted(asked), errors))
        self.draft = change(self.draft, lambda newest: newest.update(cleaned))
        if self.draft.submission_id:
            return self.to("sent")
        return self.onward(next_page(self.schema, page, answers, self.today))

    def _save_for_later(self, page: Page, asked: list[Question]) -> HttpResponse:
        """Keep what was entered so far, blanks and all; only what cannot be read must be mended first."""
        lenient = [question.model_copy(update={"required": "optional"}) for question in asked]
        cleaned, errors = clean(lenient, self._posted(asked), self.answers, self.today)
        self.draft = change(self.draft, lambda newest: newest.update(cleaned))
        return self.ask(page, self._shown(page, self._posted(asked), errors)) if errors else self.to("later")

    def _posted(self, questions: list[Question]) -> Mapping[str, Any]:
        """What was posted, with the files that the draft now holds in the place of what a browser says of them."""
        uploads = upload_questions(questions)
        if not uploads:
            return self.request.POST
        posted = self.request.POST.copy()
        for question in uploads:
            posted[question.key] = self.draft.answers.get(question.key) or []
        return posted

    def ask(self, page: Page, shown: list[Shown]) -> HttpResponse:
        back = previous_page(self.schema, page, self.answers, self.today)
        context = {
            "form": self.schema,
            "page_of_form": page,
            "shown": shown,
            "errors": [field for field in shown if field.error],
            "back": self.address("check") if self.changing else self.address("page", back.key) if back else "",
            "group": self._group(page),
            "takes_files": bool(upload_questions(page.questions)),
        }
        return render(self.request, "cdop_forms/page.html", context)

    def _filled(self, page: Page) -> dict[str, Any]:
        raw: dict[str, Any] = {}
        for question in page.questions:
            if question.kind != "repeat" and question.key in self.answers:
                raw |= kind_of(question).raw(question, self.answers[question.key])
        return raw

    def _shown(self, page: Page, raw: Mapping[str, Any], errors: dict[str, str] | None = None) -> list[Shown]:
        here = {question.key for question in page.questions}
        return [
            self._field(page, question, raw, (errors or {}).get(question.key, ""), here)
            for question in questions_on(page, self.answers, self.today)
        ]

    def _field(self, page: Page, question: Question, raw: Mapping[str, Any], error: str, here: set[str]) -> Shown:
        if raw or error:
            return show(question, raw, error, here)
        return show_blank(self.draft.version_id, page.key, question.key, inside_group=False)

    def _too_few(self, page: Page) -> dict[str, str]:
        group = page.group
        if group and len(self.answers.get(group.key) or []) < group.min_items:
            return {group.key: group.error or f"Add at least {group.min_items} to “{group.label}”"}
        return {}

    def _group(self, page: Page) -> dict[str, Any] | None:
        group = page.group
        if group is None:
            return None
        items = [self._item(page, group, item) for item in self.answers.get(group.key) or []]
        return {
            "question": group,
            "items": items,
            "full": len(items) >= group.max_items,
            "add": self._keep_changing(self.address("item", page.key, "new")),
        }

    def _item(self, page: Page, group: Question, item: Answers) -> dict[str, Any]:
        texts = [row_for(question, item).text for question in group.questions]
        return {
            "title": ", ".join([text for text in texts if text][:3]),
            "change": self._keep_changing(self.address("item", page.key, item["id"])),
            "remove": self._keep_changing(self.address("remove", page.key, item["id"])),
        }

    def _keep_changing(self, address: str) -> str:
        return f"{address}?change=1" if self.changing else address
