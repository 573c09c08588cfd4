"""The only place that writes what is known of a family. All of it may be recorded in any state of the case: a family is
heard before the review begins, and told of it after it has ended."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from forms.sealing import seal
from workflow.family.selectors import family_of, may_read, words_of
from workflow.letters.filling import in_full
from workflow.models import (
    AgendaItem,
    Case,
    CaseFact,
    Family,
    FamilyAnswer,
    FamilyBrought,
    FamilyFeedback,
    FamilyWords,
    LetterTemplate,
)
from workflow.services.refusing import MoveRefused, locked, require
from workflow.services.telling import note


def _held(case: Case, by: User) -> Case:
    require(may_read(by))
    return locked(case)


def _to_change(case: Case, by: User, seen: int | None) -> Family:
    """The family as it is now, kept from everybody else; refused when the screen of whoever decided is behind."""
    family = family_of(_held(case, by))
    if seen is not None and seen != family.revision:
        raise MoveRefused(["Somebody has changed this meanwhile. Look at it again."])
    family.revision += 1
    return family


def _not_in_the_future(*days: dt.date | None) -> None:
    if any(day and day > timezone.localdate() for day in days):
        raise MoveRefused(["This lies in the future. Record it once it has happened."])


def _sealed(text: str) -> str:
    return seal(text) if text else ""


@transaction.atomic
def name_key_worker(
    case: Case, by: User, *, name: str, role: str, contact: str, seen: int | None = None, at: dt.datetime | None = None
) -> Family:
    """The one person whom the family can turn to."""
    family = _to_change(case, by, seen)
    person = {"name": name.strip(), "role": role.strip(), "contact": contact.strip()}
    if not person["name"]:
        raise MoveRefused(["Give the name of the key worker."])
    before = family.key_worker
    family.sealed_key_worker = seal(person)
    family.save()
    text = "Key worker changed." if before else "Key worker named."
    note(family.case, by, "noted", text, ", ".join(value for value in person.values() if value), at)
    return family


@transaction.atomic
def record_told(
    case: Case,
    by: User,
    *,
    told_on: dt.date | None,
    guide_on: dt.date | None,
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> Family:
    """When the family was told about the review, and when they were given the guide."""
    _not_in_the_future(told_on, guide_on)
    family = _to_change(case, by, seen)
    changed = [
        f"{label} {in_full(day) or 'not yet'}"
        for label, day, before in (
            ("told about the review:", told_on, family.told_on),
            ("given the guide:", guide_on, family.guide_on),
        )
        if day != before
    ]
    if not changed:
        return family
    family.told_on, family.guide_on = told_on, guide_on
    family.save()
    CaseFact.objects.create(
        case=case, name="family_informed", value="yes" if told_on else "no", recorded_by=by, at=at or timezone.now()
    )
    note(family.case, by, "noted", f"Family {'; '.join(changed)}.", at=at)
    return family


@transaction.atomic
def record_wishes(
    case: Case,
    by: User,
    *,
    no_contact: bool,
    interpreter: bool,
    language: str = "",
    wishes: str = "",
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> Family:
    """How the family wants to be spoken to, or that they do not want to be."""
    family = _to_change(case, by, seen)
    if interpreter and not language.strip():
        raise MoveRefused(["Say which language the interpreter should speak."])
    family.no_contact, family.interpreter = no_contact, interpreter
    family.sealed_language, family.sealed_wishes = _sealed(language.strip()), _sealed(wishes.strip())
    family.save()
    text = "Family does not want to be contacted." if no_contact else "Family’s wishes recorded."
    note(family.case, by, "noted", text, wishes.strip(), at)
    return family


@transaction.atomic
def hear(
    case: Case,
    by: User,
    *,
    kind: str,
    text: str,
    who: str,
    given_on: dt.date,
    name: str = "",
    at: dt.datetime | None = None,
) -> FamilyWords:
    """Keep a question or a view of the family. Said twice in the same words by the same person it is kept once."""
    _not_in_the_future(given_on)
    current, text, who = _held(case, by), text.strip(), who.strip()
    if not text or not who:
        raise MoveRefused(["Write down what was said, and who said it."])
    given_by = {"who": who, "name": name.strip()}
    for earlier in current.family_words.filter(kind=kind, given_on=given_on):
        if (earlier.text, earlier.given_by) == (text, given_by):
            return earlier
    words = FamilyWords.objects.create(
        case=current,
        kind=kind,
        sealed_text=seal(text),
        sealed_given_by=seal(given_by),
        given_on=given_on,
        by=by,
        at=at or timezone.now(),
    )
    note(current, by, "noted", f"{words.get_kind_display()} of the family.", text, at)
    return words


@transaction.atomic
def bring(
    case: Case, by: User, *, item: AgendaItem, words: Iterable[FamilyWords], at: dt.datetime | None = None
) -> int:
    """Record that a meeting had before it what the family asked and said; how much of it is new to the record."""
    current = _held(case, by)
    chosen = {each.pk for each in words} & set(words_of(current).values_list("pk", flat=True))
    if item.case_id != current.pk or not chosen:
        raise MoveRefused(["Choose what was brought, and to which meeting of this case."])
    chosen -= set(item.family_words.values_list("words_id", flat=True))
    moment = at or timezone.now()
    FamilyBrought.objects.bulk_create(FamilyBrought(words_id=pk, item=item, by=by, at=moment) for pk in sorted(chosen))
    if chosen:
        note(current, by, "noted", f"Family’s questions and views brought to {item.meeting}: {len(chosen)}.", at=at)
    return len(chosen)


@transaction.atomic
def answer(
    words: FamilyWords, by: User, *, text: str, answered_on: dt.date, at: dt.datetime | None = None
) -> FamilyAnswer:
    """What the family is answered. A later answer stands beside the earlier ones."""
    _not_in_the_future(answered_on)
    current = _held(words.case, by)
    if not text.strip():
        raise MoveRefused(["Write the answer."])
    if answered_on < words.given_on:
        raise MoveRefused(["This is before it was asked. Check the day."])
    given = FamilyAnswer.objects.create(
        words=words, sealed_text=seal(text.strip()), answered_on=answered_on, by=by, at=at or timezone.now()
    )
    note(current, by, "noted", f"Family answered: {words.get_kind_display().lower()}.", text.strip(), at)
    return given


@transaction.atomic
def give_feedback(
    case: Case, by: User, *, given_on: dt.date, given_by: str, text: str, at: dt.datetime | None = None
) -> FamilyFeedback:
    """Record what the family was told of the review."""
    _not_in_the_future(given_on)
    current = _held(case, by)
    if not given_by.strip() or not text.strip():
        raise MoveRefused(["Say who told the family, and what."])
    given: dict[str, Any] = {"sealed_given_by": seal(given_by.strip()), "sealed_text": seal(text.strip())}
    feedback = FamilyFeedback.objects.create(case=current, given_on=given_on, by=by, at=at or timezone.now(), **given)
    note(current, by, "noted", f"Feedback given to the family on {in_full(given_on)}.", text.strip(), at)
    return feedback


@transaction.atomic
def letter_given(case: Case, by: User, template: LetterTemplate, at: dt.datetime | None = None) -> None:
    """Record that the family was given or sent a letter."""
    note(_held(case, by), by, "noted", f"Letter given to the family: {template.title}.", at=at)
