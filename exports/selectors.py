"""Which exports a person may know of is decided here, in the query; and what a dataset looks like inside."""

from collections.abc import Sequence

from django.db.models import QuerySet

from exports.datasets import Dataset
from exports.models import ExportLog
from workflow.permissions import Person, user_can_read_audit

LOOKED_AT, SHOWN, LONGEST = 20, 3, 60


def exports_for(user: Person) -> QuerySet[ExportLog]:
    """Everybody's for those who read the audit trail; for others their own."""
    exports = ExportLog.objects.select_related("by", "end")
    return exports if user_can_read_audit(user) else exports.filter(by_id=user.pk)


def examples(dataset: Dataset, user: Person) -> dict[str, list[str]]:
    """For each column that identifies nobody, up to three different cells from the first twenty rows."""
    plan = dataset.plan(user, most=LOOKED_AT)
    batch = next(plan.batches(), [() for _ in plan.columns])
    return {
        header: [cell if len(cell) <= LONGEST else f"{cell[:LONGEST]}…" for cell in _first_few(cells)]
        for header, cells in zip(plan.headers, batch, strict=True)
    }


def _first_few(cells: Sequence[str]) -> list[str]:
    return [cell for cell in dict.fromkeys(cells) if cell][:SHOWN]
