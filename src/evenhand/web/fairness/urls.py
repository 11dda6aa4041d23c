from django.urls import path

from evenhand.web.fairness import views

urlpatterns = [
    path("", views.fairness, name="fairness"),
    path("cycles/<int:pk>/audits/", views.new_audit, name="new_audit"),
    path("<int:pk>/", views.audit, name="rating_audit"),
    path("<int:pk>/files/<str:kind>/", views.file, name="rating_audit_file"),
    path("<int:pk>/publication/", views.publication, name="rating_audit_publication"),
]
