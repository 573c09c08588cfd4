from django.urls import path

from workflow.actions.views import register, screens

app_name = "actions"
urlpatterns = [
    path("", register.ActionsView.as_view(), name="list"),
    path("results/", register.ActionsView.as_view(results_only=True), name="list_results"),
    path("new/<slug:reference>/", screens.AgreeActionView.as_view(), name="agree"),
    path("<int:pk>/", screens.ActionView.as_view(), name="action"),
    path("<int:pk>/change/", screens.ChangeActionView.as_view(), name="change"),
    path("<int:pk>/ask-again/", screens.AskAgainView.as_view(), name="ask_again"),
    path("<int:pk>/move/<slug:move>/", screens.ActionMoveView.as_view(), name="move"),
]
