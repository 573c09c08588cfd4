"""Reading packs: who may, and whether what they read is still what is known."""

from django.db.models import Count, Max, Q

from workflow.models import AgreedValue, Case, CaseSubmission, Pack, PackPassage
from workflow.packs.family import has_all_of_the_family
from workflow.permissions import Person, user_can_see_identity, user_can_work_cases
from workflow.selectors import cases_for

NOTHING = "Make the anonymised pack first."
STALE = "Something was answered or agreed since the anonymised pack was made. Make it again."


def may_prepare(user: Person) -> bool:
    return user_can_work_cases(user) and user_can_see_identity(user)


def pack_to_read(case: Case, user: Person) -> Pack | None:
    """The finished pack of a case that this person may see."""
    seen = Pack.objects.filter(case__in=cases_for(user).filter(pk=case.pk), state=Pack.State.FINISHED)
    return seen.select_related("case", "finished_by").first()


def pack_in_hand(case: Case) -> Pack | None:
    """The pack that is being prepared."""
    return case.packs.filter(state=Pack.State.PREPARING).first()


def received_now(case: Case) -> list[int]:
    return sorted(CaseSubmission.objects.filter(case=case).values_list("submission_id", flat=True))


def newest_agreed(case: Case) -> int:
    return AgreedValue.objects.filter(case=case).aggregate(newest=Max("pk"))["newest"] or 0


def is_out_of_date(pack: Pack) -> bool:
    """Whether an answer came in, left, or was agreed since the pack was made, or the family said something."""
    return (
        pack.submissions != received_now(pack.case)
        or pack.newest_agreed != newest_agreed(pack.case)
        or not has_all_of_the_family(pack)
    )


def counted(pack: Pack) -> dict[str, int]:
    """Of the passages in somebody’s own words: decided, open, all."""
    written = ~Q(decision="coded")
    counts = pack.passages.aggregate(all=Count("pk", filter=written), open=Count("pk", filter=Q(decision="open")))
    return counts | {"decided": counts["all"] - counts["open"]}


def has_current_pack(case: Case) -> str:
    """An empty string, or the sentence that says what is missing before a panel can read about the case."""
    finished = case.packs.filter(state=Pack.State.FINISHED).first()
    if finished and not is_out_of_date(finished):
        return ""
    if in_hand := pack_in_hand(case):
        return f"The anonymised pack is still being prepared. {still_open(counted(in_hand)['open'])}".strip()
    return STALE if finished else NOTHING


def still_open(number: int) -> str:
    if not number:
        return "Every passage is decided: finish it."
    return f"{number} passage{' is' if number == 1 else 's are'} still to be confirmed or left out."


def newest_decision(passage: PackPassage) -> str:
    """When a passage was last decided on, so that a screen can say what it showed; empty while it is open."""
    return passage.decided_at.isoformat() if passage.decided_at else ""
