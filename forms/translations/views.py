"""Screens on which a form is translated, in the Wagtail admin."""

import hashlib
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from wagtail.admin import messages
from wagtail.admin.rich_text import get_rich_text_editor_widget

from forms.exchange.findings import Unreadable
from forms.exchange.sources import MOST_BYTES
from forms.models import Translation
from forms.models.translations import languages
from forms.translations import services, workbook
from forms.translations.start_page import start_places
from forms.translations.texts import Place, Text, places
from forms.views.drafts import DraftView

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RICH_TEXT = ["bold", "link", "ul", "ol", "h2"]


def field_of(text: Text) -> str:
    """The name of a text's box: the same as long as the English is."""
    return f"text-{hashlib.sha256(text.english.encode()).hexdigest()[:16]}"


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label="Language")

    def __init__(self, *args: Any, taken: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = [(code, name) for code, name in languages() if code not in taken]
        self.fields["language"].choices = free  # type: ignore[attr-defined]


class WorkbookForm(forms.Form):
    file = forms.FileField(
        label="Workbook",
        help_text="The one that you downloaded here, with the column Translation filled in.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )


class PlaceForm(forms.Form):
    """A box for each text of a page."""

    def __init__(self, *args: Any, place: Place, translation: Translation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        for text in place.texts:
            self.fields[field_of(text)] = forms.CharField(
                label=text.english,
                required=False,
                initial=translation.words.get(text.english, ""),
                widget=self._box(text, translation),
            )

    def _box(self, text: Text, translation: Translation) -> forms.Widget:
        if text.rich:
            return get_rich_text_editor_widget(features=RICH_TEXT)
        rows = min(6, 1 + len(text.english) // 60)
        return forms.Textarea({"rows": rows, "lang": translation.language, "dir": translation.direction})

    def boxes(self) -> list[tuple[Text, forms.BoundField]]:
        return [(text, self[field_of(text)]) for text in self.place.texts]

    def words(self) -> dict[str, str]:
        return {text.english: self.cleaned_data[field_of(text)] for text in self.place.texts}


class LanguagesView(DraftView):
    """Works on the texts of the newest draft."""

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        whole = places(self.schema)
        self.places = [*start_places(self.form, whole), *whole]
        self.total = sum(len(place.texts) for place in self.places)
        self.by: Any = request.user
        if "language" in kwargs:
            self.translation = get_object_or_404(Translation, form=self.form, language=kwargs["language"])
        return super().serve(request, *args, **kwargs)

    def show(self, name: str, **context: Any) -> HttpResponse:
        common = {"form": self.form, "total": self.total, "translation": getattr(self, "translation", None)}
        return render(self.request, f"cdop_forms/translations/{name}.html", common | context)

    def done(self, translation: Translation) -> int:
        return sum(place.translated_in(translation.words) for place in self.places)

    def to(self, name: str, *args: str) -> HttpResponse:
        return redirect(reverse(f"forms_admin:{name}", args=[self.form.pk, *args]))


class TranslationsView(LanguagesView):
    """The languages of a form, and the way to a new one."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(LanguageForm(taken=self._taken()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = LanguageForm(request.POST, taken=self._taken())
        if not form.is_valid():
            return self.ask(form)
        translation = services.add(self.form, form.cleaned_data["language"], self.by)
        return self.to("translation", translation.language)

    def ask(self, new: LanguageForm) -> HttpResponse:
        rows = [(each, self.done(each)) for each in self.form.translations.all()]
        return self.show("languages", rows=rows, new=new)

    def _taken(self) -> set[str]:
        return set(self.form.translations.values_list("language", flat=True))


class TranslationView(LanguagesView):
    """One language: how far each page is, the workbook, and whether people may choose it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(WorkbookForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "remove" in request.POST and not self.translation.words:
            services.remove(self.translation, self.by)
            messages.success(request, f"{self.translation.name} was removed.")
            return self.to("translations")
        services.offer(self.translation, "offer" in request.POST, self.by)
        return self.to("translation", self.translation.language)

    def ask(self, file: forms.Form, refused: Unreadable | None = None) -> HttpResponse:
        rows = [(place, place.translated_in(self.translation.words)) for place in self.places]
        findings = refused.findings if refused else []
        return self.show("language", rows=rows, done=self.done(self.translation), file=file, refused=findings)


class FileView(TranslationView):
    """The workbook: GET takes it out, POST brings it in."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        name = f"{self.form.slug}-{self.translation.language}.xlsx"
        headers = {"Content-Disposition": content_disposition_header(True, name), "Cache-Control": "no-store"}
        return HttpResponse(workbook.write(self.translation, self.places), content_type=XLSX, headers=headers)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = WorkbookForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.ask(form)
        try:
            words = workbook.read(form.cleaned_data["file"].read(MOST_BYTES + 1))
        except Unreadable as refused:
            return self.ask(WorkbookForm(), refused)
        self._tell(words, services.translate(self.translation, self.places, words, self.by))
        return self.to("translation", self.translation.language)

    def _tell(self, words: dict[str, str], changed: int) -> None:
        messages.success(self.request, f"{changed} text{'' if changed == 1 else 's'} changed.")
        known = {text.english for place in self.places for text in place.texts}
        if strangers := len(words.keys() - known):
            messages.warning(self.request, f"{strangers} of the English texts in the file are not in this form.")


class PlaceView(LanguagesView):
    """The texts of one page, each beside its translation."""

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.key = kwargs.get("place", "")
        return super().serve(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask(PlaceForm(place=self.place, translation=self.translation))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = PlaceForm(request.POST, place=self.place, translation=self.translation)
        if not form.is_valid():
            return self.ask(form)
        services.translate(self.translation, [self.place], form.words(), self.by)
        messages.success(request, f"“{self.place.title}” is saved.")
        following = self.places[self.places.index(self.place) + 1 :]
        if "next" in request.POST and following:
            return redirect(self.address(following[0]))
        return self.to("translation", self.translation.language)

    @property
    def place(self) -> Place:
        found = next((place for place in self.places if place.key == self.key), None)
        if found is None:
            raise Http404
        return found

    def address(self, place: Place) -> str:
        language = self.translation.language
        if place.key:
            return reverse("forms_admin:translate_page", args=[self.form.pk, language, place.key])
        return reverse("forms_admin:translate_whole", args=[self.form.pk, language])

    def ask(self, boxes: PlaceForm) -> HttpResponse:
        last = self.place == self.places[-1]
        return self.show("place", place=self.place, boxes=boxes, media=boxes.media, last=last)
