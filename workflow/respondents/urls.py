from django.urls import path

from workflow.actions.views.link import ReportView
from workflow.respondents import views

app_name = "respond"

urlpatterns = [
    path("actions/<str:token>/", ReportView.as_view(), name="action"),
    path("requests/<str:token>/", views.RequestView.as_view(), name="request"),
    path("requests/<str:token>/code/", views.CodeView.as_view(), name="code"),
    path("requests/<str:token>/form/<int:form_id>/", views.AnswerView.as_view(), name="form"),
    path("requests/<str:token>/return/", views.GiveBackView.as_view(), name="give_back"),
    path("requests/<str:token>/pass-on/", views.PassOnView.as_view(), name="pass_on"),
    path("requests/<str:token>/decline/", views.DeclineView.as_view(), name="decline"),
    path("requests/<str:token>/ask/", views.AskView.as_view(), name="ask"),
]
