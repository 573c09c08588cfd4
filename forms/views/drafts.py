"""An editor looks at a draft before publishing it: walks through it, sees its map, compares it with what is live."""

from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.views import View
from pydantic import ValidationError as SchemaError
from wagtail.permissions import policy_registry

from forms.checking import check
from forms.comparing import changes, grouped
from forms.journey import broken_here, clean, questions_on, reminders, unfinished, walk
from forms.kinds import kind_of
from forms.mapping import map_of
from forms.models import Form
from forms.presenters import show, show_together
from forms.schema import Answers, FormSchema, Page, Question
from forms.selectors import sections
from forms.translations.texts import translated

# Answered on screens of their own, which store what they are given.
ELSEWHERE = ("repeat", "upload")
SALT = "cdop.forms.walk"


class DraftView(View):
    """A screen about the newest draft of one form, for those who may change it."""

    def dispatch(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> HttpResponseBase:
        self.form = get_object_or_404(Form, pk=pk)
        policy = policy_registry.get_by_type(Form)
        if not policy.user_has_permission_for_instance(request.user, "change", self.form):
            raise PermissionDenied
        self.draft = self.form.get_latest_revision_as_object()
        stopped = [found for found in check(self.draft) if found.blocks]
        try:
            self.schema = FormSchema.model_validate(self.draft.schema_data())
        except SchemaError:
            return render(request, "cdop_forms/admin/unfinished.html", {"form": self.form, "stopped": stopped})
        self.stopped = stopped
        return self.serve(request, *args, **kwargs)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().dispatch(request, *args, **kwargs)


class MapView(DraftView):
    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "cdop_forms/admin/map.html", {"form": self.form, "map": map_of(self.schema)})


class CompareView(DraftView):
    """Two versions, or a version and the draft: `?from=1&to=2`, `to=draft`."""

    def get(self, request: HttpRequest) -> HttpResponse:
        versions = {str(version.number): version for version in self.form.versions.all()}
        newest = next(iter(versions), "")
        one = request.GET.get("from", "") if request.GET.get("from") in versions else newest
        other = request.GET.get("to", "") if request.GET.get("to") in versions else "draft"
        found = None
        if one:
            after = versions[other].definition if other in versions else self.schema
            found = grouped(changes(versions[one].definition, after))
        context = {"form": self.form, "versions": list(versions.values()), "one": one, "other": other, "found": found}
        return render(request, "cdop_forms/admin/compare.html", context)


class WalkView(DraftView):
    """The draft page by page, as a person walks it, also in another language (`?language=pl`).

    Answers travel signed in the page and are stored nowhere.
    """

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = self.form.translations.filter(language=request.GET.get("language", "")).first()
        if found is None:
            return super().serve(request, *args, **kwargs)
        self.schema = translated(self.schema, found.words)
        with translation.override(found.language):
            return super().serve(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.stopped:
            return render(request, "cdop_forms/admin/unfinished.html", {"form": self.form, "stopped": self.stopped})
        return self._ask(self.schema.pages[0], {}, {}, {})

    def post(self, request: HttpRequest) -> HttpResponse:
        answers = self._carried(request)
        page = self.schema.page(request.POST.get("page", ""))
        if self.stopped or page is None:
            return self.get(request)
        today = timezone.localdate()
        elsewhere = self._elsewhere(page, answers)
        asked = [each for each in questions_on(page, elsewhere, today) if each.kind not in ELSEWHERE]
        cleaned, errors = clean(asked, request.POST, elsewhere, today)
        answers |= cleaned
        errors |= broken_here(self.schema, page, answers, today, errors)
        if errors:
            return self._ask(page, answers, request.POST, errors)
        onward = walk(self.schema, answers, today).after(page)
        return self._ask(onward, answers, self._filled(onward, answers), {}) if onward else self._end(answers)

    def _carried(self, request: HttpRequest) -> Answers:
        try:
            carried = signing.loads(request.POST.get("answers", ""), salt=SALT, max_age=86_400)
        except signing.BadSignature:
            carried = {}
        return dict(carried)

    def _elsewhere(self, page: Page, answers: Answers) -> Answers:
        """What was answered on the other pages of this person's way."""
        here = {question.key for question in page.questions}
        way = walk(self.schema, answers, timezone.localdate())
        return {key: value for key, value in way.answers.items() if key not in here}

    def _filled(self, page: Page, answers: Answers) -> dict[str, Any]:
        raw: dict[str, Any] = {}
        for question in page.questions:
            if question.kind not in ELSEWHERE and question.key in answers:
                raw |= kind_of(question).raw(question, answers[question.key])
        return raw

    def _ask(self, page: Page, answers: Answers, raw: Any, errors: dict[str, str]) -> HttpResponse:
        here = {question.key for question in page.questions}
        asked = questions_on(page, self._elsewhere(page, answers), timezone.localdate())
        shown = show_together(
            [each for each in asked if each.kind not in ELSEWHERE],
            lambda each, inside: show(each, raw, errors.get(each.key, ""), here, inside),
        )
        context = {
            "form": self.schema,
            "page_of_form": page,
            "shown": shown,
            "errors": [field for field in shown if field.error],
            "elsewhere": [self._words(each) for each in asked if each.kind in ELSEWHERE],
            "answers": signing.dumps(answers, salt=SALT, compress=True),
        }
        return render(self.request, "cdop_forms/admin/walk.html", context)

    def _words(self, question: Question) -> str:
        parts = ", ".join(part.label for part in question.questions)
        return f"{question.label}: {parts}" if parts else question.label

    def _end(self, answers: Answers) -> HttpResponse:
        today = timezone.localdate()
        context = {
            "form": self.schema,
            "sections": sections(self.schema, answers, today),
            "unfinished": unfinished(self.schema, answers, today),
            "reminders": reminders(self.schema, answers, today),
        }
        return render(self.request, "cdop_forms/admin/walked.html", context)
