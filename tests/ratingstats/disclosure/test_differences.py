from itertools import product
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.disclosure.differences import smallest_difference

WHOLE = np.arange(100)


def keys(*spans):
    return np.concatenate([np.arange(low, high) for low, high in spans])


@pytest.mark.parametrize(
    ("sets", "people"),
    [
        ([WHOLE, keys((0, 50)), keys((50, 98))], 2),
        ([WHOLE, keys((0, 50)), keys((50, 95))], None),
        ([WHOLE, keys((0, 96)), keys((4, 100))], 4),
        ([keys((0, 50)), keys((50, 100)), keys((0, 30), (50, 80)), keys((30, 50), (80, 99))], 1),
        ([keys((0, 20)), keys((20, 40)), keys((40, 60)), keys((0, 61))], 1),
    ],
    ids=["whole less parts", "five are left", "two wholes", "two ways to divide", "sum of three"],
)
def test_combinations_of_sets_are_seen_through(sets, people):
    found = smallest_difference(sets, 0, 5)
    assert (found.people if found else None) == people


def test_what_was_known_before_is_no_news():
    leaking = [WHOLE, keys((0, 98))]
    assert smallest_difference([*leaking, keys((200, 300))], 2, 5) is None
    assert smallest_difference([*leaking, keys((0, 99))], 2, 5).people == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sets(st.integers(0, 7), min_size=2), min_size=2, max_size=4), st.integers(2, 4))
def test_whatever_small_weights_can_find_is_found(drawn, k):
    """All combinations with weights of -2 to 2, one after the other."""
    sets = [np.array(sorted(one)) for one in drawn]
    within = np.array([np.isin(np.arange(8), one) for one in sets], dtype=int)
    leaks = [
        about
        for weights in product(range(-2, 3), repeat=len(sets))
        if 0 < (about := np.count_nonzero(np.array(weights) @ within)) < k
    ]
    assert bool(leaks) == (smallest_difference(sets, 0, k) is not None) or not leaks


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sets(st.integers(0, 9), min_size=1), min_size=1, max_size=4))
def test_a_difference_that_is_reported_is_real(drawn):
    sets = [np.array(sorted(one)) for one in drawn]
    found = smallest_difference(sets, 0, 3)
    if found is None:
        return
    used = np.array([np.isin(np.arange(10), sets[number]) for number in found.sets], dtype=float)
    patterns = np.unique(used, axis=1, return_counts=True)
    assert 0 < found.people < 3
    assert any(rank_without(patterns[0], np.array(left)) for left in subsets(patterns[1], 3))


def rank_without(columns, left):
    """Some combination is zero on all columns that are not left."""
    kept = columns[:, ~left]
    return np.linalg.matrix_rank(columns) > (np.linalg.matrix_rank(kept) if kept.size else 0)


def subsets(sizes, k):
    for left in product([False, True], repeat=len(sizes)):
        if 0 < sizes[np.array(left)].sum() < k:
            yield left


def test_a_hundred_thousand_people_in_some_hundred_sets_are_quick():
    unit = np.random.default_rng(0).integers(0, 200, 100_000)
    sets = [np.flatnonzero(unit == one) for one in range(200)]
    sets += [np.flatnonzero(unit // 10 == one) for one in range(20)] + [np.arange(100_000)]
    before = perf_counter()
    assert smallest_difference([*sets, np.flatnonzero(unit < 20)], len(sets), 5) is None
    late = smallest_difference([*sets, np.flatnonzero(unit < 20)[:-2]], len(sets), 5)
    assert late.people == 2
    assert perf_counter() - before < 10


def test_many_sets_that_cut_across_each_other_are_searched():
    chance = np.random.default_rng(1)
    groups = [np.flatnonzero(chance.random(3_000) < 0.5) for _ in range(40)]
    assert smallest_difference(groups, 0, 5) is None
    odd = np.setxor1d(np.arange(1_500), [3])
    divided = [np.arange(700), np.arange(700, 1_500), odd]
    assert smallest_difference([*groups, *divided], len(groups), 5).people == 1
