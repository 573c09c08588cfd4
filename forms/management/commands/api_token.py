"""Make, list and revoke the tokens of API clients."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from forms.api.tokens import issue, revoke
from forms.models import SCOPES, ApiClient


class Command(BaseCommand):
    help = "Make a token for a system that uses the API, list the clients, or revoke a token. It is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="?", help="the system; without it, the clients are listed")
        parser.add_argument("--scope", action="append", choices=[scope for scope, _ in SCOPES], dest="scopes")
        parser.add_argument("--days", type=int, default=365, help="how long the token works")
        parser.add_argument("--contact", default="", help="whom to write to about it")
        parser.add_argument("--revoke", action="store_true", help="stop its token at once")

    def handle(self, *args: Any, name: str | None, **options: Any) -> None:
        if not name:
            for client in ApiClient.objects.all():
                self.stdout.write(f"{client.name}: {client.standing}, may {', '.join(client.scopes) or 'do nothing'}")
            return
        if options["revoke"]:
            self.revoke(name)
            return
        if options["days"] < 1:
            raise CommandError("A token works for at least one day.")
        client, _ = ApiClient.objects.update_or_create(
            name=name,
            defaults={
                "scopes": options["scopes"] or ["read", "submit"],
                "expires_at": timezone.now() + dt.timedelta(days=options["days"]),
                "contact": options["contact"],
            },
        )
        token = issue(client)
        self.stderr.write(f"The token of {name}. It is shown this once; a new one replaces it.")
        self.stdout.write(token)

    def revoke(self, name: str) -> None:
        client = ApiClient.objects.filter(name=name).first()
        if client is None:
            raise CommandError(f"There is no client called “{name}”.")
        revoke(client)
        self.stdout.write(f"The token of {name} no longer works.")
