"""What happens beside the moves and is recorded with its day: it can start and meet time limits (process, §3, §12)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Milestone:
    """Kept as a fact of the case, under `fact`. `jar`: only where a Joint Agency Response is needed.

    `by_hand`: a person records it; otherwise something else that is recorded reaches it.
    """

    name: str
    label: str
    jar: bool = False
    may_precede_death: bool = False
    by_hand: bool = True

    @property
    def fact(self) -> str:
        return f"{self.name}_on"


MILESTONES = (
    Milestone("joint_decision", "Joint decision of the consultants on the day of the death"),
    Milestone("services_told", "GP, child health and other services told, so that appointments stop"),
    Milestone("jar_contact", "First contact of health, police and social care", jar=True),
    Milestone("scene_visit", "Visit to the home or the place where it happened", jar=True),
    Milestone("jar_meeting", "First Joint Agency Response meeting", jar=True),
    Milestone("inquest_concluded", "Inquest concluded"),
    Milestone("abuse_suspected", "Abuse or neglect suspected", may_precede_death=True, by_hand=False),
    Milestone("referrals_sent", "Safeguarding referrals sent", may_precede_death=True, by_hand=False),
    Milestone("incident_known", "Local authority learnt of suspected abuse or neglect", may_precede_death=True),
    Milestone("incident_notified", "Local authority notified the serious incident", may_precede_death=True),
    Milestone("rapid_review", "Rapid review finished"),
)
MILESTONE = {each.name: each for each in MILESTONES}
