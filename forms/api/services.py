"""Take what a client sends: once for each Idempotency-Key, all of it or nothing."""

from django.db import transaction
from django.utils import timezone

from forms.acknowledge import acknowledge
from forms.api.answers import check
from forms.api.files import hand_over, waiting
from forms.api.idempotency import KeyReused
from forms.api.inside import Inside
from forms.api.problems import AnswerProblem
from forms.models import ApiClient, ApiSubmission, ApiUse, FormVersion
from forms.schema import Answers
from forms.services import receive


class Refused(Exception):
    """The answers cannot be taken; `problems` says what to mend. Nothing is stored."""

    def __init__(self, problems: list[AnswerProblem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def earlier(client: ApiClient, key: str, digest: str) -> ApiSubmission | None:
    """What was stored under this key before, even if the form has changed since.

    Raises:
        KeyReused: the key came with another body.
    """
    sent = ApiSubmission.objects.filter(client=client, key=key, submission__isnull=False).first()
    if sent and sent.digest != digest:
        raise KeyReused
    return sent


@transaction.atomic
def submit(
    client: ApiClient,
    version: FormVersion,
    answers: Answers,
    declared: bool,
    key: str,
    digest: str,
    inside: Inside | None = None,
) -> tuple[ApiSubmission, bool]:
    """The submission under this key, and whether it is new. The same key and body again give the same submission.

    Raises:
        KeyReused: the key came with another body.
        Refused: the answers must be mended; the key may be used again.
    """
    sent, new = ApiSubmission.objects.select_for_update().get_or_create(
        client=client, key=key, defaults={"digest": digest}
    )
    if not new:
        if sent.digest != digest:
            raise KeyReused
        return sent, False
    inside = inside or Inside()
    outcome = check(
        version.definition, answers, timezone.localdate(), {**waiting(client, version, answers), **inside.files}
    )
    if problems := [*inside.problems_beside(outcome.problems), *_undeclared(version, declared)]:
        raise Refused(problems)
    submission = receive(version, outcome.answers, source="api")
    hand_over(client, submission, outcome.answers)
    with inside.kept(submission, outcome.answers):
        sent.submission, sent.not_asked = submission, outcome.not_asked
        sent.save(update_fields=["submission", "not_asked"])
        ApiUse.objects.create(client=client, did="submitted", form=version.form.slug, reference=submission.reference)
    # Whatever goes wrong from here on, the answers are stored and the client shall have the receipt.
    transaction.on_commit(lambda: acknowledge(submission), robust=True)
    return sent, True


def _undeclared(version: FormVersion, declared: bool) -> list[AnswerProblem]:
    if declared or not version.definition.declaration:
        return []
    message = f"Confirm the declaration: {version.definition.declaration}"
    return [AnswerProblem(question="declaration", pointer="#/declaration", message=message)]
