"""Answers for load balancers: is the process up, and can it do its work?"""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


class Schema:
    """Whether the database has every migration of this code. Once it has, a process need not ask again."""

    current = False

    @classmethod
    def is_current(cls) -> bool:
        if not cls.current:
            executor = MigrationExecutor(connection)
            cls.current = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        return cls.current


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "live"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and every migration is applied; 503 with the reason otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not Schema.is_current():
            return JsonResponse({"status": "unready", "reason": "migrations"}, status=503)
    except Exception:
        return JsonResponse({"status": "unready", "reason": "database"}, status=503)
    return JsonResponse({"status": "ready"})
