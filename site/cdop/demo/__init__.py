"""Invented people and cases, made through the same services that real ones go through.

Same seed, same data; dates count back from today, so that a demo never looks stale.
"""

from cdop.demo.cases import make_cases
from cdop.demo.lists import bring_lists_in
from cdop.demo.people import nhs_number
from cdop.demo.report import publish_report
from cdop.demo.staff import PASSWORD, know_invented_addresses, make_staff

__all__ = [
    "PASSWORD",
    "bring_lists_in",
    "know_invented_addresses",
    "make_cases",
    "make_staff",
    "nhs_number",
    "publish_report",
]
