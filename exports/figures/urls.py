from django.urls import path

from exports.figures import views

urlpatterns = [
    path("", views.FigureListView.as_view(), name="figures"),
    path("all/", views.FiguresTogetherView.as_view(), name="figures_together"),
    path("<int:number>/", views.FigureView.as_view(), name="figure"),
    path("<int:number>/<int:table>.csv", views.FigureTableView.as_view(), name="figure_table"),
]
