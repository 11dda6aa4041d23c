from django.urls import include, path

from evenhand.web.units import views

places = [
    path("search/", views.search, name="search"),
    path("new/", views.new_unit, name="new_unit"),
    path("<int:pk>/", views.unit, name="unit"),
    path("<int:pk>/name/", views.name, name="name"),
    path("<int:pk>/place/", views.place, name="place"),
    path("<int:pk>/closure/", views.closure, name="closure"),
]
urlpatterns = [
    path("", views.units, name="units"),
    path("", include((places, "units"))),
]
