"""What an analysis says for the facts of its case. Plain Python."""

from collections.abc import Iterator, Mapping
from typing import Any

# The fact of the case, and the question of the analysis form that answers it.
FINDINGS = {
    "category": "category_primary",
    "modifiability": "modifiability",
    "safeguarding_referral": "cspr_referral",
}
# What each meeting says of itself: two meetings always differ in it, and it is no finding.
ABOUT_THE_MEETING = frozenset(
    {
        "analysis_status", "meeting_type", "meeting_date", "completed_by_role", "chair_role", "agencies_present",
        "finalised_by_role", "finalised_at",
    }
)  # fmt: skip


def findings(answers: Mapping[str, Any]) -> dict[str, str]:
    """The answers to what the move `record_panel` asks; what the form did not ask is not among them."""
    found = {fact: str(answers[key]) for fact, key in FINDINGS.items() if answers.get(key)}
    graded = all(factor.get("level") for factor in answers.get("factors") or [])
    return found | ({"factors_graded": "yes"} if graded else {})


def texts(value: Any) -> Iterator[str]:
    """Every text in answers, those within repeat groups too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts(part)
