from django.urls import path

from workflow.meetings.views import buttons, chairing, declaring, screens

app_name = "meetings"
urlpatterns = [
    path("", screens.MeetingsView.as_view(), name="list"),
    path("results/", screens.MeetingsView.as_view(results_only=True), name="list_results"),
    path("new/", screens.PlanView.as_view(), name="plan"),
    path("<int:pk>/", screens.MeetingView.as_view(), name="meeting"),
    path("<int:pk>/change/", screens.ChangeView.as_view(), name="change"),
    path("<int:pk>/chair/", chairing.ChairView.as_view(), name="chair"),
    path("<int:pk>/move/<slug:move>/", screens.MeetingMoveView.as_view(), name="move"),
    path("<int:pk>/meeting.ics", screens.CalendarView.as_view(), name="calendar"),
    path("<int:pk>/invite/", buttons.InviteView.as_view(), name="invite"),
    path("<int:pk>/seats/", screens.SeatView.as_view(), name="seat"),
    path("<int:pk>/seats/as-before/", buttons.SeatAsBeforeView.as_view(), name="seat_as_before"),
    path("<int:pk>/seats/<int:seat_id>/remove/", buttons.RemoveSeatView.as_view(), name="remove_seat"),
    path("<int:pk>/seats/<int:seat_id>/answer/", buttons.AnswerView.as_view(), name="answer"),
    path("<int:pk>/items/<int:item_id>/interest/", declaring.InterestView.as_view(), name="interest"),
    path("<int:pk>/items/<int:item_id>/chair/", chairing.ItemChairView.as_view(), name="item_chair"),
    path("<int:pk>/items/<int:item_id>/place/", buttons.ReorderView.as_view(), name="reorder"),
]
