"""Who may log in to a production deployment."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, User
from django.core.checks import Error, Tags, register

DEMO_EMAIL_DOMAIN = "demo.invalid"


class NoDemoAccounts(ModelBackend):
    """Turns away the accounts that `manage.py demo` makes, should a demo database ever be put in production."""

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        email = getattr(user, "email", "")
        return super().user_can_authenticate(user) and not email.endswith(f"@{DEMO_EMAIL_DOMAIN}")


@register(Tags.database)
def no_demo_accounts(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[Error]:
    """Fails `migrate`, and so every installation and upgrade, on a database in which somebody ran the demo."""
    if settings.DEMO or not databases or not _has_accounts():
        return []
    demo = User.objects.filter(email__endswith=f"@{DEMO_EMAIL_DOMAIN}").count()
    problem = f"{demo} demo accounts, whose password is public, are in this database."
    return [Error(problem, hint="Give production a database of its own.", id="cdop.E001")] if demo else []


def _has_accounts() -> bool:
    from django.db import connection

    return User._meta.db_table in connection.introspection.table_names()
