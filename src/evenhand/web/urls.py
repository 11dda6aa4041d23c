from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", include("evenhand.web.sign_in.urls")),
    path("jobs/", include("evenhand.web.jobs.urls")),
]
