"""Large exports, asked for as a person would."""

from typing import Any

from django.contrib.auth.models import User

from exports.models import PreparedExport
from exports.prepared import services
from exports.services import export
from tests.exports.test_services import extract

WHY = "Yearly return"


def asked(by: User, name: str = "notifications", kind: str = "csv", **options: Any) -> PreparedExport:
    return services.ask_for(extract(name, kind, **options), WHY, by)


def made(by: User, *given: Any, **options: Any) -> PreparedExport:
    prepared = asked(by, *given, **options)
    services.work(prepared)
    return now(prepared)


def now(prepared: PreparedExport) -> PreparedExport:
    return PreparedExport.objects.select_related("log__by", "log__end").get(pk=prepared.pk)


def fetched(prepared: PreparedExport, by: User) -> bytes:
    return b"".join(services.fetch(now(prepared), by))


def streamed(by: User, name: str = "notifications", kind: str = "csv", **options: Any) -> bytes:
    """The same file as it comes at once."""
    return b"".join(export(extract(name, kind, **options), WHY, by))
