"""What is known of a family in words for the screens."""

from dataclasses import dataclass

from workflow.family.selectors import family_of, may_read, to_do, words_of
from workflow.models import Case, FamilyAnswer, FamilyWords, Meeting
from workflow.permissions import Person


@dataclass(frozen=True)
class Said:
    """One question or view: before which meetings it was, and what was answered."""

    words: FamilyWords
    meetings: list[Meeting]
    answers: list[FamilyAnswer]


def all_said(case: Case) -> list[Said]:
    """Everything that the family asked and said, earliest first."""
    found = words_of(case).select_related("by").prefetch_related("brought__item__meeting", "answers__by")
    return [
        Said(each, [brought.item.meeting for brought in each.brought.all()], list(each.answers.all())) for each in found
    ]


def family_panel(case: Case, user: Person) -> dict[str, object] | None:
    """What the page of a case says of the family; nothing for those whom it does not concern."""
    if not may_read(user):
        return None
    family, said = family_of(case), words_of(case).prefetch_related("answers")
    unanswered = sum(each.kind == "question" and not each.answers.all() for each in said)
    return {"family": family, "to_do": to_do(case, family), "said": len(said), "unanswered": unanswered}
