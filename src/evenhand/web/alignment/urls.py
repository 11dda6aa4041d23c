from django.urls import include, path

from evenhand.web.alignment import views

places = [
    path("below/", views.below, name="below"),
]
urlpatterns = [
    path("", views.alignment, name="alignment"),
    path("", include((places, "alignment"))),
]
