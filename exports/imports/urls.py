from django.urls import path

from exports.imports import views

urlpatterns = [
    path("", views.ImportsView.as_view(), name="imports"),
    path("new/", views.BeginView.as_view(), name="import_begin"),
    path("lists/", views.ListsView.as_view(), name="import_lists"),
    path("lists/new/", views.NewListView.as_view(), name="import_list_new"),
    path("lists/<int:pk>/use/", views.UseListView.as_view(), name="import_list_use"),
    path("<int:pk>/", views.ImportView.as_view(), name="import"),
    path("<int:pk>/columns/", views.ColumnsView.as_view(), name="import_columns"),
    path("<int:pk>/meanings/", views.MeaningsView.as_view(), name="import_meanings"),
    path("<int:pk>/make/", views.MakeView.as_view(), name="import_make"),
    path("<int:pk>/undo/", views.UndoView.as_view(), name="import_undo"),
    path("<int:pk>/discard/", views.DiscardView.as_view(), name="import_discard"),
]
