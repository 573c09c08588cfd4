from django.urls import path

from exports.report import views

urlpatterns = [
    path("", views.ReportListView.as_view(), name="reports"),
    path("<int:pk>/", views.ReportView.as_view(), name="report"),
    path("<int:pk>/partners/", views.PartnersView.as_view(), name="report_partners"),
    path("<int:pk>/partners.pdf", views.PartnersPdfView.as_view(), name="report_partners_pdf"),
]
