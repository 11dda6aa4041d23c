import numpy as np
import pytest

from ratingstats.programme.readiness import Element, adoption, barrier, readiness
from ratingstats.status import Status


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([4, 4, 2, 3, 1], Element.KNOWLEDGE),
        ([3, 5, 5, 5, 5], Element.AWARENESS),
        ([4, 4, 4, 4, 4], None),
    ],
)
def test_the_barrier_is_the_first_element_at_three_or_less(scores, expected):
    assert barrier(scores) is expected


def test_a_group_is_told_by_shares_of_people_not_by_means_of_elements():
    people = [[5, 2, 5, 5, 5], [5, 5, 2, 5, 5], [5] * 5, [4] * 5, [1] * 5]

    result = readiness(people)

    assert result.barriers[Element.DESIRE].share == pytest.approx(0.2)
    assert sum(s.count for s in result.barriers.values()) + result.without.count == 5
    assert (result.without.share, result.ready) == (0.4, False)
    assert readiness([[4] * 5] * 7 + [[1] * 5] * 3).ready


def test_four_people_are_too_few():
    assert readiness([[5] * 5] * 4).status is Status.REFUSED


def test_five_scores_from_one_to_five_are_asked_for():
    with pytest.raises(ValueError, match="five scores"):
        barrier([4, 4, 2])
    with pytest.raises(ValueError, match="five scores"):
        barrier([4, 4, 2, 9, 1])


def test_those_who_have_not_begun_count_in_the_speed():
    half = adoption([1, 3, 5, float("nan")], eligible=5, forms=40, good_at_once=30)
    few = adoption([1], eligible=4, forms=1, good_at_once=1)

    assert (half.median_days, half.utilisation.share, half.proficiency.share) == (5, 0.6, 0.75)
    assert np.isnan(few.median_days)
    with pytest.raises(ValueError, match="eligible"):
        adoption([1, 2], eligible=1, forms=1, good_at_once=1)
