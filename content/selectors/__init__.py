"""What public pages show around their content, and which pages a search finds."""

from content.selectors.frame import Frame, Link, current_link, frame
from content.selectors.search import PAGE_SIZE, find_pages
from content.selectors.stamp import STAMP_KEY, STAMP_SECONDS, stamp

__all__ = [
    "PAGE_SIZE",
    "STAMP_KEY",
    "STAMP_SECONDS",
    "Frame",
    "Link",
    "current_link",
    "find_pages",
    "frame",
    "stamp",
]
