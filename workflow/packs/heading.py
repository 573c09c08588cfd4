"""What a panel is told of who the child was."""

import datetime as dt

from forms.calculations import years_between
from forms.definitions import code_list
from workflow.models import Case
from workflow.packs.distances import length
from workflow.packs.known import Known
from workflow.presenters import age_label


def heading_of(case: Case, known: Known) -> dict[str, str]:
    """Age at death and sex in words."""
    age = age_in_words(known.born, known.died) if known.born and known.died else age_label(case)
    return {"age": age, "sex": code_list("sex").get(case.record.get("sex", ""), "Not known")}


def age_in_words(born: dt.date, died: dt.date) -> str:
    """In days, weeks or months for the youngest; in whole years from the second birthday."""
    years = years_between(born, died)
    return f"{years} years" if years >= 2 else length((died - born).days)
