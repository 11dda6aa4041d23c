from django.core.management.base import BaseCommand

from evenhand.worker.timekeeping import keep_time


class Command(BaseCommand):
    help = "Seals the audit trail, sends messages, and looks after jobs, until stopped."

    def handle(self, *args: object, **options: object) -> None:
        keep_time()
