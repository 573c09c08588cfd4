"""One page of questions."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext

from forms.blank import blank_page
from forms.conditions import offers_by_condition
from forms.journey import broken_here, clean, incomplete_groups, leniently, questions_on, walk
from forms.kinds import kind_of
from forms.presenters import Inside, Shown, followable, show, show_given, show_group, show_together
from forms.schema import Answers, Page, Question
from forms.services import change
from forms.views.files import stays, take_in, upload_questions
from forms.views.journey import CHANGE, LATER, JourneyView


class PageView(JourneyView):
    def get(self, request: HttpRequest, page_key: str) -> HttpResponse:
        page = self.page_or_404(page_key)
        return self.ask(page, self._filled(page), {})

    def post(self, request: HttpRequest, page_key: str) -> HttpResponse:
        page = self.page_or_404(page_key)
        asked = [question for question in self._asked(page) if question.key not in self.draft.fixed]
        self.draft, refused = take_in(request, self.draft, asked)
        posted = self._posted(asked)
        if refused or stays(request):
            return self.ask(page, posted, refused)
        if LATER in request.POST:
            return self._save_for_later(page, asked, posted)
        cleaned, errors = clean(asked, posted, self._elsewhere(page), self.today)
        answers = self.answers | cleaned
        errors |= broken_here(self.schema, page, answers, self.today, errors) | incomplete_groups(
            asked, self.answers, self.today
        )
        if errors:
            self.answers = answers | walk(self.schema, answers, self.today).answers
            return self.ask(page, posted, errors)
        self.draft = change(self.draft, lambda newest: newest.update(cleaned))
        return self.to("sent") if self.draft.submission_id else self.onward(page, answers)

    def again(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        page = self.page_or_404(kwargs["page_key"])
        return self.ask(page, self._posted(self._asked(page)), {})

    def _save_for_later(self, page: Page, asked: list[Question], posted: Mapping[str, Any]) -> HttpResponse:
        """Keep what was entered so far, blanks and all; only what cannot be read must be mended first."""
        cleaned, errors = clean(leniently(asked), posted, self._elsewhere(page), self.today)
        self.draft = change(self.draft, lambda newest: newest.update(cleaned))
        return self.ask(page, posted, errors) if errors else self.to("later")

    def _posted(self, questions: list[Question]) -> Mapping[str, Any]:
        """What was posted, with the files that the draft now holds in the place of what a browser says of them."""
        uploads = upload_questions(questions)
        if not uploads:
            return self.request.POST
        posted: Any = self.request.POST.copy()
        for question in uploads:
            posted[question.key] = self.draft.answers.get(question.key) or []
        return posted

    def ask(self, page: Page, raw: Mapping[str, Any], errors: dict[str, str]) -> HttpResponse:
        asked = self._asked(page)
        before = self.walk.before(page)
        back = self.address("check") if self.changing else self.page_address(before, False) if before else ""
        places = {"back": back, "part": self._part(page)}
        differs = any(map(self._given, asked)) or any(map(offers_by_condition, page.questions))
        if not (raw or errors or page.group or self.not_accepted or differs or self.draft.language):
            keys = tuple(question.key for question in asked)
            return HttpResponse(
                blank_page(self.draft.version_id, page.key, keys, csrf_token=get_token(self.request), **places)
            )
        shown = show_together(
            asked, lambda question, inside: self._shown(page, question, raw, errors.get(question.key, ""), inside)
        )
        return self.show(
            "page",
            page_of_form=page,
            shown=shown,
            errors=[field for field in shown if field.error],
            group=show_group(page.group, self.answers, self._item_address(page)) if page.group else None,
            takes_files=bool(upload_questions(page.questions)),
            **places,
        )

    def _part(self, page: Page) -> str:
        number, pages = self.walk.number(page), len(self.walk.pages)
        return gettext("page %(number)s of %(pages)s") % {"number": number, "pages": pages} if pages > 1 else ""

    def _elsewhere(self, page: Page) -> Answers:
        """What was answered on the way, but for what is typed, worked out or there from the start on this page."""
        here = {question.key for question in page.questions if not self._known(question)}
        return {key: value for key, value in self.walk.answers.items() if key not in here}

    def _asked(self, page: Page) -> list[Question]:
        return questions_on(page, self._elsewhere(page), self.today)

    def _filled(self, page: Page) -> dict[str, Any]:
        raw: dict[str, Any] = {}
        for question in page.questions:
            if question.key in self.answers:
                raw |= kind_of(question).raw(question, self.answers[question.key])
        return raw

    def _known(self, question: Question) -> bool:
        """Whether the answer is there whatever is typed on this page."""
        told = not question.initial or question.key in self.draft.answers
        return self._given(question) and told and not question.calculation

    def _given(self, question: Question) -> bool:
        """Whether the answer is there already, and nobody types it."""
        kind = kind_of(question)
        return question.key in self.draft.fixed or (kind.takes_answer and not kind.typed)

    def _shown(self, page: Page, question: Question, raw: Mapping[str, Any], error: str, inside: Inside) -> Shown:
        if self._given(question):
            return show_given(question, self.answers, error)
        return show(question, raw, error, followable(page.questions, self.draft.fixed), inside)

    def _item_address(self, page: Page) -> Callable[[str, str], str]:
        def address(name: str, item_id: str) -> str:
            return self.address(name, page.key, item_id) + CHANGE * self.changing

        return address
