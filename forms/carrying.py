"""Moving unfinished answers from the version they were begun on to the newest, where the editor chose that."""

from collections.abc import Iterator
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
    """What becomes of answers to one version of a form when they move to another. Nothing is told of hidden values."""
    old, new = list(before.questions()), list(after.questions())
    kept, lost = _moved(old, new, answers)
    return Carried(kept, tuple(lost), tuple(_new(old, new)), tuple(_reworded(old, new)))


def _moved(before: list[Question], after: list[Question], answers: Answers) -> tuple[Answers, list[tuple[str, str]]]:
    """The answers that the newer questions take, and the others in words."""
    old, new = _by_key(before), _by_key(after)
    kept: Answers = {}
    lost: list[tuple[str, str]] = []
    for key, value in answers.items():
        if key not in old:
            continue
        if key in new and old[key].kind == new[key].kind == "repeat":
            kept[key] = []
            for item in value or []:
                inside, gone = _moved(old[key].questions, new[key].questions, item)
                kept[key].append(inside | {"id": item["id"]})
                lost += [(f"{old[key].label}: {label}", text) for label, text in gone]
        elif key in new and _fits(old[key], new[key], value):
            kept[key] = value
        elif value not in (None, "", []) and kind_of(old[key]).shown:
            lost.append((old[key].label, kind_of(old[key]).text(old[key], value)))
    return kept, lost


def _new(before: list[Question], after: list[Question], group: str = "") -> Iterator[str]:
    old = _by_key(before)
    for question in _shown(after):
        if question.key not in old and question.label:
            yield group + question.label
        elif question.key in old:
            yield from _new(old[question.key].questions, question.questions, f"{question.label}: ")


def _reworded(before: list[Question], after: list[Question], group: str = "") -> Iterator[tuple[str, str]]:
    """Questions and answers to choose that say something else under the same key: the words before and now."""
    old = _by_key(before)
    for question in _shown(after):
        if (was := old.get(question.key)) is None:
            continue
        if was.label != question.label:
            yield group + was.label, group + question.label
        labels = {choice.code: choice.label for choice in was.choices}
        for choice in question.choices:
            if choice.code in labels and labels[choice.code] != choice.label:
                yield f"{group}{question.label}: {labels[choice.code]}", f"{group}{question.label}: {choice.label}"
        yield from _reworded(was.questions, question.questions, f"{question.label}: ")


def _shown(questions: list[Question]) -> list[Question]:
    return [question for question in questions if kind_of(question).shown]


def _by_key(questions: list[Question]) -> dict[str, Question]:
    return {question.key: question for question in questions}


def _fits(before: Question, after: Question, value: object) -> bool:
    """Whether the newer question takes this answer as it is."""
    if before.kind != after.kind:
        return False
    if value is None or after.kind == "upload":
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
