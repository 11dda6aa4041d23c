from django.urls import include, path

from evenhand.web.alignment import measuring, reaching, views

places = [
    path("below/", views.below, name="below"),
    path("figures/", measuring.figures, name="figures"),
    path("results/", reaching.results, name="results"),
]
urlpatterns = [
    path("", views.alignment, name="alignment"),
    path("", include((places, "alignment"))),
]
