from django.urls import path

from exports.report import views

urlpatterns = [
    path("", views.ReportListView.as_view(), name="reports"),
    path("<int:pk>/", views.ReportView.as_view(), name="report"),
]
