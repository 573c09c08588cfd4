"""One log-in per role."""

from django.contrib.auth.models import Group, User

from cdop.auth import DEMO_EMAIL_DOMAIN
from workflow.roles import ROLES

PASSWORD = "demonstration"  # noqa: S105 (printed on purpose; these accounts cannot log in to production)


def make_staff() -> dict[str, User]:
    """One log-in per role, made once; by role."""
    staff = {}
    for role in ROLES:
        username = role.lower().replace(" ", "-")
        user, created = User.objects.get_or_create(
            username=username,
            defaults={"first_name": "Demo", "last_name": role, "email": f"{username}@{DEMO_EMAIL_DOMAIN}"},
        )
        if created:
            user.set_password(PASSWORD)
            user.save()
            user.groups.add(Group.objects.get(name=role))
        staff[role] = user
    return staff
