from django.urls import include, path

from evenhand.web.reviews import autosaving, deciding, documents, views, writing

of_reviews = [
    path("<int:pk>/", views.review, name="review"),
    path("<int:pk>/answers/", autosaving.answers, name="answers"),
    path("<int:pk>/draft/", writing.draft, name="draft"),
    path("<int:pk>/submission/", writing.submission, name="submission"),
    path("<int:pk>/state/", writing.state, name="state"),
    path("<int:pk>/preview/", views.preview, name="preview"),
    path("<int:pk>/versions/", views.versions, name="versions"),
    path("<int:pk>/versions/<int:version>/restoration/", writing.restoration, name="restoration"),
    path("<int:pk>/reopening/", deciding.reopening, name="reopening"),
    path("<int:pk>/handover/", deciding.handover, name="handover"),
    path("<int:pk>/sign-off/", deciding.signing, name="sign_off"),
    path("<int:pk>/document/", documents.document, name="document"),
    path("cycles/<int:pk>/documents/", documents.documents, name="documents"),
]

urlpatterns = [
    path("", views.reviews, name="reviews"),
    path("", include((of_reviews, "reviews"))),
]
