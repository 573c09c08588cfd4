from django.urls import path

from workflow.worklist import views

app_name = "work"
urlpatterns = [
    path("", views.MyWorkView.as_view(), name="mine"),
    path("everybody/", views.EverybodysWorkView.as_view(), name="everybody"),
    path("board/", views.BoardView.as_view(), name="board"),
    path("calendar/", views.CalendarView.as_view(), name="calendar"),
    path("people/", views.PeopleView.as_view(), name="people"),
    path("tasks/<int:pk>/done/", views.FinishTaskView.as_view(), name="finish"),
]
case_urlpatterns = [
    path("<slug:reference>/coordinator/", views.CoordinatorView.as_view(), name="coordinator"),
    path("<slug:reference>/task/", views.TaskView.as_view(), name="task"),
]
