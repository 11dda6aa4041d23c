from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "evenhand.analytics"
    default_auto_field = "django.db.models.BigAutoField"
