"""The addresses of the library, to stand among those of goals."""

from django.urls import path

from evenhand.web.goal_library import views

urlpatterns = [
    path("library/", views.library, name="library"),
    path("library/new/", views.new_library_goal, name="new_library_goal"),
    path("library/beginning/", views.beginning, name="library_beginning"),
    path("library/<int:pk>/", views.library_goal, name="library_goal"),
    path("library/<int:pk>/change/", views.change, name="library_change"),
    path("library/<int:pk>/retirement/", views.retirement, name="library_retirement"),
]
