"""Screens about the family of a child: what they were told, what they ask and say, and their letters."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from workflow.family import services
from workflow.family.forms import (
    AnswerForm,
    BroughtForm,
    FeedbackForm,
    KeyWorkerForm,
    LetterForm,
    ToldForm,
    WishesForm,
    WordsForm,
)
from workflow.family.letters import family_letter, progress_of, unfit
from workflow.family.presenters import all_said
from workflow.family.selectors import family_of, may_read, to_do, told_at_notification, words_of
from workflow.models import Family, FamilyWords, LetterTemplate
from workflow.presenters import case_url
from workflow.services import record_view
from workflow.views.actions.base import ActionView
from workflow.views.actions.move import seen_on_screen
from workflow.views.base import OneCaseView


class ForFamily(OneCaseView):
    """A screen for those who work on cases and may know who the child is."""

    header_icon = "user"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_read(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record_view(self.case, self.staff)
        return super().get(request, *args, **kwargs)

    @property
    def family(self) -> Family:
        return family_of(self.case)


class FamilyView(ForFamily):
    """Everything about the family on one screen."""

    template_name = "cdop_workflow/family/family.html"

    def get_page_title(self) -> str:
        return "Family"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": "Family"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        family = self.family
        return super().get_context_data(
            family=family,
            progress=progress_of(self.case),
            to_do=to_do(self.case, family),
            said=all_said(self.case),
            feedback=self.case.family_feedback.select_related("by"),
            letters=LetterTemplate.objects.filter(about="family").order_by("pk"),
            **kwargs,
        )


class FamilyScreen(ForFamily, ActionView):
    """A screen that asks, and leads back to the family."""

    template_name = "cdop_workflow/family/form.html"

    @property
    def back(self) -> str:
        return case_url(self.case, "family")


class FamilyChange(FamilyScreen):
    """Changes what counts now, unless somebody else has since the screen was opened."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(seen=self.family.revision, **kwargs)

    @property
    def seen(self) -> int | None:
        return seen_on_screen(self.request)


class KeyWorkerView(FamilyChange):
    title = "Key worker"

    def form(self, data: Any = None) -> django_forms.Form:
        return KeyWorkerForm(data, initial=self.family.key_worker or told_at_notification(self.case))

    def act(self, data: dict[str, Any]) -> None:
        services.name_key_worker(self.case, self.staff, seen=self.seen, **data)


class ToldView(FamilyChange):
    title = "Told about the review, and given the guide"

    def form(self, data: Any = None) -> django_forms.Form:
        known = {"told_on": self.family.told_on, "guide_on": self.family.guide_on}
        return ToldForm(data, initial=known if any(known.values()) else told_at_notification(self.case))

    def act(self, data: dict[str, Any]) -> None:
        services.record_told(self.case, self.staff, seen=self.seen, **data)


class WishesView(FamilyChange):
    title = "What the family wishes"

    def form(self, data: Any = None) -> django_forms.Form:
        names = ("no_contact", "interpreter", "language", "wishes")
        return WishesForm(data, initial={name: getattr(self.family, name) for name in names})

    def act(self, data: dict[str, Any]) -> None:
        services.record_wishes(self.case, self.staff, seen=self.seen, **data)


class HearView(FamilyScreen):
    form_class = WordsForm
    title = "A question or view of the family"
    button = "Add it"
    done = "Added."

    def act(self, data: dict[str, Any]) -> None:
        services.hear(self.case, self.staff, **data)


class BringView(FamilyScreen):
    title = "Brought to a meeting"
    button = "Record it"
    done = "Recorded."

    def form(self, data: Any = None) -> django_forms.Form:
        return BroughtForm(data, case=self.case)

    def act(self, data: dict[str, Any]) -> None:
        services.bring(self.case, self.staff, **data)


class AnswerView(FamilyScreen):
    form_class = AnswerForm
    title = "Answer to the family"
    button = "Record it"
    done = "Recorded."

    @cached_property
    def words(self) -> FamilyWords:
        return get_object_or_404(words_of(self.case).select_related("case"), pk=self.kwargs["pk"])

    def act(self, data: dict[str, Any]) -> None:
        services.answer(self.words, self.staff, **data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(words=self.words, **kwargs)


class FeedbackView(FamilyScreen):
    form_class = FeedbackForm
    title = "Feedback given to the family"
    button = "Record it"
    done = "Recorded."

    def act(self, data: dict[str, Any]) -> None:
        services.give_feedback(self.case, self.staff, **data)


class FamilyLetterView(FamilyScreen):
    """A letter, filled with what is recorded and what is typed here, to copy or print. What is typed is not kept."""

    template_name = "cdop_workflow/family/letter.html"
    done = "Recorded: the letter was given."

    @cached_property
    def template(self) -> LetterTemplate:
        return get_object_or_404(LetterTemplate, about="family", code=self.kwargs["code"])

    @property
    def title(self) -> str:  # type: ignore[override]
        return self.template.title

    def form(self, data: Any = None) -> django_forms.Form:
        return LetterForm(data, body=self.template.body)

    def form_valid(self, form: django_forms.Form) -> HttpResponse:
        if "given" in self.request.POST:
            services.letter_given(self.case, self.staff, self.template)
            messages.success(self.request, self.done)
            return redirect(self.back)
        return self.render_to_response(self.get_context_data(form=form))

    def act(self, data: dict[str, Any]) -> None:
        """A letter is filled on the screen, by `form_valid`."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form")
        typed = form.cleaned_data if form and form.is_valid() else {}
        text = family_letter(self.case, self.template, typed.get("to", ""), typed.get("by"), typed.get("words", ""))
        return super().get_context_data(letter=text, unfit=unfit(text), family=self.family, **kwargs)
