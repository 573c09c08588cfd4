"""What the public has read of a figure: in other reports, and in this one as it is published now."""

from exports.figures.earlier import Published
from exports.models import AnnualReportPage, FrozenFigure


def published(number: int) -> list[Published]:
    """Also of a report that was taken down: who has read it has read it."""
    kept = AnnualReportPage.objects.filter(first_published_at__isnull=False).values("freeze")
    figures = FrozenFigure.objects.filter(freeze__in=kept, number=number, audience="public")
    return [Published(each.first, each.last, each.reading, each.reading_of_partners) for each in figures]
