from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "evenhand.goals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can only be imported once all apps are there.
        from evenhand.goals.actions.bringing_files import LOOK, TAKE
        from evenhand.goals.actions.giving import perform_giving, perform_taking_back
        from evenhand.goals.giving import GIVE, TAKE_BACK
        from evenhand.goals.performing import perform_look, perform_taking
        from evenhand.jobs.performing import register

        register(LOOK, perform_look)
        register(TAKE, perform_taking)
        register(GIVE, perform_giving)
        register(TAKE_BACK, perform_taking_back)
