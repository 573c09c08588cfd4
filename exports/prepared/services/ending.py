"""What is not fetched, for whatever reason."""

from django.db import transaction

from exports.models import ExportEnd, PreparedExport
from exports.prepared.services.keeping import forget_parts
from exports.prepared.states import PreparedState


@transaction.atomic
def end(prepared: PreparedExport, state: PreparedState, problem: str = "") -> bool:
    """Its parts are deleted, and the log says that nothing has left. False if it had ended already."""
    found = PreparedExport.objects.select_for_update(of=("self",)).select_related("log__by")
    current = found.get(pk=prepared.pk)
    if not current.is_open:
        return False
    forget_parts(current)
    current.state, current.problem, current.holder, current.held_until = str(state), problem, "", None
    current.save()
    ExportEnd.objects.create(export=current.log, outcome="broken_off", rows=current.made, size=0)
    return True
