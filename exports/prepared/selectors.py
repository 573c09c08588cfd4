"""Which prepared exports a person sees: their own and nobody else's."""

from django.db.models import QuerySet

from exports.models import PreparedExport
from workflow.permissions import Person


def prepared_for(user: Person) -> QuerySet[PreparedExport]:
    return PreparedExport.objects.filter(log__by=user.pk).select_related("log", "log__by", "log__end")
