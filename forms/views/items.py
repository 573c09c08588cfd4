"""One item of a repeat group: add, change, remove."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from forms.conditions import offered
from forms.items import NEW, answered, drop, find, is_full, no_room, put, token
from forms.journey import clean, leniently
from forms.kinds import kind_of
from forms.presenters import followable, show, show_together
from forms.schema import Answers, Page, Question
from forms.selectors import row_for
from forms.services import change
from forms.views.journey import LATER, JourneyView


class GroupView(JourneyView):
    def group_of(self, page_key: str) -> tuple[Page, Question]:
        page = self.page_or_404(page_key)
        if page.group is None:
            raise Http404
        return page, page.group

    def leave(self, page: Page) -> HttpResponse:
        return redirect(self.page_address(page, self.changing))


class ItemView(GroupView):
    def get(self, request: HttpRequest, page_key: str, item_id: str) -> HttpResponse:
        page, group = self.group_of(page_key)
        if item_id == NEW:
            return self.leave(page) if is_full(group, self.answers) else self.ask(page, group, {}, {})
        item = find(group, self.answers, item_id)
        if item is None:
            return self.leave(page)
        raw: dict[str, Any] = {}
        for question in group.questions:
            if question.key in item:
                raw |= kind_of(question).raw(question, item[question.key])
        return self.ask(page, group, raw, {})

    def post(self, request: HttpRequest, page_key: str, item_id: str) -> HttpResponse:
        page, group = self.group_of(page_key)
        wanted = token(request.POST) if item_id == NEW else item_id
        if LATER in request.POST:
            return self._save_for_later(page, group, wanted)
        cleaned, errors = clean(group.questions, request.POST, self.walk.answers, self.today)
        if errors := no_room(group, self.answers, wanted) | errors:
            return self.ask(page, group, request.POST, errors)
        self._keep(group, answered(cleaned) | {"id": wanted})
        return self.leave(page)

    def _save_for_later(self, page: Page, group: Question, wanted: str) -> HttpResponse:
        """Keep what was entered so far; a new item only when something was. What cannot be read must be mended."""
        cleaned, errors = clean(leniently(group.questions), self.request.POST, self.walk.answers, self.today)
        before = find(group, self.answers, wanted) or {}
        item = {key: before[key] for key in errors if key in before} | answered(cleaned)
        if item or before:
            full = no_room(group, self.answers, wanted)
            errors = full | errors
            if not full:
                self._keep(group, item | {"id": wanted})
        return self.ask(page, group, self.request.POST, errors) if errors else self.to("later")

    def _keep(self, group: Question, item: Answers) -> None:
        change(self.draft, lambda newest: put(newest, group, item))

    def again(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        page, group = self.group_of(kwargs["page_key"])
        return self.ask(page, group, request.POST, {})

    def ask(self, page: Page, group: Question, raw: Mapping[str, Any], errors: dict[str, str]) -> HttpResponse:
        asked = [offered(question, self.walk.answers, self.today) for question in group.questions]
        here = followable(asked)
        shown = show_together(
            asked,
            lambda question, inside: show(question, raw, errors.get(question.key, ""), here, inside),
        )
        return self.show(
            "item",
            page_of_form=page,
            group=group,
            shown=shown,
            errors=[field for field in shown if field.error],
            back=self.page_address(page, self.changing),
            token=token(raw),
        )


class RemoveItemView(GroupView):
    def get(self, request: HttpRequest, page_key: str, item_id: str) -> HttpResponse:
        page, group = self.group_of(page_key)
        item = find(group, self.answers, item_id)
        if item is None:
            return self.leave(page)
        rows = [row_for(question, item) for question in group.questions if question.key in item]
        return self.show("remove", group=group, rows=rows, back=self.page_address(page, self.changing))

    def post(self, request: HttpRequest, page_key: str, item_id: str) -> HttpResponse:
        page, group = self.group_of(page_key)
        change(self.draft, lambda newest: drop(newest, group, item_id))
        return self.leave(page)
