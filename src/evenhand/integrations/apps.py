from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    name = "evenhand.integrations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can only be imported once all apps are there.
        from evenhand.integrations.performing import IMPORT, PLAN, perform_import, perform_plan
        from evenhand.jobs.performing import register

        register(PLAN, perform_plan)
        register(IMPORT, perform_import)
