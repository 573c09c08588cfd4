"""Pages that families and professionals read, and what differs from one area to the next."""

from content.models.area import AreaSettings
from content.models.pages import BasePage, GuidancePage, HomePage
from content.models.shipping import ContentStamp, ShippedPage

__all__ = ["AreaSettings", "BasePage", "ContentStamp", "GuidancePage", "HomePage", "ShippedPage"]
