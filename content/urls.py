from django.urls import path, re_path
from wagtail import urls as wagtail_urls

from content import views

# Wagtail's own, except that pages are served by our view.
_utilities = [pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"]

urlpatterns = [
    path("search/", views.search_pages, name="search"),
    path("robots.txt", views.robots_txt, name="robots"),
    *_utilities,
    re_path(wagtail_urls.serve_pattern, views.serve, name="wagtail_serve"),
]
