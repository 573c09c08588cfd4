from content.views.robots import robots_txt
from content.views.search import search_pages

__all__ = ["robots_txt", "search_pages"]
