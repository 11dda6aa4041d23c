from django.apps import AppConfig


class WorkerConfig(AppConfig):
    name = "evenhand.worker"

    def ready(self) -> None:
        # Models can only be imported once all apps are there.
        from evenhand.audit import kinds as audit
        from evenhand.jobs.events import JobAsked
        from evenhand.jobs.performing import register
        from evenhand.kernel import rotation
        from evenhand.kernel.events import listen
        from evenhand.worker import engine, keys, trail

        listen(JobAsked, engine.enqueue)
        register(audit.VERIFICATION, trail.perform_verification)
        register(audit.EXPORT, trail.perform_export)
        register(rotation.COUNT, keys.perform_count)
        register(rotation.ROTATION, keys.perform_rotation)
