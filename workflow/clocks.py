"""Starting and stopping a case's clocks when something happens."""

import datetime as dt

from workflow.models import Case, Clock, ClockRule
from workflow.working_days import due


def happened(case: Case, event: str, at: dt.datetime) -> None:
    """Stop the clocks that this event meets, then start those it begins. Each rule runs once for a case."""
    case.clocks.filter(rule__met_by=event, met_at__isnull=True).update(met_at=at)
    running = set(case.clocks.values_list("rule_id", flat=True))
    Clock.objects.bulk_create(
        Clock(case=case, rule=rule, started_at=at, due_at=due(at, rule.amount, rule.unit))
        for rule in ClockRule.objects.filter(active=True, starts_at=event)
        if rule.pk not in running
    )
