from contextlib import suppress

import pytest

from evenhand.kernel.remembering import looked_up_once, remembering


@pytest.fixture
def asked():
    return []


@pytest.fixture
def look_up(asked):
    @looked_up_once
    def look_up(thing):
        asked.append(thing)
        return len(asked)

    return look_up


def test_outside_a_page_everything_is_asked_anew(look_up):
    assert [look_up("a"), look_up("a")] == [1, 2]


def test_within_a_page_the_same_is_asked_once(look_up, asked):
    with remembering():
        assert [look_up("a"), look_up("b"), look_up("a")] == [1, 2, 1]

    assert asked == ["a", "b"]


def test_what_one_page_remembered_the_next_asks_again(look_up):
    for expected in (1, 2):
        with remembering():
            assert look_up("a") == look_up("a") == expected


def test_nothing_is_remembered_after_an_error(look_up):
    with suppress(ZeroDivisionError), remembering():
        look_up("a") / 0

    assert look_up("a") == 2
