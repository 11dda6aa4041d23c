from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.workshops.kinds import Outcome
from evenhand.workshops.retranslation import retranslate
from ratingstats.programme import training

AT_THE_EDGE = (2,) * 6 + (3,) * 7 + (4,) * 3  # variance exactly 9/16


@pytest.mark.parametrize(
    ("placed_back", "votes", "values", "outcome"),
    [
        (9, 12, (3, 4, 4, 3, 4), Outcome.KEPT),
        (3, 4, (2, 2, 2), Outcome.KEPT),
        (8, 11, (3, 3, 3), Outcome.PLACED_ELSEWHERE),
        (2, 2, (3, 3, 3), Outcome.TOO_FEW),
        (3, 3, (3, 3), Outcome.TOO_FEW),
        (3, 3, (), Outcome.NOT_SCALED),
        (4, 4, (1, 2, 3), Outcome.SPREAD_WIDE),
        (16, 16, AT_THE_EDGE, Outcome.KEPT),
        (16, 16, (1,) + (2,) * 4 + (3,) * 8 + (4,) * 3, Outcome.SPREAD_WIDE),
        (0, 0, (), Outcome.TOO_FEW),
    ],
)
def test_an_incident_is_judged_as_by_hand(placed_back, votes, values, outcome):
    assert retranslate(placed_back, votes, values).outcome == outcome


def test_the_figures_are_those_one_gets_by_hand():
    judged = retranslate(9, 12, (3, 4, 4, 3, 4))

    assert judged.share == Decimal("75.0")
    assert judged.mean == Decimal("3.600")
    assert judged.spread == Decimal("0.548")  # sqrt(1.2 / 4)
    assert retranslate(16, 16, AT_THE_EDGE).spread == Decimal("0.750")


def test_what_cannot_be_said_is_not_said():
    judged = retranslate(0, 0)

    assert (judged.share, judged.mean, judged.spread) == (None, None, None)
    assert judged.nearest((1, 3, 5)) is None
    assert retranslate(3, 3, (4,)).spread is None


def test_the_nearest_level_is_the_higher_between_two():
    assert retranslate(3, 3, (2, 3, 2, 3)).nearest((1, 2, 3, 4, 5)) == 3
    assert retranslate(3, 3, (2, 2, 2)).nearest((1, 3, 5)) == 3
    assert retranslate(3, 3, (1, 1, 2)).nearest((1, 3, 5)) == 1


@pytest.mark.parametrize("said", [(4, 3, ()), (-1, 3, ()), (3, 3, (0, 3, 3)), (3, 3, (6,))])
def test_counts_that_cannot_be_are_refused(said):
    with pytest.raises(ValueError, match="levels from 1 to 5"):
        retranslate(*said)


@settings(max_examples=60)
@given(
    votes=st.integers(3, 40),
    part=st.floats(0, 1),
    values=st.lists(st.integers(1, 5), min_size=3, max_size=40),
)
def test_an_independent_program_judges_the_same(votes, part, values):
    placed_back = round(votes * part)
    ours, theirs = (
        retranslate(placed_back, votes, values),
        training.retranslate(placed_back, votes, values),
    )
    n, total = len(values), sum(values)
    variance = Fraction(n * sum(v * v for v in values) - total**2, n * (n - 1))

    assert float(ours.share) == pytest.approx(100 * theirs.share, abs=0.051)
    assert float(ours.spread) == pytest.approx(theirs.spread, abs=0.00051)
    if variance != Fraction(9, 16):  # there, binary fractions may fall on either side
        assert ours.is_kept == theirs.keep
