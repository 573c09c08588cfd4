"""Who did what, and who looked at what: for those who read the audit trail."""

from typing import Any

from django.db.models import QuerySet

from exports.datasets.declared import Column, Dataset, attribute
from forms.models import AuditEntry
from forms.models.audit import OUTCOMES, VIA
from workflow.models import CaseView, TimelineEntry
from workflow.models.history import KINDS
from workflow.permissions import Person, user_can_read_audit

# Staff are what an audit is about, so their log-in names are not held back here as those of other professionals are.
WHO = Column(
    "by",
    "Who",
    "text",
    "Log-in name of the member of staff; blank when the system did it.",
    sensitivity="S",
    make=attribute("by__username", "text"),
)
CASE = Column("case", "Case reference", "text", "The number of the case.", make=attribute("case__reference", "text"))


class AuditDataset(Dataset):
    retention = "Keep it with the audit it was taken for, and no longer."

    def open_to(self, user: Person) -> bool:
        return user_can_read_audit(user)


class Audit(AuditDataset):
    name = "audit"
    title = "Audit trail"
    purpose = "One row for each thing that was done to a case: what, when and by whom. What people wrote is not in it."

    def columns(self) -> list[Column]:
        return [
            CASE,
            Column("at", "When", "moment", "When it was done.", sensitivity="S"),
            WHO,
            Column("kind", "Kind", "code", "What kind of thing it was.", tuple(KINDS)),
            Column("text", "What", "text", "What was done. It names nobody.", sensitivity="S"),
        ]

    def all_rows(self) -> QuerySet[Any]:
        return TimelineEntry.objects.order_by("at", "pk")


class Views(AuditDataset):
    name = "views"
    title = "Case views"
    purpose = (
        "One row for each hour in which a member of staff opened a case, or answers that are about none: who, when, "
        "and whether it showed the family."
    )

    def columns(self) -> list[Column]:
        return [
            CASE,
            Column(
                "answers",
                "Answers",
                "text",
                "The reference of answers that are about no case.",
                make=attribute("submission__reference", "text"),
            ),
            Column("at", "When", "moment", "When it was opened.", sensitivity="S"),
            WHO,
            Column(
                "with_identity", "With identity", "yes_no", "Whether the screen showed who the child and family are."
            ),
        ]

    def all_rows(self) -> QuerySet[Any]:
        return CaseView.objects.order_by("at", "pk")


class AuditLog(AuditDataset):
    name = "audit_log"
    title = "Audit log"
    purpose = (
        "One row for each thing that somebody did, looked at or was refused, in the order in which it was written. "
        "`manage.py verify_audit` tells whether the log is still as it was written."
    )

    def columns(self) -> list[Column]:
        return [
            Column("at", "When", "moment", "When it was done or refused.", sensitivity="S"),
            Column("via", "How", "code", "Who did it: somebody who was logged in, or in which other way.", tuple(VIA)),
            WHO,
            Column("role", "Roles", "text", "The roles that the person had at that moment."),
            Column("what", "What", "text", "A short code. It names nobody."),
            Column("about_type", "About what", "text", "What kind of thing it was about."),
            Column("about", "Which", "text", "Its number or reference.", sensitivity="S"),
            Column("outcome", "Outcome", "code", "Whether it was done or refused.", tuple(OUTCOMES)),
        ]

    def all_rows(self) -> QuerySet[Any]:
        return AuditEntry.objects.order_by("pk")
