from django.urls import include, path

from evenhand.web.audit_trail import views

of_the_trail = [
    path("<int:pk>/", views.entry, name="entry"),
    path("export/", views.export, name="export"),
    path("verification/", views.verification, name="verification"),
]

urlpatterns = [
    path("", views.entries, name="audit"),
    path("", include((of_the_trail, "audit_trail"))),
]
