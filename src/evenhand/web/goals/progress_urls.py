"""The addresses of progress, to stand among those of goals."""

from django.urls import path

from evenhand.web.goals import progress

urlpatterns = [
    path("<int:pk>/check-ins/", progress.check_ins, name="check_ins"),
    path("<int:pk>/check-ins/new/", progress.check_in, name="check_in"),
    path(
        "<int:pk>/check-ins/<int:check_in_pk>/correction/", progress.correction, name="correction"
    ),
    path("<int:pk>/evidence/<int:evidence_pk>/", progress.evidence, name="evidence"),
]
