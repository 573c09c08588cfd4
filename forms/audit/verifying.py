"""Whether the audit log is still as it was written."""

from dataclasses import dataclass

from forms.audit.chain import START
from forms.audit.services import link
from forms.models import AuditLink

AT_ONCE = 2_000


@dataclass(frozen=True)
class Finding:
    """How far the chain holds: `head` is its last sound link, `problem` what is wrong with the next; "" for nothing."""

    length: int
    head: str
    problem: str = ""
    at: int = 0


def verify(noted: str = "") -> Finding:
    """Walk the whole chain, one row at a time, and stop at the first that does not fit.

    `noted` is a head that was printed earlier: a chain whose end was cut off, or that was made anew, does not have it.
    """
    link(everything=True)
    place, _, fingerprint = noted.partition(":")
    length, before, met = 0, START, not noted
    for here in AuditLink.objects.select_related("entry").order_by("position").iterator(AT_ONCE):
        if problem := _wrong(here, length + 1, before):
            return Finding(length, _head(length, before), problem, length + 1)
        length, before = here.position, here.hash
        if str(length) == place:
            if before != fingerprint:
                return Finding(length, _head(length, before), "is not the one that was noted", length)
            met = True
    if not met:
        return Finding(length, _head(length, before), f"is missing: the log once went on to {place}", length + 1)
    return Finding(length, _head(length, before))


def _head(position: int, fingerprint: str) -> str:
    return f"{position}:{fingerprint}" if position else ""


def _wrong(here: AuditLink, expected: int, before: str) -> str:
    if here.position != expected:
        return "is missing: it was deleted"
    if not here.entry.is_whole:
        return f"was edited or was not written by this product (entry {here.entry_id})"
    if not here.holds(before):
        return f"does not fit the one before it: a row was put in, taken out or moved (entry {here.entry_id})"
    return ""
