"""Print the permission matrix into the documents."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cdop.matrix import PAGE, page


class Command(BaseCommand):
    help = f"Write {PAGE} from the permission matrix."

    def handle(self, *args: Any, **options: Any) -> None:
        (settings.ROOT / PAGE).write_text(page(), encoding="utf-8")
        self.stdout.write(f"Written: {PAGE}")
