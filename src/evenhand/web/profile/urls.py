from django.urls import path

from evenhand.web.profile import views

urlpatterns = [
    path("", views.profile, name="profile"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<int:pk>/revocation/", views.revocation, name="token_revocation"),
    path("delegations/", views.delegations, name="delegations"),
    path("delegations/of/<int:person_pk>/", views.delegations, name="delegations_of"),
    path("delegations/<int:pk>/end/", views.delegation_end, name="delegation_end"),
    path("acting/", views.acting, name="acting"),
    path("acting/end/", views.acting_end, name="acting_end"),
]
