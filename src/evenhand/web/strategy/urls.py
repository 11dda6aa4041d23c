from django.urls import include, path

from evenhand.web.strategy import views

places = [
    path("new/", views.new_objective, name="new_objective"),
    path("<int:pk>/", views.objective, name="objective"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("<int:pk>/return/", views.return_, name="return"),
]
urlpatterns = [
    path("", views.strategy, name="strategy"),
    path("", include((places, "strategy"))),
]
