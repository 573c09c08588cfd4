"""Which exports a person may know of is decided here, in the query."""

from django.db.models import QuerySet

from exports.models import ExportLog
from workflow.permissions import Person, user_can_read_audit


def exports_for(user: Person) -> QuerySet[ExportLog]:
    """Everybody's for those who read the audit trail; for others their own."""
    exports = ExportLog.objects.select_related("by", "end")
    return exports if user_can_read_audit(user) else exports.filter(by_id=user.pk)
