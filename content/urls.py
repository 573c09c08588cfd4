from django.urls import path

from content import views

urlpatterns = [
    path("search/", views.search_pages, name="search"),
    path("robots.txt", views.robots_txt, name="robots"),
]
