from django.urls import include, path

from evenhand.web.alignment import measuring, views

places = [
    path("below/", views.below, name="below"),
    path("figures/", measuring.figures, name="figures"),
]
urlpatterns = [
    path("", views.alignment, name="alignment"),
    path("", include((places, "alignment"))),
]
