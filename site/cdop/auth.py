"""Who may log in to a production deployment."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, User

DEMO_EMAIL_DOMAIN = "demo.invalid"


class NoDemoAccounts(ModelBackend):
    """Turns away the accounts that `manage.py demo` makes, should a demo database ever be put in production."""

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        email = getattr(user, "email", "")
        return super().user_can_authenticate(user) and not email.endswith(f"@{DEMO_EMAIL_DOMAIN}")
