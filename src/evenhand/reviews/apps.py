from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "evenhand.reviews"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can only be imported once all apps are there.
        from evenhand.jobs.performing import register
        from evenhand.reviews.launching import LAUNCH, perform_launch

        register(LAUNCH, perform_launch)
