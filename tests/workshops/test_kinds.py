import pytest

from evenhand.workshops.kinds import BACK, ROUNDS, TRANSITIONS, Stage


def reached_from(stage):
    seen, waiting = {stage}, [stage]
    while waiting:
        new = TRANSITIONS[waiting.pop()] - seen
        seen |= new
        waiting += new
    return seen


def test_every_stage_says_what_may_follow():
    assert set(TRANSITIONS) == set(Stage)


@pytest.mark.parametrize("stage", Stage)
def test_no_stage_is_a_dead_end(stage):
    assert reached_from(stage) == set(Stage)


def test_one_goes_back_only_from_a_round_into_the_stage_before():
    order = [stage for stage in Stage if stage != Stage.ENDED]
    backwards = {
        (now, to)
        for now in order
        for to in TRANSITIONS[now] - {Stage.ENDED}
        if order.index(to) < order.index(now)
    }

    assert backwards == set(BACK.items())
    assert set(BACK) == set(ROUNDS)


def test_no_stage_is_skipped():
    order = [stage for stage in Stage if stage != Stage.ENDED]
    for now in order:
        ahead = [order.index(to) for to in TRANSITIONS[now] - {Stage.ENDED}]
        assert max(ahead, default=0) <= order.index(now) + 1
