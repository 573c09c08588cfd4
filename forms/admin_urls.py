"""Screens about a draft, in the Wagtail admin."""

from django.urls import path

from forms.translations.views import FileView, PlaceView, TranslationsView, TranslationView
from forms.views.drafts import CompareView, MapView
from forms.views.questions import data_items, questions
from forms.views.trying import WalkView

app_name = "forms_admin"
urlpatterns = [
    path("questions/", questions, name="questions"),
    path("items/", data_items, name="items"),
    path("<int:pk>/walk/", WalkView.as_view(), name="walk"),
    path("<int:pk>/map/", MapView.as_view(), name="map"),
    path("<int:pk>/compare/", CompareView.as_view(), name="compare"),
    path("<int:pk>/translations/", TranslationsView.as_view(), name="translations"),
    path("<int:pk>/translations/<str:language>/", TranslationView.as_view(), name="translation"),
    path("<int:pk>/translations/<str:language>/file/", FileView.as_view(), name="translation_file"),
    path("<int:pk>/translations/<str:language>/page/", PlaceView.as_view(), name="translate_whole"),
    path("<int:pk>/translations/<str:language>/page/<slug:place>/", PlaceView.as_view(), name="translate_page"),
]
