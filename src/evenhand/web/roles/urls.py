from django.urls import path

from evenhand.web.roles import views

urlpatterns = [
    path("", views.roles, name="roles"),
    path("new/", views.new_role, name="new_role"),
    path("<int:pk>/end/", views.role_end, name="role_end"),
    path("invitations/", views.invitations, name="invitations"),
    path("invitations/<int:person_pk>/", views.invitation, name="invitation"),
]
