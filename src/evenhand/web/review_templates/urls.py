from django.urls import path

from evenhand.web.review_templates import competencies, views

urlpatterns = [
    path("", views.templates, name="templates"),
    path("new/", views.new_template, name="new_template"),
    path("<int:pk>/", views.template, name="template"),
    path("<int:pk>/name/", views.template_name, name="template_name"),
    path("<int:pk>/retirement/", views.retirement, name="template_retirement"),
    path("versions/<int:pk>/", views.version, name="version"),
    path("versions/<int:pk>/preview/", views.preview, name="version_preview"),
    path("versions/<int:pk>/copy/", views.copy, name="version_copy"),
    path("versions/<int:pk>/removal/", views.version_removal, name="version_removal"),
    path("versions/<int:pk>/settings/", views.settings, name="version_settings"),
    path("versions/<int:pk>/levels/", views.levels, name="levels"),
    path("levels/<int:pk>/removal/", views.level_removal, name="level_removal"),
    path("versions/<int:pk>/sections/", views.sections, name="sections"),
    path("sections/<int:pk>/", views.section, name="section"),
    path("sections/<int:pk>/removal/", views.section_removal, name="section_removal"),
    path("sections/<int:pk>/place/", views.section_place, name="section_place"),
    path("sections/<int:pk>/questions/", views.new_question, name="new_question"),
    path(
        "sections/<int:pk>/competencies/",
        competencies.section_competencies,
        name="section_competencies",
    ),
    path("questions/<int:pk>/", views.question, name="question"),
    path("questions/<int:pk>/removal/", views.question_removal, name="question_removal"),
    path("questions/<int:pk>/place/", views.question_place, name="question_place"),
]
