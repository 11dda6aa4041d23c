"""All addresses of goals under one name, whichever area their pages are in."""

from django.urls import include, path

from evenhand.web.giving.urls import urlpatterns as of_giving
from evenhand.web.goal_library.urls import urlpatterns as of_library
from evenhand.web.goals.urls import of_goals
from evenhand.web.goals.views import goals

urlpatterns = [
    path("", goals, name="goals"),
    path("", include(([*of_goals, *of_library, *of_giving], "goals"))),
]
