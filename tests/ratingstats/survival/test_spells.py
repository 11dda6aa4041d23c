import numpy as np
import pytest

from ratingstats.survival import Spells


def test_a_person_is_at_risk_until_the_spell_ends():
    spells = Spells.of([2, 5, 5], [1, 1, 0])

    assert spells.at_risk(np.array([0.0, 2.0, 3.0, 5.0, 6.0])).tolist() == [3, 3, 2, 2, 0]


def test_a_person_hired_long_ago_is_at_risk_only_from_the_day_we_could_see_them():
    spells = Spells.of([2, 9, 9], [1, 1, 0], entered=[0, 4, 5])

    assert spells.at_risk(np.array([2.0, 5.0, 9.0])).tolist() == [1, 1, 2]


def test_kinds_of_leaving_are_counted_apart_and_together():
    spells = Spells.of([3, 3, 3, 4], [1, 2, 0, 1])
    times = spells.leaving_times()

    assert spells.leaving(times).tolist() == [2, 1]
    assert spells.leaving(times, 1).tolist() == [1, 1]


@pytest.mark.parametrize(
    ("duration", "ending", "entered"),
    [
        ([1, 2], [1], None),
        ([1, float("nan")], [1, 0], None),
        ([-1, 2], [1, 0], None),
        ([3, 2], [1, 0], [3, 0]),
    ],
    ids=["lengths", "missing", "below zero", "enters at the end"],
)
def test_what_cannot_be_a_spell_is_refused_with_a_remedy(duration, ending, entered):
    with pytest.raises(ValueError, match=r"person|people"):
        Spells.of(duration, ending, entered)
