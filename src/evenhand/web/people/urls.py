from django.urls import include, path

from evenhand.web.people import changes, views

places = [
    path("search/", views.search, name="search"),
    path("new/", changes.new_person, name="new_person"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/details/", changes.details, name="details"),
    path("<int:pk>/manager/", changes.manager, name="manager"),
    path("<int:pk>/matrix-manager/", changes.matrix_manager, name="matrix_manager"),
    path("<int:pk>/position/", changes.position, name="position"),
    path("<int:pk>/departure/", changes.departure, name="departure"),
    path("<int:pk>/return/", changes.comeback, name="comeback"),
    path("<int:pk>/working-time/", changes.working_time, name="working_time"),
    path("<int:pk>/leave/", changes.leave, name="leave"),
    path("<int:pk>/leave/<int:leave_pk>/end/", changes.leave_end, name="leave_end"),
]
urlpatterns = [
    path("", views.directory, name="people"),
    path("", include((places, "people"))),
]
