from django.urls import include, path

from evenhand.web.imports import mappings, plans, views

places = [
    path("new/", views.new_import, name="new_import"),
    path("mappings/", mappings.mappings, name="mappings"),
    path("mappings/<int:pk>/", mappings.mapping, name="mapping"),
    path("mappings/<int:pk>/removal/", mappings.removal, name="removal"),
    path("<int:pk>/", plans.brought, name="import"),
    path("<int:pk>/columns/", views.columns, name="columns"),
    path("<int:pk>/columns/mapping/", views.use_mapping, name="use_mapping"),
    path("<int:pk>/problems/", plans.problems, name="problems"),
    path("<int:pk>/problems/file/", plans.problems_file, name="problems_file"),
    path("<int:pk>/application/", plans.application, name="application"),
    path("<int:pk>/discarding/", plans.discarding, name="discarding"),
]
urlpatterns = [
    path("", views.imports, name="imports"),
    path("", include((places, "imports"))),
]
