"""The only place that writes translations."""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.log_actions import log

from forms.exchange.findings import Translations
from forms.exchange.richtext import safe
from forms.models import Form, Translation
from forms.schema import FormSchema
from forms.stream import plain_html
from forms.translations.texts import Place, places


@transaction.atomic
def add(form: Form, language: str, by: User | None) -> Translation:
    """The form's translation into a language: the one that is there, or a new one without words."""
    found, made = Translation.objects.get_or_create(form=form, language=language)
    if made:
        _tell(found, by, "begun")
    return found


@transaction.atomic
def translate(translation: Translation, places: list[Place], words: Mapping[str, str], by: User | None) -> int:
    """Keep these words, by English; how many differ from what was kept. Words of texts the form does not have are left
    out, empty ones put the English back, and rich text is reduced to what the form editor can make.
    """
    held = Translation.objects.select_for_update().get(pk=translation.pk)
    changed = 0
    for text in (text for place in places for text in place.texts if text.english in words):
        given = words[text.english].strip()
        new = safe(plain_html(given)) if text.rich else given
        if new != held.words.get(text.english, ""):
            held.words[text.english] = new
            changed += 1
    if changed:
        held.words = {english: word for english, word in held.words.items() if word}
        held.save(update_fields=["words", "changed_at"])
        _tell(held, by, f"{changed} texts changed")
    return changed


@transaction.atomic
def bring_in(form: Form, schema: FormSchema, translations: Translations, by: User | None) -> list[Translation]:
    """Keep the words of languages that the form does not have yet, for texts of this schema; not offered to people.

    A language that is there stays as it is: people may be answering in it.
    """
    there = set(form.translations.values_list("language", flat=True))
    new = [add(form, language, by) for language in translations if language not in there]
    for translation in new:
        translate(translation, places(schema), translations[translation.language], by)
    return new


@transaction.atomic
def offer(translation: Translation, offered: bool, by: User) -> None:
    """Whether people may start the form in this language. Who has begun goes on in it either way."""
    if Translation.objects.filter(pk=translation.pk, offered=not offered).update(offered=offered):
        _tell(translation, by, "offered to people" if offered else "no longer offered")


@transaction.atomic
def remove(translation: Translation, by: User) -> None:
    """Forget the words. Unfinished answers in this language go on in English."""
    _tell(translation, by, "removed")
    translation.delete()


def _tell(translation: Translation, by: User | None, what: str) -> None:
    log(translation.form, "cdop_forms.translate", user=by, data={"language": translation.name, "what": what})
