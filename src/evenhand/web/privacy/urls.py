from django.urls import path

from evenhand.web.privacy import views

urlpatterns = [
    path("", views.notice, name="privacy"),
    path("new/", views.new_notice, name="new_privacy_notice"),
    path("<int:version>/", views.former_notice, name="former_privacy_notice"),
    path("<int:version>/confirmation/", views.confirmation, name="privacy_confirmation"),
]
