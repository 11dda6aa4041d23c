from django.urls import path

from evenhand.web.team import views

urlpatterns = [path("", views.team, name="team")]
