from django.apps import AppConfig


class CompetenciesConfig(AppConfig):
    name = "evenhand.competencies"
    default_auto_field = "django.db.models.BigAutoField"
