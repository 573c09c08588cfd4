"""Load the roles, time limits, letters, recipients of referrals and messages that ship with the product."""

from typing import Any

from django.core.management.base import BaseCommand

from workflow.letters.shipped import load_letters
from workflow.outbox.shipped import load_messages
from workflow.roles import load_clock_rules, load_roles
from workflow.safeguarding.shipped import load_recipients


class Command(BaseCommand):
    help = "Make the groups, time limits, letters and messages that are missing. What is there is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        made = load_roles()
        self.stdout.write(f"Roles made: {', '.join(made) or 'none, all are there'}")
        self.stdout.write(f"Time limits added: {load_clock_rules()}")
        self.stdout.write(f"Letters added: {load_letters()}")
        self.stdout.write(f"Recipients of safeguarding referrals added: {load_recipients()}")
        self.stdout.write(f"Messages and reminders added: {load_messages()}")
