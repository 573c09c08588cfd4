from django.urls import include, path

from exports import views
from exports.prepared.views import FetchView, GiveUpView, PreparedView

app_name = "exports"

urlpatterns = [
    path("ncmd/", include("exports.ncmd.urls")),
    path("research/", include("exports.research.urls")),
    path("reports/", include("exports.report.urls")),
    path("figures/", include("exports.figures.urls")),
    path("imports/", include("exports.imports.urls")),
    path("", views.DatasetListView.as_view(), name="datasets"),
    path("prepared/", PreparedView.as_view(), name="prepared"),
    path("prepared/<int:pk>/fetch/", FetchView.as_view(), name="prepared_fetch"),
    path("prepared/<int:pk>/give-up/", GiveUpView.as_view(), name="prepared_give_up"),
    path("log/", views.ExportLogView.as_view(), name="log"),
    path("log/results/", views.ExportLogView.as_view(results_only=True), name="log_results"),
    path("datasets/<str:name>/", views.DatasetView.as_view(), name="dataset"),
    path("datasets/<str:name>/codebook.csv", views.CodebookView.as_view(), name="codebook"),
]
