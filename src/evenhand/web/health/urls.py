from django.urls import path

from evenhand.web.health import views

urlpatterns = [
    path("settings/", views.health, name="settings"),
    path("settings/key-count/", views.key_count, name="key_count"),
    path("settings/key-rotation/", views.key_rotation, name="key_rotation"),
    path("healthz", views.liveness, name="liveness"),
]
