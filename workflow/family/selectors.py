"""What is known of a family, what they asked, and what is still to be done for them."""

from django.db.models import Q, QuerySet

from forms.conditions import as_date
from workflow.actions.states import REVIEWED
from workflow.models import Case, Family, FamilyWords, Meeting
from workflow.models.case import HISTORY
from workflow.permissions import Person, user_can_see_identity, user_can_work_cases
from workflow.states import ENDED, State

UNSAID = {"", "not_known", "not_applicable"}


def may_read(user: Person) -> bool:
    """Whether the person may read and keep what is known of families: who works on cases and may know the child."""
    return user_can_work_cases(user) and user_can_see_identity(user)


def family_of(case: Case) -> Family:
    """What is kept of a case's family; an empty one, not stored, while nothing is."""
    return Family.objects.filter(case=case).first() or Family(case=case)


def words_of(case: Case) -> QuerySet[FamilyWords]:
    """What the family asked and said, also on a case that was merged into this one."""
    return FamilyWords.objects.filter(Q(case=case) | Q(case__duplicate_of=case)).order_by("given_on", "pk")


def words_before(meeting: Meeting) -> dict[int, list[FamilyWords]]:
    """By case on the agenda of a meeting, what its family asked and said."""
    cases = meeting.items.values("case")
    found: dict[int, list[FamilyWords]] = {}
    asked = FamilyWords.objects.filter(Q(case__in=cases) | Q(case__duplicate_of__in=cases)).select_related("case")
    for words in asked.order_by("given_on", "pk"):
        found.setdefault(words.case.duplicate_of_id or words.case_id, []).append(words)
    return found


def to_do(case: Case, family: Family) -> list[tuple[str, str]]:
    """What should be done for a family, as a sentence and the name of the screen on which it is done.

    Nothing, where the death is reviewed by another panel, under another case or not at all, or where the review had
    ended in another system.
    """
    ended_elsewhere = case.source == HISTORY[0] and case.state == State.CLOSED
    if ended_elsewhere or case.state in ENDED - {State.CLOSED}:
        return []
    wanted = [] if family.key_worker else [("Name a key worker.", "family_key_worker")]
    if not family.no_contact:
        if not family.told_on:
            wanted.append(("Tell the family about the review.", "family_told"))
        if not family.guide_on:
            wanted.append(("Give the family the guide “When a child dies”.", "family_told"))
        if case.state in REVIEWED and not case.family_feedback.exists():
            wanted.append(("Tell the family what the review found.", "family_feedback"))
    return wanted


def told_at_notification(case: Case) -> dict[str, object]:
    """What notifiers said of key worker and guide, to begin from: the newest answer that says something."""
    found: dict[str, object] = {}
    for received in case.submissions.select_related("submission__version__form").order_by("pk"):
        answers = received.submission.all_answers()
        contact = [answers.get(key) for key in ("key_worker_phone", "key_worker_email")]
        said = {
            "name": answers.get("key_worker_name"),
            "contact": ", ".join(each for each in contact if isinstance(each, str) and each not in UNSAID),
            "told_on": as_date(answers.get("family_aware_of_cdr_on")),
        }
        found |= {name: value for name, value in said.items() if value and value not in UNSAID}
    return found
