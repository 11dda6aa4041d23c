from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("evenhand.web.home.urls")),
    path("reviews/", include("evenhand.web.reviews.urls")),
    path("team/", include("evenhand.web.team.urls")),
    path("profile/", include("evenhand.web.profile.urls")),
    path("roles/", include("evenhand.web.roles.urls")),
    path("sign-in/", include("evenhand.web.sign_in.urls")),
    path("jobs/", include("evenhand.web.jobs.urls")),
    path("audit-trail/", include("evenhand.web.audit_trail.urls")),
    path("", include("evenhand.web.health.urls")),
    path("privacy/", include("evenhand.web.privacy.urls")),
    path("people/", include("evenhand.web.people.urls")),
    path("units/", include("evenhand.web.units.urls")),
    path("imports/", include("evenhand.web.imports.urls")),
    path("cycles/", include("evenhand.web.cycles.urls")),
    path("fairness/", include("evenhand.web.fairness.urls")),
    path("templates/", include("evenhand.web.review_templates.urls")),
]
