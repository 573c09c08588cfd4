"""Each indicator once: what it is called, what it counts, and of what. Plain data; none is NCMD's own definition."""

from dataclasses import dataclass

SHARE, DAYS, COUNT = "share", "days", "count"
KINDS = {SHARE: "Part of a whole", DAYS: "Days", COUNT: "Count"}
DEATH, REVIEW, EVENT = "by date of death", "by date of the panel", "by date of the event"


@dataclass(frozen=True)
class Indicator:
    """`grouped` names what its rows are, where it has several; `public`: it may be shown outside, protected."""

    code: str
    title: str
    kind: str
    by: str
    meaning: str
    grouped: str = ""
    public: bool = True


def _within(code: str, which: str, *, public: bool = False) -> Indicator:
    """The last one is public, because differences between them would single children out."""
    meaning = "Of the deaths that the panel reviewed in the period, those it reviewed within that time of the death."
    return Indicator(code, f"Reviewed within the {which} limit", SHARE, REVIEW, meaning, public=public)


def _days(code: str, title: str, meaning: str) -> Indicator:
    return Indicator(code, title, DAYS, EVENT, meaning)


INDICATORS = {
    each.code: each
    for each in (
        Indicator("deaths", "Deaths", COUNT, DEATH, "Deaths that this panel reviews or has reviewed."),
        Indicator("reviews", "Reviews", COUNT, REVIEW, "Deaths that the panel reviewed in the period."),
        Indicator(
            "notified_ncmd",
            "With NCMD in time",
            SHARE,
            DEATH,
            "Of all deaths, those whose notification was sent to NCMD from here within that time of the death.",
        ),
        Indicator(
            "notified_here",
            "This panel notified in time",
            SHARE,
            DEATH,
            "Of the deaths for which the time limit for notifying this panel ran, those that kept it.",
        ),
        _days("death_to_jar", "Death to JAR meeting", "Where a Joint Agency Response met."),
        _days("death_to_cdrm", "Death to CDRM", "Until the child death review meeting was recorded."),
        _days("death_to_panel", "Death to panel", "Until the panel’s review was recorded."),
        _days("death_to_final", "Death to finalised", "Until the case was finalised."),
        _days("panel_to_final", "Panel to finalised", "From the panel’s review until the case was finalised."),
        _within("reviewed_first", "first"),
        _within("reviewed_second", "second"),
        _within("reviewed_last", "last", public=True),
        Indicator(
            "requests_on_time",
            "Agencies answered in time",
            SHARE,
            "by the day the answer was due",
            "Of the answers that were due, those that came by that day.",
            "Kind of agency",
        ),
        Indicator(
            "complete",
            "Known",
            SHARE,
            DEATH,
            "Of all deaths, those for which this is answered, and not with “not known”.",
            "Item",
        ),
        Indicator(
            "not_known",
            "Answered “not known”",
            SHARE,
            DEATH,
            "Of all deaths, those for which nobody who was asked knows this. What was left blank is not counted.",
            "Item",
            public=False,
        ),
        Indicator(
            "ungraded",
            "Factors without a grade",
            SHARE,
            REVIEW,
            "Of the factors in signed analyses, those without a grade. NCMD wants none.",
            public=False,
        ),
        Indicator(
            "modifiable",
            "Modifiable factors identified",
            SHARE,
            REVIEW,
            "Of the reviews that found some or found none, those that found some.",
        ),
        Indicator(
            "inadequate",
            "Not enough information",
            SHARE,
            REVIEW,
            "Of all reviews with a signed analysis, those that could not say whether there were modifiable factors.",
            public=False,
        ),
        Indicator(
            "open_long",
            "Open for long",
            COUNT,
            DEATH,
            "Still open today, more than that time after the death.",
            public=False,
        ),
        Indicator("on_hold", "On hold today", COUNT, DEATH, "By what makes them wait.", "Hold", public=False),
        Indicator(
            "duplicates",
            "Duplicates found",
            COUNT,
            EVENT,
            "Cases found to be about a child notified before.",
            public=False,
        ),
    )
}
