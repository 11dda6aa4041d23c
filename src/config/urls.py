"""Where everything is served: pages for people at the root, the API for machines below /api/."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("evenhand.api.urls")),
    path("", include("evenhand.web.urls")),
]
