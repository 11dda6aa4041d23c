from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "evenhand.goals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can only be imported once all apps are there.
        from evenhand.goals.actions import giving
        from evenhand.goals.actions.bringing_files import LOOK, TAKE
        from evenhand.goals.performing import perform_look, perform_taking
        from evenhand.jobs.performing import register

        register(LOOK, perform_look)
        register(TAKE, perform_taking)
        register(giving.GIVE, giving.perform_giving)
        register(giving.TAKE_BACK, giving.perform_taking_back)
