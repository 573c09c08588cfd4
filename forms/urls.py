from django.urls import path

from forms import views

app_name = "forms"

urlpatterns = [
    path("answer/mine/", views.MineView.as_view(), name="mine"),
    path("answer/saved/", views.SavedView.as_view(), name="saved"),
    path("answer/return/<str:token>/", views.ReturnView.as_view(), name="return"),
    path("answer/<uuid:draft_id>/later/", views.LaterView.as_view(), name="later"),
    path("answer/<uuid:draft_id>/later/stop/", views.StopView.as_view(), name="stop"),
    path("answer/<uuid:draft_id>/resume/", views.ResumeView.as_view(), name="resume"),
    path("answer/<uuid:draft_id>/check/", views.CheckView.as_view(), name="check"),
    path("answer/<uuid:draft_id>/sent/", views.SentView.as_view(), name="sent"),
    path("answer/<uuid:draft_id>/<slug:page_key>/", views.PageView.as_view(), name="page"),
    path("answer/<uuid:draft_id>/<slug:page_key>/<slug:item_id>/", views.ItemView.as_view(), name="item"),
    path(
        "answer/<uuid:draft_id>/<slug:page_key>/<slug:item_id>/remove/",
        views.RemoveItemView.as_view(),
        name="remove",
    ),
]
