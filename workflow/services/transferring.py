"""Reviews that come from another panel."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from forms.models import Draft, FormVersion
from forms.services import begin
from workflow.abroad.selectors import limits_from
from workflow.clocks import happened, notified_death, start_of_day
from workflow.models import Case, CaseFact, TransferIn
from workflow.models.transfers import NCMD_TOLD
from workflow.permissions import user_can_work_cases
from workflow.selectors import notified_elsewhere
from workflow.services.refusing import MoveRefused, require


@transaction.atomic
def offer_received(
    version: FormVersion,
    by: User,
    from_area: str,
    offered_on: dt.date,
    ncmd_told: str,
    their_reference: str = "",
    notified_on: dt.date | None = None,
) -> Draft:
    """Another panel offers a review: the draft of the notification that belongs to it. Sent, it opens a case."""
    require(user_can_work_cases(by))
    if not from_area.strip() or ncmd_told not in dict(NCMD_TOLD):
        raise MoveRefused(["Say which panel offers it, and whether NCMD was told."])
    if offered_on > timezone.localdate():
        raise MoveRefused(["The day of the offer is in the future. Check the year."])
    if notified_on and notified_on > offered_on:
        raise MoveRefused(["They were notified before they offered it. Check both days."])
    draft = begin(version, by, source="other_cdop")
    TransferIn.objects.create(
        draft=draft,
        from_area=from_area,
        their_reference=their_reference,
        offered_on=offered_on,
        notified_on=notified_on,
        ncmd_told=ncmd_told,
        entered_by=by,
    )
    return draft


def taken_over(case: Case) -> None:
    """It is ours now: time limits run from the death, as if the other panel had been told here."""
    offer = case.transfer_in
    answers = case.submissions.earliest("pk").submission.all_answers()
    death = notified_death(case.died_on, answers.get("time_of_death"), case.opened_at)
    happened(case, "death", limits_from(case, death))
    happened(case, "notified", start_of_day(offer.notified_on or offer.offered_on) or case.opened_at)


def tell_ncmd(case: Case, by: User, at: dt.datetime) -> None:
    """The death is to be notified to NCMD, unless the panel that had it first has done so: it counts once."""
    told = notified_elsewhere(case)
    CaseFact.objects.create(
        case=case, name="ncmd_notification", value="by_other_panel" if told else "queued", recorded_by=by, at=at
    )
