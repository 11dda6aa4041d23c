from django.apps import AppConfig


class DemographicsConfig(AppConfig):
    name = "evenhand.demographics"
    default_auto_field = "django.db.models.BigAutoField"
