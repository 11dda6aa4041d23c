from django.urls import include, path

from evenhand.web.sources import files, views

of_sources = [
    path("<int:pk>/", views.source, name="source"),
    path("<int:pk>/revocation/", views.revocation, name="revocation"),
    path("<int:pk>/sheet/", views.sheet, name="sheet"),
    path("<int:pk>/feeds/<int:feed_pk>/removal/", views.disconnection, name="disconnection"),
    path("<int:pk>/files/new/", files.new_file, name="new_file"),
    path("<int:pk>/files/<int:file_pk>/", files.file, name="file"),
    path("<int:pk>/files/<int:file_pk>/look/", files.look, name="look"),
    path("<int:pk>/files/<int:file_pk>/taking/", files.taking, name="taking"),
    path("<int:pk>/files/<int:file_pk>/removal/", files.giving_up, name="giving_up"),
]
urlpatterns = [
    path("", views.sources, name="sources"),
    path("", include((of_sources, "sources"))),
]
