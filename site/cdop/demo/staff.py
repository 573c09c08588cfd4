"""One log-in per role."""

from django.contrib.auth.models import Group, User
from wagtail.models import Site

from cdop.auth import DEMO_EMAIL_DOMAIN
from content.models import AreaSettings
from workflow.roles import ROLES

PASSWORD = "demonstration"  # noqa: S105 (printed on purpose; these accounts cannot log in to production)


def know_invented_addresses() -> None:
    """Invented notifiers write from work, most of them."""
    area = AreaSettings.for_site(Site.objects.get(is_default_site=True))
    if not area.knows(f"anybody@{DEMO_EMAIL_DOMAIN}"):
        area.work_domains += f"\n{DEMO_EMAIL_DOMAIN}"
        area.save()


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
