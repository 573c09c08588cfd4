"""Screens about a draft, in the Wagtail admin."""

from django.urls import path

from forms.views.drafts import CompareView, MapView, WalkView

app_name = "forms_admin"
urlpatterns = [
    path("<int:pk>/walk/", WalkView.as_view(), name="walk"),
    path("<int:pk>/map/", MapView.as_view(), name="map"),
    path("<int:pk>/compare/", CompareView.as_view(), name="compare"),
]
