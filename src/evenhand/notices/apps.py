from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "evenhand.notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can only be imported once all apps are there.
        from evenhand.jobs.performing import register
        from evenhand.kernel.events import listen
        from evenhand.notices.hearing import HEARD, PERFORMED

        for event, listener in HEARD:
            listen(event, listener)
        for kind, work in PERFORMED:
            register(kind, work)
