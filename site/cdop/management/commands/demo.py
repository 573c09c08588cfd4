"""Fill an empty deployment with invented children's cases and one log-in per role."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cdop.demo import PASSWORD, bring_lists_in, know_invented_addresses, make_cases, make_staff, publish_report
from exports.ncmd.indicators.services import work_out
from exports.report.services import FreezeRefused
from workflow.models import Case


class Command(BaseCommand):
    help = "Make invented cases spread over all states, and demo log-ins. Does nothing where cases exist."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=int, default=40)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, cases: int, seed: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demo data is never made in production.")
        staff = make_staff()
        know_invented_addresses()
        if there := Case.objects.count():
            self.stdout.write(f"Cases: kept, {there} are there.")
        else:
            self.stdout.write(f"{make_cases(cases, seed, staff)} invented cases made.")
            bring_lists_in(staff["Administrator"])
            work_out()
            with suppress(FreezeRefused):  # of a handful of children nothing can be shown
                publish_report(staff["Coordinator"], staff["Panel chair"])
        self.stdout.write(f"\nDemo log-ins (password of all: {PASSWORD})")
        for role, user in staff.items():
            self.stdout.write(f"  {user.username:<24} {role}")
