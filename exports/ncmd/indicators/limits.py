"""What the indicators are measured against. Plain data; each area sets its own, because none is confirmed."""

from dataclasses import dataclass

from django.utils.translation import ngettext

COMPLETE = (
    "nhs_number", "ethnicity", "sex", "postcode", "gestation_weeks", "birth_weight_g", "maternal_smoking_booking",
    "maternal_bmi", "place_of_death_type", "legal_status",
)  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """Hours until NCMD knows of a death, days until the panel's review, days from which a case is open for long, and
    the `items` that are to be known."""

    hours_to_ncmd: int = 48
    first_days: int = 90
    second_days: int = 180
    last_days: int = 365
    open_days: int = 365
    items: tuple[str, ...] = COMPLETE

    @property
    def reviewed(self) -> dict[str, int]:
        """The days of each indicator of that kind."""
        return {
            "reviewed_first": self.first_days,
            "reviewed_second": self.second_days,
            "reviewed_last": self.last_days,
        }

    def of(self, indicator: str) -> str:
        """In words, where the indicator has one."""
        if indicator == "notified_ncmd":
            return ngettext("%d hour", "%d hours", self.hours_to_ncmd) % self.hours_to_ncmd
        days = (self.reviewed | {"open_long": self.open_days}).get(indicator)
        return ngettext("%d day", "%d days", days) % days if days else ""
