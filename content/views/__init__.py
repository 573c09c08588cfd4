from content.views.pages import serve
from content.views.robots import robots
from content.views.search import search

__all__ = ["robots", "search", "serve"]
