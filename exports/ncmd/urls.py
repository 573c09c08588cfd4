from django.urls import path

from exports.ncmd import views

urlpatterns = [
    path("", views.ReturnsView.as_view(), name="ncmd"),
    path("agencies/", views.AgenciesView.as_view(), name="ncmd_agencies"),
    path("indicators/", views.IndicatorsView.as_view(), name="ncmd_indicators"),
    path("sending/", views.SendingView.as_view(), name="ncmd_sending"),
    path("sending/<int:sending_id>/<slug:what>/", views.OneSendingView.as_view(), name="ncmd_one_sending"),
    path("files/<int:batch_id>/", views.BatchView.as_view(), name="ncmd_batch"),
    path("files/<int:batch_id>/<slug:what>/", views.ActOnBatchView.as_view(), name="ncmd_act_on_batch"),
    path("<slug:reference>/", views.CaseReturnView.as_view(), name="ncmd_case"),
    path("<slug:reference>/<slug:stage>/sheet/", views.SheetView.as_view(), name="ncmd_sheet"),
    path("<slug:reference>/<slug:stage>/hand-over/", views.HandOverView.as_view(), name="ncmd_hand_over"),
    path("<slug:reference>/<slug:stage>/<slug:move>/", views.MoveView.as_view(), name="ncmd_move"),
]
