"""Check your answers, send them once, and the receipt."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forms.access import back_of
from forms.conditions import visible
from forms.journey import Problem, reminders, unfinished
from forms.models import Submission
from forms.selectors import sections
from forms.services import Incomplete, send
from forms.views.journey import JourneyView

DECLARATION = "declaration"


class CheckView(JourneyView):
    def get(self, request: HttpRequest) -> HttpResponse:
        return self.ask([])

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.schema.declaration and request.POST.get(DECLARATION) != "yes":
            return self.ask(unfinished(self.schema, self.answers, self.today), undeclared=True)
        try:
            send(self.draft, self.today)
        except Incomplete as incomplete:
            return self.ask(incomplete.problems)
        return self.to("sent")

    def ask(self, problems: list[Problem], undeclared: bool = False) -> HttpResponse:
        pages = [page for page, _ in visible(self.schema, self.answers, self.today)]
        context = {
            "form": self.schema,
            "sections": sections(self.schema, self.answers, self.today),
            "problems": problems,
            "undeclared": undeclared,
            "unfinished": problems or unfinished(self.schema, self.answers, self.today),
            "reminders": reminders(self.schema, self.answers, self.today),
            "draft_id": self.draft.pk,
            "back": self.address("page", pages[-1].key) if pages else "",
        }
        return render(self.request, "cdop_forms/check.html", context)


class SentView(JourneyView):
    draft_may_be_sent = True

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.draft.submission_id is None:
            return self.to("check")
        submission = Submission.objects.get(pk=self.draft.submission_id)
        context = {"form": self.schema, "submission": submission, "back": back_of(request, self.draft)}
        return render(request, "cdop_forms/sent.html", context)
