"""Figures about recommendations and actions."""

from django.db.models import Case, CharField, Q, Value, When

from exports.figures.children import counted, ours
from exports.figures.tables import FigureTable, Result, categorised
from exports.figures.years import Asked
from workflow.actions.states import KINDS, LEVELS, ActionState
from workflow.models import Action

BECAME = {"done": "Done", "open": "Open, in time", "overdue": "Open, past its day", "not": "Not accepted or stopped"}
DONE = (ActionState.DONE, ActionState.CLOSED)
NOT_DONE = (ActionState.NOT_ACCEPTED, ActionState.STOPPED)


def actions(asked: Asked) -> Result:
    """What was agreed in these years, and what came of it until now."""
    first, end = asked.moments
    agreed = Action.objects.filter(made_at__gte=first, made_at__lt=end, case__in=ours(asked).values("pk"))
    became = Case(
        When(state__in=DONE, then=Value("done")),
        When(state__in=NOT_DONE, then=Value("not")),
        When(due_on__lt=asked.extract, then=Value("overdue")),
        default=Value("open"),
        output_field=CharField(),
    )
    of, kinds = "Recommendations and actions", dict(KINDS)
    counts, (rows, columns) = categorised(counted(agreed, "kind", became), kinds, BECAME)
    results = FigureTable(f"{of}, and what came of them", of, "Agreed", rows, counts, "Result", columns)
    recommended = agreed.filter(Q(kind="recommendation"))
    counts, (rows,) = categorised(counted(recommended, "level"), dict(LEVELS))
    levels = FigureTable("Recommendations by whom they are for", "Recommendations", "Level", rows, counts)
    return Result((results, levels))
