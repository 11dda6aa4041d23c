from datetime import UTC, datetime, timedelta

from evenhand.worker.timekeeping import Timekeeper
from evenhand.worker.timetable import Chore

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def after(seconds):
    return MORNING + timedelta(seconds=seconds)


def test_a_chore_is_done_when_its_time_has_come():
    done = []
    timekeeper = Timekeeper([Chore("sweep", timedelta(seconds=10), done.append)])

    for seconds in (0, 5, 10, 15, 25):
        timekeeper.look(after(seconds))

    assert done == [after(0), after(10), after(25)]


def test_a_chore_that_fails_does_not_stop_the_others():
    def fail(at):
        raise OSError

    done = []
    timekeeper = Timekeeper(
        [Chore("fail", timedelta(0), fail), Chore("sweep", timedelta(0), done.append)]
    )

    timekeeper.look(MORNING)

    assert done == [MORNING]
