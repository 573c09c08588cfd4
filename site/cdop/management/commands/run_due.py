"""Everything that time alone brings about: run it every few minutes, from cron or a timer (docs/operators.md)."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from content.scheduling import publish_and_withdraw
from exports.imports.services import bring_further
from exports.imports.services.homes import place_homes
from exports.ncmd.indicators.services import work_out_daily
from exports.ncmd.services import deliver_waiting as deliver_returns
from exports.ncmd.services import queue_due
from exports.prepared.services import expire_prepared, prepare_further
from exports.research.services import expire_due
from forms.api.files import clear_files
from forms.audit.services import link
from forms.returning import warn_before_the_end
from forms.services import clear_drafts, follow_code_lists
from forms.uploads.services import scan_waiting
from workflow.actions.reminders import follow_up
from workflow.outbox.returning import read_back
from workflow.outbox.services import deliver_waiting
from workflow.requests.reminders import expire, remind

JOBS: dict[str, Callable[[], Any]] = {
    "pages and forms published on their day": publish_and_withdraw,
    "reminders sent to agencies": remind,
    "organisations asked what became of actions": follow_up,
    "request links that ran out": expire,
    "people warned that a saved form ends": warn_before_the_end,
    "unfinished forms deleted": clear_drafts,
    "files that no answers named deleted": clear_files,
    "forms that follow their code lists": follow_code_lists,
    "stages of NCMD returns that became due": queue_due,
    "research projects that ended": expire_due,
    "imports of history brought further": bring_further,
    "areas of homes looked up": place_homes,
    "messages": deliver_waiting,
    "what became of messages": read_back,
    "returns over NCMD’s interface": deliver_returns,
    "figures of NCMD’s indicators": work_out_daily,
    "exports that nobody fetched deleted": expire_prepared,
    "large exports brought further": prepare_further,
    "lines of the audit log put into its chain": link,
}


class Command(BaseCommand):
    help = (
        "Publish what has its day, send reminders and waiting messages, end links, scan waiting files. "
        "Safe to run twice at the same time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", type=int, metavar="SECONDS", help="go on for ever, this often")

    def handle(self, *args: Any, loop: int | None, **options: Any) -> None:
        self.run()
        while loop:
            time.sleep(loop)
            close_old_connections()
            self.run()

    def run(self) -> None:
        """Do each job; one that fails does not keep the others from running, and makes the command fail at the end."""
        jobs = JOBS | ({"files scanned": scan_waiting} if settings.CLAMD_ADDRESS else {})
        failed = []
        for title, job in jobs.items():
            try:
                self.stdout.write(f"{title}: {job()}")
            except Exception as problem:
                failed.append(title)
                self.stderr.write(f"{title}: failed ({type(problem).__name__})")
        if failed:
            raise SystemExit(1)
