"""Draw the states of a case into the documents."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from workflow.drawing import PAGE, case_page


class Command(BaseCommand):
    help = f"Write {PAGE} from the states, guards and roles in the code."

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.ROOT / PAGE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(case_page(), encoding="utf-8")
        self.stdout.write(f"Written: {PAGE}")
