"""What the moves ask, and the answers they offer. Codes are stored; words are for staff."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

Choices = tuple[tuple[str, str], ...]
Answered = Mapping[str, str]


@dataclass(frozen=True)
class Input:
    """Something a move asks for. Kept as a fact of the case, under `name`.

    A `past_date` lies between the death and today. `reason_if` is the answer that must be explained; `prefill` names
    the fact that is offered as the answer. A `meeting` is the primary key of a panel to come.
    """

    name: str
    label: str
    kind: Literal["text", "long_text", "date", "past_date", "yes", "choice", "case", "meeting"] = "text"
    choices: Choices = ()
    help: str = ""
    reason_if: str = ""
    prefill: str = ""


YES_NO: Choices = (("yes", "Yes"), ("no", "No"))

CATEGORIES: Choices = (
    ("1", "1. Deliberately inflicted injury, abuse or neglect"),
    ("2", "2. Suicide or deliberate self-inflicted harm"),
    ("3", "3. Trauma and other external factors"),
    ("4", "4. Malignancy"),
    ("5", "5. Acute medical or surgical condition"),
    ("6", "6. Chronic medical condition"),
    ("7", "7. Chromosomal, genetic and congenital anomalies"),
    ("8", "8. Perinatal or neonatal event"),
    ("9", "9. Infection"),
    ("10", "10. Sudden unexpected, unexplained death"),
)
MODIFIABLE: Choices = (
    ("identified", "Modifiable factors identified"),
    ("none_identified", "No modifiable factors identified"),
    ("inadequate_information", "Inadequate information to tell"),
)
SAFEGUARDING: Choices = (
    ("not_needed", "No referral needed"),
    ("referred", "Referred"),
    ("already_known", "Already known to safeguarding partners"),
)
RETURNS: Choices = (
    ("returned", "Every agency that must answer has answered"),
    ("waived", "Some are waived, for the reason below"),
)
CDRM_KINDS: Choices = (
    ("cdrm", "Child death review meeting"),
    ("pmrt", "Perinatal mortality review (PMRT)"),
    ("mortality", "Hospital mortality and morbidity meeting"),
    ("final_case_discussion", "Final case discussion after a Joint Agency Response"),
)
DEFERRALS: Choices = (
    ("more_information", "More information is needed"),
    ("hold", "Another process must finish first"),
    ("time", "The meeting ran out of time"),
    ("interest", "The chair must not hear it"),
    ("quorum", "Too few members could hear it"),
)


@dataclass(frozen=True)
class Rule:
    """Something that answers must be together: in words, and the sentence a person reads when it is not so."""

    words: str
    breaks: Callable[[Answered], bool]
    sentence: str


RULES: dict[str, Rule] = {
    "record_panel": Rule(
        "In category 1 the safeguarding partners know",
        lambda given: given["category"] == "1" and given["safeguarding_referral"] == "not_needed",
        "In category 1 abuse or neglect is found: refer to safeguarding partners, or say that they know already.",
    )
}


def problem_with(move: str, given: Answered) -> str:
    """What is wrong with answers that are each fine but do not go together; empty when they do."""
    rule = RULES.get(move)
    return rule.sentence if rule and rule.breaks(given) else ""
