"""Forms in other languages."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import get_language_info

from forms.models.definition import Form, definition_of
from forms.schema import FormSchema
from forms.translations.texts import translated


def languages() -> list[tuple[str, str]]:
    """The languages into which a form may be translated, as "Polish (Polski)"."""
    known = (get_language_info(code) for code, _ in settings.LANGUAGES if not code.startswith("en"))
    return sorted(
        ((info["code"], f"{info['name']} ({info['name_local']})") for info in known), key=lambda each: each[1]
    )


class Translation(models.Model):
    """A form's words in another language, by the English they stand for."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=10, choices=languages)
    words = models.JSONField(default=dict)
    offered = models.BooleanField(default=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["form", "language"], name="one_translation_per_language")]

    def __str__(self) -> str:
        return f"{self.form} in {self.name}"

    @property
    def info(self) -> dict[str, Any]:
        return get_language_info(self.language)

    @property
    def name(self) -> str:
        """The language in English, for instance "Polish"."""
        return str(self.info["name"])

    @property
    def direction(self) -> str:
        return "rtl" if self.info["bidi"] else "ltr"


def speaking(language: str) -> translation.override:
    """`with speaking("pl"):` the product's own words are Polish; with "" they are English."""
    return translation.override(language or settings.LANGUAGE_CODE)


def definition_in(version_id: int, language: str) -> FormSchema:
    """The schema of a version in a language; in English when `language` is empty or there is no such translation."""
    if not language:
        return definition_of(version_id)
    translations = Translation.objects.filter(form__versions=version_id, language=language)
    found = translations.values_list("pk", "changed_at").first()
    return _translated(version_id, *found) if found else definition_of(version_id)


@lru_cache(maxsize=32)
def _translated(version_id: int, translation_id: int, _changed_at: Any) -> FormSchema:
    words = Translation.objects.values_list("words", flat=True).get(pk=translation_id)
    return translated(definition_of(version_id), words)
