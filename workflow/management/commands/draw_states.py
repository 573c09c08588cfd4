"""Draw the states into the documents."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from workflow.drawing import FOLDER, pages


class Command(BaseCommand):
    help = f"Write the pages in {FOLDER} from the states, guards and roles in the code."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, page in pages().items():
            path = settings.ROOT / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page, encoding="utf-8")
            self.stdout.write(f"Written: {name}")
