from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "evenhand.assessments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can only be imported once all apps are there.
        from evenhand.assessments.opening import OPEN_UNIT, perform_opening
        from evenhand.jobs.performing import register

        register(OPEN_UNIT, perform_opening)
