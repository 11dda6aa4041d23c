"""A process of its own for tests that kill it: performs a job, runs the queue, or keeps time."""

import importlib
import sys

import django
from django.core.management import call_command


def main(task, *words):
    django.setup()
    # What needs models is imported once all apps are there.
    counting = importlib.import_module("tests.worker.counting")
    importlib.import_module("evenhand.jobs.performing").register(counting.KIND, counting.count)
    if task == "perform":
        importlib.import_module("evenhand.worker.engine").perform(int(words[0]))
    else:
        call_command(task)


if __name__ == "__main__":
    main(*sys.argv[1:])
