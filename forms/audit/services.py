"""The only place that writes the audit log."""

import secrets
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from forms.audit.chain import START
from forms.audit.lines import Line
from forms.models import AuditEntry, AuditLink

CHAIN_LOCK = 0x43444F50  # Any number that nothing else locks.
REACH = 5_000  # How far behind the head an entry may lie that a process left without a link as it was stopped.


def record(line: Line) -> AuditEntry:
    """Write a line, inside the transaction of what it is about; it gets its place in the chain once that has happened.

    The place comes afterwards because only one at a time can be given: two people who change different cases would
    otherwise wait for each other until the slower one is done, or for ever.
    """
    entry = AuditEntry(
        at=timezone.now(),
        via=line.way,
        by_id=line.by.pk if line.by is not None else None,
        client_id=line.client.pk if line.client is not None else None,
        role=roles_of(line.by)[:300],
        what=line.what[:100],
        about_type=line.about_type[:60],
        about=str(line.about)[:200],
        outcome="refused" if line.refused else "done",
        mark=secrets.token_hex(16),
    )
    entry.sign()
    entry.save()
    _link_afterwards()
    return entry


def roles_of(user: Any) -> str:
    """The roles that somebody has just now. Read once for each request: a person is loaded anew for each."""
    if user is None:
        return ""
    if not hasattr(user, "_roles_for_audit"):
        user._roles_for_audit = ", ".join(user.groups.order_by("name").values_list("name", flat=True))
    return user._roles_for_audit


def written(sender: type[models.Model], rows: list[Any], **kwargs: Any) -> None:
    """Hears of every row that is written once, whichever room wrote it (`forms.signals.written_once`)."""
    for row in rows:
        if line := row.audited():
            record(line)


def _link_afterwards() -> None:
    """Once for a transaction, however many lines it writes."""
    if not any(entry[1] is link for entry in connection.run_on_commit):
        transaction.on_commit(link, robust=True)


def link(everything: bool = False) -> int:
    """Give every entry that has none its place in the chain; how many got one. Any number of processes may do it."""
    with transaction.atomic():
        _lock()
        head = AuditLink.objects.order_by("-position").first()
        waiting = AuditEntry.objects.filter(link__isnull=True).order_by("pk")
        if head and not everything:
            waiting = waiting.filter(pk__gt=head.entry_id - REACH)
        links, position, before = [], head.position if head else 0, head.hash if head else START
        for entry in waiting:
            position += 1
            made = AuditLink(position=position, entry=entry)
            made.fasten(before)
            before = made.hash
            links.append(made)
        AuditLink.objects.bulk_create(links, batch_size=500)
    return len(links)


def _lock() -> None:
    """One at a time until the transaction ends. On SQLite a transaction has the whole database to itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
