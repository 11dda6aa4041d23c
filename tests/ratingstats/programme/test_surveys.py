import numpy as np
import pytest

from ratingstats.programme.surveys import justice_facets, promoter_score
from ratingstats.status import Status


def test_those_in_the_middle_stay_in_the_denominator():
    result = promoter_score([10] * 4 + [9] * 6 + [8] * 10 + [7] * 12 + [3] * 8, invited=50)

    assert result.score == pytest.approx(5.0)
    assert result.std_error == pytest.approx(10.58, abs=0.005)
    assert (result.low, result.high) == pytest.approx((-15.7, 25.7), abs=0.05)
    assert (result.n, result.response_rate) == (40, 0.8)


def test_an_arrow_needs_intervals_that_do_not_overlap():
    low, near, high = (promoter_score([10] * k + [0] * (100 - k)) for k in (30, 34, 70))

    assert not low.differs_from(near)
    assert low.differs_from(high)
    assert high.differs_from(low)


def test_no_answers_few_answers_and_answers_off_the_scale():
    assert promoter_score([float("nan")]).status is Status.REFUSED
    assert promoter_score([9, 10, 3]).status is Status.CAUTION
    with pytest.raises(ValueError, match="within 0 and 10"):
        promoter_score([11])
    with pytest.raises(ValueError, match="invited"):
        promoter_score([9, 9], invited=1)


def test_a_facet_is_the_mean_of_peoples_means():
    rows = [[4, 5], [3, float("nan")], [5, 5], [2, 2], [4, 4], [float("nan")] * 2]

    (facet,) = justice_facets({"procedural": rows})

    assert facet.n == 5
    assert facet.mean == pytest.approx(np.mean([4.5, 3, 5, 2, 4]))
    assert facet.low < facet.mean < facet.high


def test_a_facet_answered_by_four_people_is_not_shown():
    (facet,) = justice_facets({"informational": [[4], [5], [3], [2]]})

    assert facet.status is Status.REFUSED
    assert np.isnan(facet.mean)
