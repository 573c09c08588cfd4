"""Who works on cases."""

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

# As addresses say it.
NOBODY = "null"
WORKERS = ("work_case", "oversee_case")


def colleagues() -> QuerySet[User]:
    """Everybody with an account who may be given cases and tasks, by name."""
    app = "cdop_workflow"
    by_role = Q(groups__permissions__codename__in=WORKERS, groups__permissions__content_type__app_label=app)
    themselves = Q(user_permissions__codename__in=WORKERS, user_permissions__content_type__app_label=app)
    found = User.objects.filter(by_role | themselves | Q(is_superuser=True), is_active=True)
    return User.objects.filter(pk__in=found.values("pk")).order_by("first_name", "last_name", "username")


def nobodys(person: str) -> Q:
    """What nobody has who works on cases, by the path to a person: those who left keep nothing going."""
    return ~Q(**{f"{person}__in": colleagues()})
