"""The only place that writes forms, drafts and submissions."""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from forms.acknowledge import acknowledge
from forms.checks import problems
from forms.conditions import kept
from forms.identity import split
from forms.journey import Problem, unfinished
from forms.models import CodeList, Draft, Form, FormVersion, Submission
from forms.prefilling import prefilled
from forms.schema import Answers, FormSchema
from forms.sealing import seal
from forms.signals import submission_received
from forms.uploads.custody import forget, hand_over, remove_files

# No vowels, so no words; nothing that sounds or looks like something else when read aloud.
REFERENCE_LETTERS = "CDFGHJKMNPQRTVWXY34679"


class Incomplete(Exception):
    """These answers cannot be sent yet; `problems` says what to mend, page by page."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def new_reference() -> str:
    """An unguessable reference to read aloud, such as "7KQM-4RTX-9WDF" (22¹² of them)."""
    letters = [secrets.choice(REFERENCE_LETTERS) for _ in range(12)]
    return "-".join("".join(letters[start : start + 4]) for start in (0, 4, 8))


def checksum_of(schema: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(schema, sort_keys=True).encode()).hexdigest()


def freeze(form: Form, by: User | None = None) -> FormVersion:
    """The version that equals the form as it stands: the newest one, or a new one when something changed.

    Raises:
        pydantic.ValidationError: the form is no valid schema.
    """
    schema = FormSchema.model_validate(form.schema_data()).model_dump(mode="json", exclude_defaults=True)
    checksum = checksum_of(schema)
    newest = form.newest_version()
    if newest and newest.checksum == checksum:
        return newest
    number = newest.number + 1 if newest else 1
    return FormVersion.objects.create(form=form, number=number, schema=schema, checksum=checksum, published_by=by)


@transaction.atomic
def freeze_users_of(code_list: str) -> list[FormVersion]:
    """A new version of every published form that the change of a code list changes; those versions.

    A form whose published draft could no longer be published is left as it is.
    """
    made = []
    for form in Form.objects.filter(live=True):
        newest = form.newest_version()
        if newest is None or f'"list": "{code_list}"' not in json.dumps(form.pages.get_prep_value()):
            continue
        if not problems(FormSchema.model_validate(form.schema_data())) and (version := freeze(form)) != newest:
            made.append(version)
    return made


def follow_code_lists() -> int:
    """Bring published forms up to date with answers whose first day came or whose last day went; the versions made.

    Looks a week back, in case it could not run on the day.
    """
    day, week = dt.timedelta(days=1), dt.timedelta(days=7)
    today = timezone.localdate()
    begun = Q(codes__active_from__range=(today - week, today))
    ended = Q(codes__active_to__range=(today - week - day, today - day))
    names = CodeList.objects.filter(begun | ended).distinct().values_list("name", flat=True)
    return sum(len(freeze_users_of(name)) for name in names)


@transaction.atomic
def receive(
    version: FormVersion,
    answers: Answers,
    source: str = "web",
    at: dt.datetime | None = None,
    draft: Draft | None = None,
) -> Submission:
    """Store clean answers as a submission and tell the rooms above, in one transaction.

    `at` is when they were sent, for answers that are brought in from elsewhere; `draft` is what a person sent.
    """
    plain, sealed = split(version.definition, answers)
    submission = Submission.objects.create(
        reference=new_reference(),
        version=version,
        source=source,
        language=draft.language if draft else "",
        answers=plain,
        sealed=seal(sealed),
        submitted_at=at or timezone.now(),
    )
    with translation.override(settings.LANGUAGE_CODE):  # what staff read, whatever the sender reads
        submission_received.send(sender=Submission, submission=submission, draft=draft)
    return submission


@transaction.atomic
def empty(submission: Submission) -> None:
    """Forget what was answered, files too, where it may no longer be kept here. That it was received stays known.

    The row of a file that could be downloaded stays, because who did stays known; it belongs to nothing any more.
    """
    forget(submission.uploads.exclude(scan="clean"))
    names = list(submission.uploads.values_list("stored_as", flat=True))
    submission.uploads.update(submission=None)
    Submission.objects.filter(pk=submission.pk).update(answers={}, sealed=seal({}))
    transaction.on_commit(partial(remove_files, names))


def begin(
    version: FormVersion,
    owner: User | None = None,
    answers: Answers | None = None,
    known: Answers | None = None,
    language: str = "",
    source: str = "web",
) -> Draft:
    """A new draft on a version. Who is logged in owns it, and finds it again in any browser.

    `known` is what is known already, by key: it fills the questions whose editor wants that. `answers` are what was
    sent before and is to be amended. `source` is how what will be sent reached us.
    """
    filled, fixed = prefilled(version.definition, known or {})
    draft = Draft(version=version, owner=owner, fixed=fixed, language=language, source=source)
    draft.answers = _with_item_ids(version.definition, (answers or {}) | filled)
    draft.save(force_insert=True)
    return draft


@transaction.atomic
def refill(draft: Draft, known: Answers, keys: set[str]) -> Draft:
    """Begin these questions of an unfinished draft anew, from what is known of another person than before."""
    filled, fixed = prefilled(draft.definition, {key: value for key, value in known.items() if key in keys})

    def anew(answers: Answers) -> None:
        for key in keys:
            answers.pop(key, None)
        answers.update(filled)

    changed = change(draft, anew)
    changed.fixed = [*(key for key in changed.fixed if key not in keys), *fixed]
    changed.save(update_fields=["fixed"])
    return changed


@transaction.atomic
def change(draft: Draft, edit: Callable[[Answers], Any]) -> Draft:
    """Let `edit` change the newest answers of a draft under a lock, so that two tabs never undo each other.

    A draft that has been sent is returned as it is.
    """
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if locked.submission_id is None:
        answers = locked.answers
        edit(answers)
        locked.answers = answers
        locked.save(update_fields=["sealed", "changed_at"])
    return locked


@transaction.atomic
def send(draft: Draft, today: dt.date | None = None) -> Submission:
    """Turn a draft into its one submission. Sending again gives the same submission.

    Raises:
        Incomplete: something must be answered or mended first; nothing is stored.
    """
    with_form = Draft.objects.select_related("version__form").defer("version__schema")
    locked = with_form.select_for_update(of=("self",)).get(pk=draft.pk)
    if locked.submission_id is not None:
        return Submission.objects.get(pk=locked.submission_id)
    day = today or timezone.localdate()
    schema, answers = locked.definition, locked.answers
    if problems := unfinished(schema, answers, day):
        raise Incomplete(problems)
    sent = kept(schema, answers, day)
    submission = receive(locked.version, _without_item_ids(schema, sent), locked.source, draft=locked)
    if any(question.kind == "upload" for question in schema.questions()):
        hand_over(locked, submission, sent)
    locked.submission = submission
    locked.sealed = ""
    locked.save(update_fields=["submission", "sealed", "changed_at"])
    # Whatever goes wrong from here on, the answers are stored and the person shall see the receipt.
    transaction.on_commit(lambda: acknowledge(submission), robust=True)
    return submission


def _with_item_ids(schema: FormSchema, answers: Answers) -> Answers:
    """The answers with an id for each item of a repeat group, by which it is found while it is being edited."""
    groups = {question.key for question in schema.questions() if question.kind == "repeat"}
    return {
        key: [{"id": secrets.token_hex(4)} | item for item in value] if key in groups and value else value
        for key, value in answers.items()
    }


def _without_item_ids(schema: FormSchema, answers: Answers) -> Answers:
    """The answers without the ids that items of repeat groups have while they are being edited."""
    groups = {question.key for question in schema.questions() if question.kind == "repeat"}
    return {
        key: [{name: part for name, part in item.items() if name != "id"} for item in value]
        if key in groups and value
        else value
        for key, value in answers.items()
    }


def clear_drafts(older_than: dt.timedelta | None = None) -> int:
    """Delete unfinished answers, and their files, that nobody changed for so long (DRAFT_DAYS); how many."""
    until = timezone.now() - (older_than or dt.timedelta(days=settings.DRAFT_DAYS))
    old = Draft.objects.filter(submission__isnull=True, changed_at__lt=until)
    cleared = 0
    for pk in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            # Somebody may have gone on with it, or sent it, in this very moment.
            draft = old.select_for_update().filter(pk=pk).first()
            if draft:
                discard(draft)
                cleared += 1
    return cleared


def discard(draft: Draft) -> None:
    """Forget unfinished answers and their files."""
    forget(draft.uploads.all())
    draft.delete()
