"""Reading translations."""

import datetime as dt
import hashlib

from forms.models import Translation


def offered_languages(form_id: int) -> dict[str, dt.datetime]:
    """The languages that people may choose, by code, each with when its words last changed."""
    found = Translation.objects.filter(form_id=form_id, offered=True)
    return dict(found.values_list("language", "changed_at"))


def words_tag(offered: dict[str, dt.datetime], language: str) -> str:
    """Tells apart what the API says of a version: differs when the languages offered or the words of one do."""
    if not offered:
        return ""
    said = f"{language} {offered.get(language)} {sorted(offered)}"
    return f"-{hashlib.sha256(said.encode()).hexdigest()[:12]}"
