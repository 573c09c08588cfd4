from django.urls import path

from exports.research import views

urlpatterns = [
    path("", views.ProjectsView.as_view(), name="research"),
    path("ask/", views.AskView.as_view(), name="research_ask"),
    path("<int:pk>/", views.ProjectView.as_view(), name="research_project"),
    path("<int:pk>/extract/", views.ExtractView.as_view(), name="research_extract"),
    path("<int:pk>/<str:move>/", views.MoveView.as_view(), name="research_move"),
]
