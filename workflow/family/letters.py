"""The letters of a family, filled. What they say of the child is the first name alone."""

import datetime as dt
import re

from django.utils.translation import gettext

from workflow.family.selectors import family_of
from workflow.letters.filling import in_full, letter
from workflow.letters.words import FORBIDDEN
from workflow.models import Case, LetterTemplate
from workflow.states import PUBLIC, State

TO_FILL_IN = "………………"


def progress_of(case: Case) -> str:
    """Where the review is, in words that a family could be told."""
    return gettext(PUBLIC[State(case.state)])


def family_letter(case: Case, template: LetterTemplate, to: str, by: dt.date | None, words: str) -> str:
    """A letter to `to`, in the words of a template; `by` is the day by which questions are wanted."""
    details = case.identity.details if hasattr(case, "identity") else {}
    key_worker = family_of(case).key_worker
    filled = letter(
        template,
        {
            "to": to.strip() or "parent or carer",
            "child": (details.get("first_names") or "").strip() or "your child",
            "key worker": key_worker.get("name") or TO_FILL_IN,
            "key worker role": key_worker.get("role") or TO_FILL_IN,
            "key worker contact": key_worker.get("contact") or TO_FILL_IN,
            "reply by": f"by {in_full(by)}" if by else "as soon as you feel able to",
            "words": words.strip(),
            "reference": case.reference,
            "progress": progress_of(case),
        },
    )
    return re.sub(r"\n{3,}", "\n\n", filled)


def unfit(text: str) -> list[str]:
    """Words in a text that no family should read."""
    return sorted({found.lower() for found in re.findall(FORBIDDEN, text, re.IGNORECASE)})
