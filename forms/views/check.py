"""Check your answers, send them once, and the receipt."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from forms.access import back_of
from forms.journey import Problem, reminders, unfinished
from forms.limits import too_many
from forms.models import Submission
from forms.presenters import anchor
from forms.schema import Page, Question
from forms.selectors import Section, sections
from forms.services import Incomplete, send
from forms.spam import STARTED, TRAP, one_too_many, signed_start, too_quick, trapped
from forms.views.journey import LATER, JourneyView

DECLARATION = "declaration"


class CheckView(JourneyView):
    def get(self, request: HttpRequest) -> HttpResponse:
        return self.ask([])

    def post(self, request: HttpRequest) -> HttpResponse:
        if LATER in request.POST:
            return self.to("later")
        if self.schema.declaration and request.POST.get(DECLARATION) != "yes":
            return self.ask(unfinished(self.schema, self.answers, self.today), undeclared=True)
        if trapped(request) or too_quick(request, self.draft):
            return self.ask([], doubted=True)
        if limit := one_too_many(request, self.draft):
            return too_many(request, limit)
        try:
            send(self.draft, self.today)
        except Incomplete:
            self.draft.refresh_from_db()
            return self.ask(unfinished(self.schema, self.draft.answers, self.today))
        return self.to("sent")

    def ask(self, problems: list[Problem], undeclared: bool = False, doubted: bool = False) -> HttpResponse:
        pages = self.walk.pages
        return self.show(
            "check",
            sections=[self._section(section) for section in sections(self.schema, self.answers, self.today)],
            problems=self._links(problems),
            undeclared=undeclared,
            doubted=doubted,
            trap=TRAP,
            started=(STARTED, signed_start(self.draft)),
            declared=DECLARATION in self.request.POST,
            unfinished=self._links(problems or unfinished(self.schema, self.answers, self.today)),
            reminders=self._links(reminders(self.schema, self.answers, self.today)),
            back=self.page_address(pages[-1], False) if pages else "",
        )

    def _links(self, problems: list[Problem]) -> list[tuple[str, str]]:
        """Where each problem is mended, and what to do there."""
        return [(self._place(problem.page, problem.question), problem.message) for problem in problems]

    def _section(self, section: Section) -> dict[str, Any]:
        page = self.page_or_404(section.key)
        questions = {question.key: question for question in page.questions}
        rows = [(row, self._place(page, questions[row.key])) for row in section.rows]
        return {"title": section.title, "rows": rows}

    def _place(self, page: Page, question: Question) -> str:
        return f"{self.page_address(page, changing=True)}#{anchor(question)}"


class SentView(JourneyView):
    draft_may_be_sent = True

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.draft.submission_id is None:
            return self.to("check")
        submission = Submission.objects.get(pk=self.draft.submission_id)
        by_staff = self.draft.owner_id is not None
        return self.show("sent", submission=submission, back=back_of(request, self.draft), by_staff=by_staff)
