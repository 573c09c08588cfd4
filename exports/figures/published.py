"""What the public has read of a figure: in other reports, and in this one as it was published before."""

from dataclasses import replace

from django.contrib.contenttypes.models import ContentType
from wagtail.models import PageLogEntry, Revision

from exports.disclosure import Rule
from exports.figures.beside import guarded
from exports.figures.earlier import Published, told_before, told_of_more
from exports.figures.registry import FIGURES
from exports.figures.republishing import as_published
from exports.figures.showing import Before, shown
from exports.figures.tables import Result
from exports.figures.years import Asked
from exports.models import AnnualReportPage, FrozenFigure

# As Wagtail's log calls it, by hand and on the day it was due.
BECAME_PUBLIC = ("wagtail.publish", "wagtail.publish.scheduled")


def for_the_public(number: int, result: Result, asked: Asked, rule: Rule) -> tuple[Result, Before]:
    """What the public may read of a figure now, and what it has read of it before."""
    if not asked.holds:
        return result, told_of_more(result, _of_all_reviews(number, asked, rule), rule)
    read = published(number)
    public = as_published(result, asked, read, rule)
    return public, guarded(public, asked, read, rule, told_before(public, asked, read, rule))


def _of_all_reviews(number: int, asked: Asked, rule: Rule) -> Published:
    """What reports have, and what whoever reads the figure without holds can read beside it."""
    every = replace(asked, holds=True)
    public, before = for_the_public(number, FIGURES[number].result(every), every, rule)
    return Published(asked.first, asked.last, shown(public, "public", rule, before), shown(public, "partners", rule))


def published(number: int) -> list[Published]:
    """Of each version that was public, also if it was replaced or taken down: who has read it has read it."""
    figures = FrozenFigure.objects.filter(freeze__in=_freezes(), number=number, audience="public")
    return [Published(each.first, each.last, each.reading, each.reading_of_basis) for each in figures]


def _freezes() -> set[int]:
    kind = ContentType.objects.get_for_model(AnnualReportPage)
    public = PageLogEntry.objects.filter(content_type=kind, action__in=BECAME_PUBLIC).values("revision")
    kept = AnnualReportPage.objects.filter(first_published_at__isnull=False).values_list("freeze", flat=True)
    logged = Revision.objects.filter(pk__in=public).values_list("content__freeze", flat=True)
    return {freeze for freeze in (*kept, *logged) if freeze}
