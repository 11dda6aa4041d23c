from decimal import Decimal
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.assessments.gaps import Asked, gap_of, group_of, shortfall_of
from ratingstats.scales import competency_gap


def asked(required, weight, *observed):
    return Asked(required, weight, tuple(Decimal(level) for level in observed))


def test_a_gap_is_what_is_required_less_the_mean_of_the_sources():
    gap = gap_of(asked(4, 50, 3, 2))

    assert (gap.observed, gap.gap, gap.sources) == (Decimal("2.5"), Decimal("1.5"), 2)
    assert not gap.is_hypothesis


def test_what_nobody_rated_has_no_gap():
    gap = gap_of(asked(4, 50))

    assert (gap.observed, gap.gap, gap.sources) == (None, None, 0)
    assert not gap.is_hypothesis


def test_a_gap_from_one_source_is_a_hypothesis():
    assert gap_of(asked(4, 50, 2)).is_hypothesis


def test_the_shortfall_of_a_vector_worked_out_by_hand():
    # Gaps 1.5 and 0 of 4 and 2, a surplus of 2 over 3: (50 x 1.5) / (50 x 4 + 30 x 3 + 20 x 2).
    found = shortfall_of([asked(4, 50, 3, 2), asked(3, 30, 5, 5), asked(2, 20, 2, 2)])

    assert found.missing == 75
    assert found.required == 330
    assert found.index == Decimal("0.227273")
    assert found.coverage == 1


def test_a_surplus_never_cancels_a_gap():
    gap, surplus = asked(4, 50, 3), asked(3, 50, 5)

    assert shortfall_of([gap, surplus]).missing == shortfall_of([gap]).missing == 50


def test_what_is_not_rated_leaves_the_index_and_lowers_the_coverage():
    found = shortfall_of([asked(4, 60, 3), asked(3, 40)])

    assert (found.index, found.coverage) == (Decimal("0.25"), Decimal("0.6"))
    assert (found.rated, found.asked) == (1, 2)


def test_without_any_rating_there_is_no_index():
    found = shortfall_of([asked(4, 60), asked(3, 40)])

    assert (found.index, found.coverage) == (None, 0)


LEVELS = st.integers(1, 5)
COMPETENCY = st.tuples(
    LEVELS, st.integers(1, 100), st.lists(st.none() | LEVELS, min_size=3, max_size=3)
)


@settings(max_examples=40)
@given(st.lists(COMPETENCY, min_size=1, max_size=7))
def test_an_independent_program_comes_to_the_same(competencies):
    ours = shortfall_of([asked(r, w, *(v for v in seen if v)) for r, w, seen in competencies])
    required, weights, seen = zip(*competencies, strict=True)
    observed = np.array([[v or np.nan for v in row] for row in seen], dtype=float).T
    theirs = competency_gap(required, observed, weights=weights)

    assert float(ours.coverage) == pytest.approx(theirs.coverage, abs=1e-6)
    if ours.index is None:
        assert np.isnan(theirs.shortfall)
    else:
        assert float(ours.index) == pytest.approx(theirs.shortfall, abs=2e-6)
    for (r, w, row), gap in zip(competencies, theirs.gap, strict=True):
        found = gap_of(asked(r, w, *(v for v in row if v))).gap
        assert np.isnan(gap) if found is None else float(found) == pytest.approx(gap, abs=1e-6)


@pytest.mark.parametrize("levels", [(), (4,), (4, 2)])
def test_of_fewer_than_three_others_nothing_is_published(levels):
    assert group_of(levels) is None


@pytest.mark.parametrize(
    ("levels", "shown"),
    [
        ((3, 4, 4), "3.5"),
        ((3, 3, 4), "3.5"),
        ((3, 3, 3), "3.0"),
        ((2, 3, 4, 4), "3.5"),
        ((5, 5, 5), "4.5"),
        ((1, 1, 1), "1.5"),
    ],
)
def test_the_mean_of_others_is_published_in_half_levels_open_at_both_ends(levels, shown):
    group = group_of(levels)

    assert (group.level, group.count) == (Decimal(shown), len(levels))


@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_from_what_is_published_nobodys_answer_follows(count):
    """Whatever is shown, each of the others may have answered at least two different things."""
    shown = {}
    for levels in product(range(1, 6), repeat=count):
        shown.setdefault(group_of(levels), []).append(levels)

    for sets in shown.values():
        assert len({tuple(sorted(levels)) for levels in sets}) >= 2
        assert all(len({levels[place] for levels in sets}) >= 2 for place in range(count))
