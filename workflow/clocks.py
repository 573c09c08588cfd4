"""Starting and stopping a case's clocks when something happens."""

import datetime as dt

from django.utils import timezone

from workflow.models import Case, Clock, ClockRule
from workflow.working_days import due


def happened(case: Case, event: str, at: dt.datetime) -> None:
    """Stop the clocks that this event meets, then start those it begins. Each rule runs once for a case."""
    case.clocks.filter(rule__met_by=event, met_at__isnull=True).update(met_at=at)
    running = set(case.clocks.values_list("rule_id", flat=True))
    Clock.objects.bulk_create(
        _started(case, rule, at)
        for rule in ClockRule.objects.filter(active=True, starts_at=event)
        if rule.pk not in running
    )


def _started(case: Case, rule: ClockRule, at: dt.datetime) -> Clock:
    """A clock keeps the limit it started with: a rule that changes later counts for new clocks only."""
    ends, warn = due(at, rule.amount, rule.unit), dt.timedelta(days=rule.warn_days)
    escalates = None if rule.escalate_days is None else ends + dt.timedelta(days=rule.escalate_days)
    return Clock(case=case, rule=rule, started_at=at, warn_at=ends - warn, due_at=ends, escalate_at=escalates)


def no_longer(case: Case, event: str) -> None:
    """Take away the clocks that an event began and that are not met, once it turns out not to hold."""
    case.clocks.filter(rule__starts_at=event, met_at__isnull=True).delete()


def moment_of_death(case: Case) -> dt.datetime | None:
    """When the limits that run from the death started: with its hour, where that was notified."""
    started = case.clocks.filter(rule__starts_at="death").values_list("started_at", flat=True).first()
    return started or start_of_day(case.died_on)


def notified_death(died: dt.date | None, time: str | None, otherwise: dt.datetime) -> dt.datetime:
    """When the clocks that run from the death start: midnight when the time is not known."""
    if died is None:
        return otherwise
    clock = dt.time.fromisoformat(time) if time and time != "not_known" else dt.time()
    return timezone.make_aware(dt.datetime.combine(died, clock))


def start_of_day(day: dt.date | None) -> dt.datetime | None:
    return timezone.make_aware(dt.datetime.combine(day, dt.time())) if day else None
