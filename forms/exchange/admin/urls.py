from django.urls import path

from forms.exchange.admin import views

app_name = "form_exchange"

urlpatterns = [
    path("import/", views.ImportView.as_view(), name="import"),
    path("<int:pk>/export/", views.ExportView.as_view(), name="export"),
]
