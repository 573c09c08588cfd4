"""After LOOKUP_KEY has changed: find children by their NHS number under the new key."""

from typing import Any

from django.core.management.base import BaseCommand

from workflow.recognition import rehash


class Command(BaseCommand):
    help = "Make the lookup hash of every NHS number again under the present LOOKUP_KEY."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rehash()} identities hashed again.")
