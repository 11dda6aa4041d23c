from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "evenhand.analytics"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can only be imported once all apps are there, and the statistics take a while to
        # load: only the process that performs an audit waits for them.
        from evenhand.analytics.queries import AUDIT
        from evenhand.jobs.performing import Running, register

        def perform(running: Running) -> None:
            from evenhand.analytics.performing import perform_audit

            perform_audit(running)

        register(AUDIT, perform)
