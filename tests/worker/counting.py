"""A job with steps that take their time, so that there is time to kill it between two of them.

Its note says which process is at work.
"""

import os
import time
from datetime import date

from evenhand.people.models import Unit

KIND = "tests.counting"
STEPS = 6


def count(running):
    for number in range(1, STEPS + 1):
        # The step itself comes before the word that it is done: the worst moment lies in between.
        code = f"{running.job_id}-{number}"
        step = {"name": "Step", "starts_on": date(2026, 1, 1)}
        Unit.objects.get_or_create(code=code, defaults=step)
        time.sleep(0.25)
        running.advance(number, STEPS, str(os.getpid()))
    running.finish({"counted": STEPS})
