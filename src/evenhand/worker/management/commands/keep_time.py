from django.core.management.base import BaseCommand

from evenhand.worker.timekeeping import keep_time


class Command(BaseCommand):
    help = "Does what is to be done every few seconds, until told to stop."

    def handle(self, *args: object, **options: object) -> None:
        keep_time()
