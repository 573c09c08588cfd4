"""One item of a repeat group: add, change, remove. Items are found by id, so that two tabs never mix them up."""

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from forms.journey import clean
from forms.kinds import kind_of
from forms.presenters import show
from forms.schema import Answers, Page, Question
from forms.selectors import row_for
from forms.services import change
from forms.views.journey import JourneyView

NEW = "new"


class GroupView(JourneyView):
    def group_of(self, page_key: str) -> tuple[Page, Question]:
        page = self.page_or_404(page_key)
        if page.group is None:
            raise Http404
        return page, page.group

    def items(self, group: Question) -> list[Answers]:
        return self.answers.get(group.key) or []

    def find(self, group: Question, item_id: str) -> Answers | None:
        return next((item for item in self.items(group) if item["id"] == item_id), None)

    def back_to(self, page: Page) -> str:
        address = self.address("page", page.key)
        return f"{address}?change=1" if self.changing else address

    def leave(self, page: Page) -> HttpResponse:
        response = HttpResponse(status=302)
        response["Location"] = self.back_to(page)
        return response


class ItemView(GroupView):
    def get(self, request: HttpRequest, page_key: str, item_id: str) -> HttpResponse:
        page, group = self.group_of(page_key)
        if item_id == NEW:
            return self.leave(page) if self._full(group) else self.ask(page, group, {}, {})
        item = self.find(group, item_id)
        if item is None:
            return self.leave(page)
        raw: dict[str, Any] = {}
        for question in group.questions:
            if question.key in item:
                raw |= kind_of(question).raw(question, item[question.key])
        return self.ask(page, group, raw, {})

    def post(self, request: HttpRequest, page_key: str, item_id: str) -> HttpResponse:
        page, group = self.group_of(page_key)
        if item_id == NEW and self._full(group):
            return self.leave(page)
        cleaned, errors = clean(group.questions, request.POST, self.answers, self.today)
        if errors:
            return self.ask(page, group, request.POST, errors)
        item = {key: value for key, value in cleaned.items() if value is not None}
        token = request.POST.get("token", "")
        change(self.draft, lambda newest: _put(newest, group, item_id, token, item))
        return self.leave(page)

    def _full(self, group: Question) -> bool:
        return len(self.items(group)) >= group.max_items

    def ask(self, page: Page, group: Question, raw: Any, errors: dict[str, str]) -> HttpResponse:
        here = {question.key for question in group.questions}
        shown = [show(question, raw, errors.get(question.key, ""), here) for question in group.questions]
        context = {
            "form": self.schema,
            "page_of_form": page,
            "group": group,
            "shown": shown,
            "errors": [field for field in shown if field.error],
            "back": self.back_to(page),
            "token": raw.get("token") or secrets.token_hex(4),
        }
        return render(self.request, "cdop_forms/item.html", context)


def _put(answers: Answers, group: Question, item_id: str, token: str, item: Answers) -> None:
    """Change the item, or add it once: the token of the page it came from is its id, so a double click adds one."""
    items = list(answers.get(group.key) or [])
    wanted = item_id if item_id != NEW else token if token.isalnum() and len(token) <= 16 else secrets.token_hex(4)
    ids = [each["id"] for each in items]
    if wanted in ids:
        items[ids.index(wanted)] = item | {"id": wanted}
    elif item_id == NEW and len(items) < group.max_items:
        items.append(item | {"id": wanted})
    answers[group.key] = items


class RemoveItemView(GroupView):
    def get(self, request: HttpRequest, page_key: str, item_id: str) -> HttpResponse:
        page, group = self.group_of(page_key)
        item = self.find(group, item_id)
        if item is None:
            return self.leave(page)
        rows = [row_for(question, item) for question in group.questions if question.key in item]
        context = {"form": self.schema, "group": group, "rows": rows, "back": self.back_to(page)}
        return render(request, "cdop_forms/remove.html", context)

    def post(self, request: HttpRequest, page_key: str, item_id: str) -> HttpResponse:
        page, group = self.group_of(page_key)

        def drop(newest: Answers) -> None:
            newest[group.key] = [item for item in newest.get(group.key) or [] if item["id"] != item_id]

        change(self.draft, drop)
        return self.leave(page)
