"""What may no longer be kept here, once another panel has a review, and the line that says it is gone."""

import datetime as dt

from django.contrib.auth.models import User
from django.db.models import Model, Q

from forms.sealing import seal
from forms.services import empty
from forms.uploads.custody import discard
from workflow.models import (
    AgreedValue,
    Attachment,
    AttachmentWithdrawal,
    Case,
    Family,
    FamilyAnswer,
    FamilyFeedback,
    FamilyWords,
    Hold,
    JarDecision,
    MatchDecision,
    Referral,
    ReferralChange,
    ScopeDecision,
    Suspicion,
    Task,
    TimelineEntry,
)
from workflow.services.telling import note

# What a stub may still say: enough to know the child again, and nothing of how they lived or died.
KEPT_IN_A_STUB = ("nhs_number_known", "nhs_number_missing_reason")
# Words that staff and families wrote about a child, by the path to the case. Those of the moves say why it went where.
# That abuse was suspected, who was told when, under which reference, and the answer are no words: they stay as facts.
WRITTEN: tuple[tuple[type[Model], str, str], ...] = (
    (AgreedValue, "case", "sealed"),
    (Attachment, "case", "sealed_description"),
    (AttachmentWithdrawal, "attachment__case", "sealed_reason"),
    (Family, "case", "sealed_key_worker"),
    (Family, "case", "sealed_language"),
    (Family, "case", "sealed_wishes"),
    (FamilyAnswer, "words__case", "sealed_text"),
    (FamilyFeedback, "case", "sealed_text"),
    (FamilyFeedback, "case", "sealed_given_by"),
    (FamilyWords, "case", "sealed_text"),
    (FamilyWords, "case", "sealed_given_by"),
    (Hold, "case", "sealed_reason"),
    (JarDecision, "case", "sealed_override_reason"),
    (MatchDecision, "one", "sealed_reason"),
    (MatchDecision, "other", "sealed_reason"),
    (Referral, "case", "sealed_letter"),
    (Referral, "case", "sealed_how"),
    (ReferralChange, "referral__case", "sealed_words"),
    (ScopeDecision, "case", "sealed_note"),
    (Suspicion, "case", "sealed_basis"),
    (Suspicion, "case", "sealed_said_by"),
    (Task, "case", "sealed_what"),
)
TOLD = (
    "Erased, because another panel has the review: answers, files, notes, correspondence, tasks, agreed values, and "
    "the words of the family, of decisions and of safeguarding referrals."
)


def make_stub(case: Case, by: User, at: dt.datetime) -> None:
    """Forget what is clinical, here and in what was merged into it. Who the child is and why it went stay."""
    for merged in case.duplicates.all():
        _erase(merged, by, at)
        merged.save(update_fields=["record", "changed_at"])
    _erase(case, by, at)


def _erase(case: Case, by: User, at: dt.datetime) -> None:
    for received in case.submissions.select_related("submission"):
        empty(received.submission)
    for attachment in case.attachments.select_related("upload"):
        discard(attachment.upload)
        attachment.upload.sealed = seal(attachment.upload.details | {"name": ""})
        attachment.upload.save(update_fields=["sealed"])
    case.record = {name: case.record[name] for name in KEPT_IN_A_STUB if name in case.record}
    _erase_words(case)
    case.tasks.filter(done_at=None).update(done_at=at, done_by=by)
    note(case, by, "erased", TOLD, at=at)


def _erase_words(case: Case) -> None:
    """Only what is sealed can go: the database keeps all else of what is written once."""
    _erase_beside(case)
    for model, path, column in WRITTEN:
        model._base_manager.filter(**{path: case}).update(**{column: ""})
    TimelineEntry._base_manager.filter(~Q(kind="moved"), case=case).update(sealed_words="")


def _erase_beside(case: Case) -> None:
    """Why two were not the same child stands on the timeline of the other case as well."""
    for decision in MatchDecision.objects.filter(Q(one=case) | Q(other=case)).select_related("one", "other"):
        beside = TimelineEntry._base_manager.filter(case=decision.besides(case), kind="decided", at=decision.at)
        beside.update(sealed_words="")
