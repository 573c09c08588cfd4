"""Reading translations."""

import datetime as dt
import hashlib

from forms.models import Form, Translation
from forms.schema import FormSchema
from forms.translations.texts import places


def offered_languages(form_id: int) -> dict[str, dt.datetime]:
    """The languages that people may choose, by code, each with when its words last changed."""
    found = Translation.objects.filter(form_id=form_id, offered=True)
    return dict(found.values_list("language", "changed_at"))


def words_of(form: Form, schema: FormSchema) -> dict[str, dict[str, str]]:
    """The translations of this schema's texts, by language, then by the English; languages without words left out."""
    english = [text.english for place in places(schema) for text in place.texts]
    found = form.translations.values_list("language", "words")
    kept = {language: {each: words[each] for each in english if words.get(each)} for language, words in found}
    return {language: words for language, words in kept.items() if words}


def words_tag(offered: dict[str, dt.datetime], language: str) -> str:
    """Tells apart what the API says of a version: differs when the languages offered or the words of one do."""
    if not offered:
        return ""
    said = f"{language} {offered.get(language)} {sorted(offered)}"
    return f"-{hashlib.sha256(said.encode()).hexdigest()[:12]}"
