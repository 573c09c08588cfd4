"""One request, opened by its link and a code."""

from abc import abstractmethod
from contextlib import suppress
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.generic import View

from forms.access import remember
from forms.audit.lines import Line
from forms.audit.services import record
from forms.conditions import as_date
from forms.limits import Limit, limited
from workflow.models import InformationRequest, RequestedForm
from workflow.presenters import in_threes
from workflow.requests import access, services
from workflow.requests.answering import open_form
from workflow.requests.selectors import open_question
from workflow.requests.states import ANSWERABLE, RequestState
from workflow.respondents.forms import AskForm, DeclineForm, PassOnForm
from workflow.services import MoveRefused

CODES = Limit("request-code", 10, 3600)
TRIES = Limit("request-code-try", 40, 3600)


@method_decorator(never_cache, name="dispatch")
class RespondentView(View):
    """Opens the request for whoever has its link; shows what it is about only to who has shown the code too."""

    needs_code = True

    def dispatch(self, request: HttpRequest, *args: Any, token: str, **kwargs: Any) -> HttpResponseBase:
        self.token = token
        try:
            self.asked = access.find(token)
        except access.NoRequest:
            return render(request, "cdop_workflow/respond/nothing.html", status=404)
        if self.needs_code and not access.is_in(request, self.asked):
            return redirect("respond:code", token)
        return super().dispatch(request, *args, **kwargs)

    def page(self, template: str, **context: Any) -> HttpResponse:
        common = {"asked": self.asked, "token": self.token, "home": reverse("respond:request", args=[self.token])}
        return render(self.request, f"cdop_workflow/respond/{template}.html", common | context)

    @property
    def answerable(self) -> bool:
        return self.asked.state in ANSWERABLE

    def home(self) -> HttpResponse:
        return redirect("respond:request", self.token)

    def changed(self) -> HttpResponse:
        """Two people may hold one link, and one may press a button twice."""
        text = gettext("This request has changed since you opened the page. Here is how it stands now.")
        messages.warning(self.request, text)
        return self.home()


class CodeView(RespondentView):
    """Asks for a code to be sent, and then for the code."""

    needs_code = False

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(sent=False)

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.check(request) if "code" in request.POST else self.send(request)

    @limited(CODES)
    def send(self, request: HttpRequest) -> HttpResponse:
        by_text = "text" in request.POST and bool(access.mobile_of(self.asked))
        access.send_code(self.asked, by_text)
        return self.show(by_text=by_text)

    @limited(TRIES)
    def check(self, request: HttpRequest) -> HttpResponse:
        opens = access.code_opens(self.asked, request.POST["code"])
        record(Line("request.code", "request", self.asked.pk, via="link", refused=not opens))
        if opens:
            access.let_in(request, self.asked)
            return self.home()
        error = gettext("That code is not right, or no longer works. Check it, or ask for a new one")
        return self.show(error=error)

    def show(self, sent: bool = True, by_text: bool = False, error: str = "") -> HttpResponse:
        mobile = _last(access.mobile_of(self.asked))
        address = mobile if by_text else _hidden(self.asked.recipient["email"])
        minutes = access.CODE_MINUTES
        return self.page("code", address=address, mobile=mobile, sent=sent, minutes=minutes, error=error)


def _hidden(address: str) -> str:
    """Enough of an address to know one's own: "r…@invented.example"."""
    name, _, host = address.partition("@")
    return f"{name[:1]}…@{host}"


def _last(number: str) -> str:
    """Enough of a number to know one's own: "…456"."""
    return f"…{number[-3:]}" if number else ""


class RequestView(RespondentView):
    """What is asked, about whom, by when, and how far it is."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.asked.state == RequestState.SENT:
            self.asked = self._opened()
        record(Line("request.identity", "request", self.asked.pk, via="link"))
        forms = list(self.asked.forms.select_related("version").prefetch_related("returns"))
        return self.page(
            "request",
            forms=forms,
            unanswered=[form for form in forms if not form.returns.all()],
            answerable=self.answerable,
            late=self.answerable and self.asked.due_on < timezone.localdate(),
            words=self.asked.words.select_related("by"),
            question=open_question(self.asked) if self.answerable else "",
            **_child(self.asked),
        )

    def _opened(self) -> InformationRequest:
        """By this visitor; or somebody else with the same link opens it in this very moment."""
        with suppress(services.MovedOn):
            services.move(self.asked, "open", "respondent")
        return InformationRequest.objects.select_related("case", "agency").get(pk=self.asked.pk)


def _child(asked: InformationRequest) -> dict[str, Any]:
    """Enough for the person asked to be sure that it is the right child."""
    child = asked.case.identity.details if hasattr(asked.case, "identity") else {}
    return {
        "child": child,
        "nhs_number": in_threes(child.get("nhs_number", "")),
        "born": as_date(child.get("date_of_birth")),
        "died": as_date(child.get("date_of_death")),
    }


class AnswerView(RespondentView):
    """Starts or goes on with one of the forms. One that was returned before is opened with its answers."""

    def post(self, request: HttpRequest, form_id: int) -> HttpResponse:
        if not self.answerable:
            return self.changed()
        form: RequestedForm = get_object_or_404(self.asked.forms, pk=form_id)
        try:
            draft = open_form(self.asked, form)
        except services.MovedOn:
            return self.changed()
        remember(request, draft, back=reverse("respond:request", args=[self.token]))
        return redirect("forms:resume", draft.pk)


class GiveBackView(RespondentView):
    def post(self, request: HttpRequest) -> HttpResponse:
        if not self.answerable:
            return self.changed()
        held = {int(number) for number in request.POST.getlist("nothing_held") if number.isdigit()}
        try:
            services.give_back(self.asked, held)
        except services.MovedOn:
            return self.changed()
        except MoveRefused as refused:
            for reason in refused.reasons:
                messages.error(request, reason)
        return self.home()


class SmallFormView(RespondentView):
    """A page with a few fields; `act` does what they are for."""

    form_class: type[django_forms.Form]
    template = ""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(self.template, form=self.form_class()) if self.answerable else self.home()

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form_class(request.POST)
        if not self.answerable:
            return self.changed()
        if not form.is_valid():
            return self.page(self.template, form=form)
        try:
            return self.act(form.cleaned_data)
        except services.MovedOn:
            return self.changed()

    @abstractmethod
    def act(self, data: dict[str, Any]) -> HttpResponse:
        """Do what the form is for."""


class PassOnView(SmallFormView):
    form_class = PassOnForm
    template = "pass_on"

    def act(self, data: dict[str, Any]) -> HttpResponse:
        services.pass_on(self.asked, "respondent", data["name"], data["email"], role=data["role"])
        text = gettext("We have sent the request to your colleague. Thank you.")
        return self.page("done", title=gettext("Passed on"), text=text)


class DeclineView(SmallFormView):
    form_class = DeclineForm
    template = "decline"

    def act(self, data: dict[str, Any]) -> HttpResponse:
        services.move(self.asked, "decline", "respondent", reason=data["reason"])
        text = gettext("We have told the child death review team. They may contact you.")
        return self.page("done", title=gettext("We have your reason"), text=text)


class AskView(SmallFormView):
    form_class = AskForm
    template = "ask"

    def act(self, data: dict[str, Any]) -> HttpResponse:
        services.say(self.asked, data["text"])
        text = gettext("We have your question. We will write to you when we have answered it.")
        messages.success(self.request, text)
        return self.home()
