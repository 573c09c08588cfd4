"""The only place that writes what was frozen."""

import datetime as dt
import logging
from collections import defaultdict
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from content.typesetting import CannotBeSet
from exports.disclosure import Rule, TooMuchTogether
from exports.figures.drawn import picture_now
from exports.figures.published import for_the_public
from exports.figures.registry import FIGURES
from exports.figures.settings import rule_in_force
from exports.figures.showing import Before, Shown, shown
from exports.figures.tables import Figure, Result
from exports.figures.together import check_together, hides_a_year, totals
from exports.figures.years import Asked
from exports.models import AnnualReportPage, Freeze, FrozenFigure, ReportPdf
from exports.report.checklist import Chosen, figures_in
from exports.report.pdf import pdf_of
from exports.report.permissions import user_can_freeze
from forms.audit.refusals import Refused

log = logging.getLogger(__name__)


class FreezeRefused(Refused):
    """In words that the person reads."""


@transaction.atomic
def freeze_figures(page: Page, by: User, extract: dt.date | None = None) -> Freeze:
    """Count every figure of the newest version of a report as things were known on a day, and keep them.

    Raises:
        FreezeRefused: there is no figure, or two public ones would give each other's hidden numbers away.
    """
    newest: AnnualReportPage = AnnualReportPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    if not user_can_freeze(by, newest):
        raise PermissionDenied
    if newest.workflow_in_progress:
        raise FreezeRefused("The report is being approved. Cancel that before you freeze its figures again.")
    extract = extract or timezone.localdate()
    chosen = list(figures_in(newest.body).values())
    if not chosen:
        raise FreezeRefused("The report has no figure yet.")
    if None in figures_in(newest.body):
        raise FreezeRefused("Save the report in the editor once before you freeze its figures.")
    counted = [_count(one, extract) for one in chosen]
    _check(counted)
    freeze = Freeze.objects.create(report=page, extract=extract, by=by)
    FrozenFigure.objects.bulk_create(_frozen(freeze, each) for each in counted)
    newest.freeze = freeze
    newest.save_revision(user=by)
    return freeze


@dataclass(frozen=True)
class _Counted:
    """A figure block, what was counted for it, what the public may read of that, and what it has read before."""

    chosen: Chosen
    result: Result
    public: Result
    before: Before


def _count(chosen: Chosen, extract: dt.date) -> _Counted:
    _, number, first, last, audience = chosen
    asked = Asked(first, last, extract)
    result = FIGURES[number].result(asked)
    if audience != "public":
        return _Counted(chosen, result, result, {})
    return _Counted(chosen, result, *for_the_public(number, result, asked, rule_in_force()))


def _check(counted: list[_Counted]) -> None:
    """What the public reads is read side by side: nothing may tell what something else hides."""
    rule = rule_in_force()
    public: dict[tuple[int, int], dict[int, _Counted]] = defaultdict(dict)
    for each in counted:
        _, number, first, last, audience = each.chosen
        if audience == "public":
            public[first, last][number] = each
    numbers = [number for together in public.values() for number in together]
    if twice := {number for number in numbers if numbers.count(number) > 1}:
        raise FreezeRefused(f"Figure {min(twice)} is there for the public with two ranges of years. Keep one of them.")
    for together in public.values():
        _check_together(together, rule)
    _check_years_between([(years, number, each) for years, of in public.items() for number, each in of.items()], rule)


def _check_together(together: dict[int, _Counted], rule: Rule) -> None:
    for number, each in together.items():
        if hides_a_year(each.public, rule, each.before):
            raise FreezeRefused(f"In figure {number} a year has too few children to be shown to the public alone.")
    try:
        check_together([(each.public, each.before) for each in together.values()], rule)
    except TooMuchTogether as refusal:
        raise FreezeRefused(f"{refusal} Leave one of them out, or choose more years.") from None


def _check_years_between(public: list[tuple[tuple[int, int], int, _Counted]], rule: Rule) -> None:
    """Where the years of one figure lie within those of another, both totals tell of the years between."""
    for (long, one, first), (short, other, second) in permutations(public, 2):
        if long != short and long[0] <= short[0] and short[1] <= long[1]:
            more, less = totals(first.public), totals(second.public)
            if any(rule.hides(more[of] - less[of]) for of in more.keys() & less.keys()):
                raise FreezeRefused(
                    f"Figures {one} and {other} together would tell of few children, of the years that are in one of "
                    "them alone. Choose the same years for both."
                )


def _frozen(freeze: Freeze, counted: _Counted) -> FrozenFigure:
    block, number, first, last, audience = counted.chosen
    figure, result = FIGURES[number], counted.result
    true = shown(result, "partners", rule_in_force())
    seen = shown(counted.public, "public", rule_in_force(), counted.before) if audience == "public" else true
    basis = {} if counted.public == result else shown(counted.public, "partners", rule_in_force()).stored()
    return FrozenFigure(
        freeze=freeze, block=block, number=number, first=first, last=last, audience=audience, title=figure.title,
        meaning=figure.meaning, years=str(Asked(first, last, freeze.extract)), shown=seen.stored(),
        counts=plain(result), partners=true.stored(), basis=basis, pictures=_pictures(figure, seen),
    )  # fmt: skip


def _pictures(figure: Figure, seen: Shown) -> list[dict[str, Any] | None]:
    return [picture_now(figure, table) for table in seen.tables] if figure.charted else []


def plain(result: Result) -> dict[str, int]:
    """Every count under words for its place."""
    return {
        " – ".join(filter(None, (table.caption, cell.row, cell.column))): count
        for table in result.tables
        for cell, count in table.counts.items()
        if count
    }


def keep_pdf(page: AnnualReportPage) -> ReportPdf | None:
    """Set the report as it is published now, for everybody who wants it on paper.

    None where it cannot be set: the report is public all the same, and no earlier PDF stands beside it.
    """
    try:
        data = pdf_of(page)
    except CannotBeSet:
        log.error("The PDF of annual report %s could not be set.", page.pk)
        ReportPdf.objects.filter(report=page).delete()
        return None
    return ReportPdf.objects.update_or_create(report=page, defaults={"data": data, "size": len(data)})[0]
