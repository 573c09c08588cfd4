from django.urls import path

from forms import views

app_name = "forms"

urlpatterns = [
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
