"""One item of a repeat group: add, change, remove. Items are found by id, so that two tabs never mix them up."""

import re
import secrets
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from forms.journey import clean, leniently
from forms.kinds import kind_of
from forms.presenters import show, show_together
from forms.schema import Answers, Page, Question
from forms.selectors import row_for
from forms.services import change
from forms.views.journey import LATER, JourneyView

NEW = "new"
TOKEN = re.compile(r"[a-z0-9]{4,16}")


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

    def leave(self, page: Page) -> HttpResponse:
        return redirect(self.page_address(page, self.changing))


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
        wanted = _token(request.POST) if item_id == NEW else item_id
        if LATER in request.POST:
            return self._save_for_later(page, group, wanted)
        cleaned, errors = clean(group.questions, request.POST, self.walk.answers, self.today)
        if errors := self._no_room(group, wanted) | errors:
            return self.ask(page, group, request.POST, errors)
        self._keep(group, _answered(cleaned) | {"id": wanted})
        return self.leave(page)

    def _save_for_later(self, page: Page, group: Question, wanted: str) -> HttpResponse:
        """Keep what was entered so far; a new item only when something was. What cannot be read must be mended."""
        cleaned, errors = clean(leniently(group.questions), self.request.POST, self.walk.answers, self.today)
        before = self.find(group, wanted) or {}
        item = {key: before[key] for key in errors if key in before} | _answered(cleaned)
        if item or before:
            no_room = self._no_room(group, wanted)
            errors = no_room | errors
            if not no_room:
                self._keep(group, item | {"id": wanted})
        return self.ask(page, group, self.request.POST, errors) if errors else self.to("later")

    def _keep(self, group: Question, item: Answers) -> None:
        change(self.draft, lambda newest: _put(newest, group, item))

    def _no_room(self, group: Question, wanted: str) -> dict[str, str]:
        if not self._full(group) or self.find(group, wanted) is not None:
            return {}
        full = gettext("You have added %(most)s, the most this form takes. Remove one first, or contact us")
        return {group.questions[0].key: full % {"most": group.max_items}}

    def again(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        page, group = self.group_of(kwargs["page_key"])
        return self.ask(page, group, request.POST, {})

    def _full(self, group: Question) -> bool:
        return len(self.items(group)) >= group.max_items

    def ask(self, page: Page, group: Question, raw: Mapping[str, Any], errors: dict[str, str]) -> HttpResponse:
        here = {question.key for question in group.questions}
        shown = show_together(
            group.questions,
            lambda question, inside: show(question, raw, errors.get(question.key, ""), here, inside),
        )
        return self.show(
            "item",
            page_of_form=page,
            group=group,
            shown=shown,
            errors=[field for field in shown if field.error],
            back=self.page_address(page, self.changing),
            token=_token(raw),
        )


def _answered(cleaned: Answers) -> Answers:
    return {key: value for key, value in cleaned.items() if value not in (None, [], {})}


def _token(raw: Mapping[str, Any]) -> str:
    """The id that a new item gets: made with its page, so that a double click adds one."""
    token = raw.get("token", "")
    return token if TOKEN.fullmatch(token) and token != NEW else secrets.token_hex(4)


def _put(answers: Answers, group: Question, item: Answers) -> None:
    """Change the item of this id, or add it: also one that was removed in another tab meanwhile."""
    items = list(answers.get(group.key) or [])
    places = [place for place, each in enumerate(items) if each["id"] == item["id"]]
    if places:
        items[places[0]] = item
    else:
        items.append(item)
    answers[group.key] = items


class RemoveItemView(GroupView):
    def get(self, request: HttpRequest, page_key: str, item_id: str) -> HttpResponse:
        page, group = self.group_of(page_key)
        item = self.find(group, item_id)
        if item is None:
            return self.leave(page)
        rows = [row_for(question, item) for question in group.questions if question.key in item]
        return self.show("remove", group=group, rows=rows, back=self.page_address(page, self.changing))

    def post(self, request: HttpRequest, page_key: str, item_id: str) -> HttpResponse:
        page, group = self.group_of(page_key)

        def drop(newest: Answers) -> None:
            newest[group.key] = [item for item in newest.get(group.key) or [] if item["id"] != item_id]

        change(self.draft, drop)
        return self.leave(page)
