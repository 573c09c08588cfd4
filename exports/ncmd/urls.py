from django.urls import path

from exports.ncmd import views

urlpatterns = [
    path("", views.ReturnsView.as_view(), name="ncmd"),
    path("agencies/", views.AgenciesView.as_view(), name="ncmd_agencies"),
    path("<slug:reference>/", views.CaseReturnView.as_view(), name="ncmd_case"),
    path("<slug:reference>/<slug:stage>/sheet/", views.SheetView.as_view(), name="ncmd_sheet"),
    path("<slug:reference>/<slug:stage>/<slug:move>/", views.MoveView.as_view(), name="ncmd_move"),
]
