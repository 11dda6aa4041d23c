from threading import Barrier, Thread

import pytest

from ratingstats.crossed import threads
from ratingstats.crossed.threads import one_thread


def now():
    return [get() for get, _set in threads._libraries()]


def test_inside_there_is_one_thread_and_after_it_as_many_as_before():
    before = now()

    with one_thread():
        assert now() == [1] * len(before)

    assert now() == before


def test_the_last_one_out_puts_things_back():
    before, both_inside, one_left = now(), Barrier(2, timeout=10), Barrier(2, timeout=10)
    seen = []

    def stay():
        with one_thread():
            both_inside.wait()
            one_left.wait()
            seen.extend(now())

    other = Thread(target=stay)
    other.start()
    with one_thread():
        both_inside.wait()
    one_left.wait()
    other.join()

    assert seen == [1] * len(before)
    assert now() == before


def test_an_error_inside_puts_things_back():
    before = now()

    with pytest.raises(ZeroDivisionError), one_thread():
        _nothing = 1 / 0

    assert now() == before
