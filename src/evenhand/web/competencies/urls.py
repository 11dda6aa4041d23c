from django.urls import path

from evenhand.web.competencies import files, interviews, model_views, model_writing, views, writing

urlpatterns = [
    path("", views.competencies, name="competencies"),
    path("new/", writing.new_competency, name="new_competency"),
    path("advice/<int:level>/", writing.anchor_advice, name="anchor_advice"),
    path("<int:pk>/", views.competency, name="competency"),
    path("<int:pk>/next-version/", writing.next_version, name="competency_next_version"),
    path("<int:pk>/retirement/", writing.retirement, name="competency_retirement"),
    path("versions/<int:pk>/", views.version, name="competency_version"),
    path("versions/<int:pk>/words/", writing.version_writing, name="competency_version_writing"),
    path("versions/<int:pk>/difference/", views.difference, name="competency_version_difference"),
    path(
        "versions/<int:pk>/publication/",
        writing.publication,
        name="competency_version_publication",
    ),
    path("versions/<int:pk>/removal/", writing.removal, name="competency_version_removal"),
    path("starter/", model_writing.starter_library, name="starter_library"),
    path("models/", model_views.competency_models, name="competency_models"),
    path("models/new/", model_writing.new_model, name="new_model"),
    path("models/jobs/", model_views.competency_jobs, name="competency_jobs"),
    path("models/<int:pk>/", model_views.competency_model, name="competency_model"),
    path(
        "models/<int:pk>/next-version/", model_writing.model_next_version, name="model_next_version"
    ),
    path("models/<int:pk>/retirement/", model_writing.model_retirement, name="model_retirement"),
    path("models/versions/<int:pk>/", model_views.model_version, name="model_version"),
    path(
        "models/versions/<int:pk>/words/",
        model_writing.model_version_writing,
        name="model_version_writing",
    ),
    path(
        "models/versions/<int:pk>/difference/",
        model_views.model_difference,
        name="model_version_difference",
    ),
    path(
        "models/versions/<int:pk>/publication/",
        model_writing.model_publication,
        name="model_version_publication",
    ),
    path(
        "models/versions/<int:pk>/removal/",
        model_writing.model_removal,
        name="model_version_removal",
    ),
    path("files/", files.library_imports, name="library_imports"),
    path("files/library.xlsx", files.library_file, name="library_file"),
    path("files/template.xlsx", files.library_template, name="library_template"),
    path("files/<int:pk>/", files.library_import, name="library_import"),
    path(
        "files/<int:pk>/application/",
        files.library_import_application,
        name="library_import_application",
    ),
    path("files/<int:pk>/removal/", files.library_import_removal, name="library_import_removal"),
    path(
        "models/versions/<int:pk>/interview-guide/",
        interviews.interview_guide,
        name="interview_guide",
    ),
    path(
        "models/versions/<int:pk>/interview-guide.pdf",
        interviews.interview_guide_pdf,
        name="interview_guide_pdf",
    ),
    path(
        "models/versions/<int:pk>/interview-guide.docx",
        interviews.interview_guide_word,
        name="interview_guide_word",
    ),
]
