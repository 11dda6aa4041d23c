from django.apps import AppConfig


class WorkerConfig(AppConfig):
    name = "evenhand.worker"

    def ready(self) -> None:
        # Models can only be imported once all apps are there.
        from evenhand.jobs.events import JobAsked
        from evenhand.kernel.events import listen
        from evenhand.worker.engine import enqueue

        listen(JobAsked, enqueue)
