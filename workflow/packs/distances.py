"""A day told without its date: as an age, or by how far it is from the birth or the death."""

import datetime as dt

DAYS_ARE_TOLD = 14
WEEKS_ARE_TOLD = 84
MONTHS_ARE_TOLD = 730
DAYS_OF_A_MONTH = 30.44
NEAR_THE_DEATH = 56
NOT_TOLD = "[date]"


def length(days: int) -> str:
    """“3 days”, “5 weeks”, “7 months”, “4 years”: the further, the coarser."""
    if days < DAYS_ARE_TOLD:
        return _counted(days, "day")
    if days < WEEKS_ARE_TOLD:
        return _counted(days // 7, "week")
    if days < MONTHS_ARE_TOLD:
        return _counted(int(days / DAYS_OF_A_MONTH), "month")
    return _counted(int(days / 365.25), "year")


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def when(day: dt.date, born: dt.date | None, died: dt.date | None, about: bool = False) -> str:
    """What stands in the place of a date; `about` for one of which only the month or the year is known."""
    roughly = "about " if about else ""
    if day == died and not about:
        return "the day of the death"
    if day == born and not about:
        return "the day of the birth"
    if died and day > died:
        return f"{roughly}{length((day - died).days)} after the death"
    if born and day < born:
        return f"{roughly}{length((born - day).days)} before the birth"
    if died and (born is None or (died - day).days < NEAR_THE_DEATH):
        return f"{roughly}{length((died - day).days)} before the death"
    if born:
        return f"aged {roughly}{length((day - born).days)}"
    return NOT_TOLD


def told(value: str, born: dt.date | None, died: dt.date | None) -> str:
    """A stored answer (“2026-03-01”, with or without a time; “2026-03”; “2026”) in such words."""
    whole = {4: f"{value}-07-01", 7: f"{value}-15"}.get(len(value), value[:10])
    try:
        return when(dt.date.fromisoformat(whole), born, died, about=len(value) < 10)
    except ValueError:
        return NOT_TOLD
