"""Moving unfinished answers from the version they were begun on to the newest, where the editor chose that."""

from dataclasses import dataclass

from django.db import transaction

from forms.kinds import kind_of
from forms.models import Draft, FormVersion
from forms.prefilling import takes
from forms.schema import Answers, FormSchema, Question
from forms.selectors import live_version


@dataclass(frozen=True)
class Carried:
    """Answers as the newer version takes them, and what a person should know about it."""

    answers: Answers
    lost: tuple[tuple[str, str], ...]  # question and answer in words
    new: tuple[str, ...]
    reworded: tuple[tuple[str, str], ...]  # the words before and now

    @property
    def changed(self) -> bool:
        return bool(self.lost or self.new or self.reworded)


def newer_version(draft: Draft) -> FormVersion | None:
    """The version that this draft should move to; None when it finishes on its own."""
    form = draft.version.form
    newest = live_version(form.slug) if form.unfinished == "carry" else None
    return newest if newest and newest.pk != draft.version_id else None


def carried(before: FormSchema, after: FormSchema, answers: Answers) -> Carried:
    """What becomes of answers to one version of a form when they move to another."""
    old = {question.key: question for question in before.questions()}
    new = {question.key: question for question in after.questions()}
    kept = {
        key: value for key, value in answers.items() if key in old and key in new and _fits(old[key], new[key], value)
    }
    lost = tuple(
        (old[key].label, kind_of(old[key]).text(old[key], value))
        for key, value in answers.items()
        if key not in kept and key in old and value not in (None, "", [])
    )
    return Carried(
        kept,
        lost,
        tuple(question.label for key, question in new.items() if key not in old and question.label),
        tuple(
            (old[key].label, question.label)
            for key, question in new.items()
            if key in old and old[key].label != question.label
        ),
    )


def _fits(before: Question, after: Question, value: object) -> bool:
    """Whether the newer question takes this answer as it is."""
    if before.kind != after.kind:
        return False
    if value is None or after.kind in ("repeat", "upload"):
        return True
    return takes(after, value)


@transaction.atomic
def carry(draft: Draft, version: FormVersion) -> Draft:
    """Move a draft to another version. One that was sent meanwhile stays as it is."""
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if locked.submission_id is None:
        moved = carried(locked.definition, version.definition, locked.answers)
        locked.version, locked.answers = version, moved.answers
        locked.save(update_fields=["version", "sealed", "changed_at"])
    return locked
