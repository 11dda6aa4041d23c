"""A process of its own for tests that kill it: furnishes a database, or launches a cycle."""

import importlib
import json
import sys
import time

import django

STEP = 3
PAUSE = 0.1


def furnish():
    """One manager review to write; says where it is and how its author is signed in."""
    reviews = importlib.import_module("tests.factories.reviews")
    access = importlib.import_module("tests.factories.access")
    client = importlib.import_module("django.test").Client()
    review = reviews.ManagerReviewFactory(draft=True)
    asked = reviews.question(review, "What was achieved")
    client.force_login(access.AccountFactory(person=review.author))
    session = client.cookies["evenhand_session"].value
    there = {"review": review.pk, "question": asked.pk, "session": session}
    sys.stdout.write(json.dumps(there))


def launch(job_id):
    """Perform a launch a few people at a time, slowly enough to be caught in the middle."""
    launching = importlib.import_module("evenhand.reviews.launching")
    performing = importlib.import_module("evenhand.jobs.performing")
    launching.BATCH = STEP

    class Slow(performing.Running):
        def advance(self, *args, **kwargs):
            super().advance(*args, **kwargs)
            time.sleep(PAUSE)

    performing.Running = Slow
    importlib.import_module("evenhand.worker.engine").perform(int(job_id))


if __name__ == "__main__":
    django.setup()
    {"furnish": furnish, "launch": launch}[sys.argv[1]](*sys.argv[2:])
