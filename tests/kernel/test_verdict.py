import pytest

from evenhand.kernel.verdict import ALLOWED, Ground, Refused, Verdict

CLOSED = Verdict("closed", "The cycle is closed.", Ground.WHEN)


def test_a_verdict_is_true_exactly_when_allowed():
    assert ALLOWED
    assert not CLOSED


def test_a_refusal_carries_its_reason():
    ALLOWED.enforce()

    with pytest.raises(Refused, match="closed") as refusal:
        CLOSED.enforce()

    assert refusal.value.verdict is CLOSED


def test_grounds_are_the_statuses_answered_with():
    assert [ground.value for ground in Ground] == [403, 409, 422]
