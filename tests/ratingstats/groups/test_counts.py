from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratingstats.groups.counts import (
    Counted,
    above_five_fourths,
    below_four_fifths,
    may_be_reference,
    may_stand_alone,
    reference_of,
    wilson,
)

counted = st.integers(1, 200).flatmap(
    lambda n: st.integers(0, n).map(lambda x: Counted(x, n)),
)


def test_exactly_four_fifths_is_not_below():
    assert not below_four_fifths(Counted(20, 100), Counted(30, 120))


def test_one_person_more_or_less_moves_it_off_four_fifths():
    assert below_four_fifths(Counted(19, 100), Counted(30, 120))
    assert not below_four_fifths(Counted(21, 100), Counted(29, 120))


@pytest.mark.parametrize(
    ("focal", "reference"),
    [(Counted(3, 5), Counted(15, 20)), (Counted(2, 3), Counted(5, 6))],
)
def test_floats_would_call_exactly_four_fifths_below(focal, reference):
    assert focal.rate / reference.rate < 0.8
    assert not below_four_fifths(focal, reference)


def test_floats_would_be_wrong_on_1198_tables_of_up_to_60_people():
    wrong = sum(
        (x / n) / (y / m) < 0.8
        for n in range(1, 61)
        for m in range(1, 61)
        for y in range(1, m + 1)
        if (4 * y * n) % (5 * m) == 0
        for x in [4 * y * n // (5 * m)]
        if x <= n and not below_four_fifths(Counted(x, n), Counted(y, m))
    )

    assert wrong == 1198


@given(counted, counted)
def test_integers_say_what_fractions_say(focal, reference):
    rate, best = Fraction(focal.x, focal.n), Fraction(reference.x, reference.n)

    assert below_four_fifths(focal, reference) == (rate < Fraction(4, 5) * best)
    assert above_five_fourths(focal, reference) == (rate > Fraction(5, 4) * best)


def test_ugesp_example_rates_fall_where_the_agencies_say():
    # Adoption of Questions and Answers, 44 FR 11996 (1979): whites 60 %.
    white = Counted(48, 80)

    assert below_four_fifths(Counted(45, 100), white)
    assert not below_four_fifths(Counted(48, 100), white)
    assert not below_four_fifths(Counted(51, 100), white)


def test_two_of_150_people_are_not_tested_alone_nor_compared_with():
    assert not may_stand_alone(Counted(2, 2), 150)
    assert not may_be_reference(Counted(2, 2), 150)


def test_five_people_of_a_small_pool_may_stand_alone():
    assert may_stand_alone(Counted(0, 5), 250)
    assert not may_stand_alone(Counted(0, 5), 251)


def test_thirty_people_stand_alone_in_any_pool_but_are_no_benchmark():
    assert may_stand_alone(Counted(3, 30), 100_000)
    assert not may_be_reference(Counted(3, 30), 100_000)


def test_a_lucky_few_do_not_become_the_reference():
    assert reference_of([Counted(3, 3), Counted(20, 100), Counted(30, 100)]) == 2


def test_the_pool_counts_people_in_no_group():
    groups = [Counted(9, 10), Counted(50, 400)]

    assert reference_of(groups) == 0
    assert reference_of(groups, pool=1000) == 1


def test_of_equal_rates_the_larger_group_is_the_reference():
    assert reference_of([Counted(1, 10), Counted(10, 100), Counted(2, 20)]) == 1


def test_one_group_alone_has_no_reference():
    assert reference_of([Counted(5, 10), Counted(0, 0)]) is None
    assert reference_of([Counted(1, 4), Counted(2, 4)]) is None


@given(st.lists(counted, min_size=2, max_size=6), st.randoms())
def test_the_reference_has_the_same_rate_in_any_order(groups, chance):
    best = reference_of(groups)
    mixed = list(groups)
    chance.shuffle(mixed)
    again = reference_of(mixed)

    assert (best is None) == (again is None)
    assert best is None or groups[best] == mixed[again]


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [(3, 12, 0.0889, 0.5323), (17, 20, 0.6396, 0.9476)],
)
def test_wilson_interval(x, n, low, high):
    assert wilson(Counted(x, n)) == pytest.approx((low, high), abs=1e-4)


def test_wilson_interval_of_none_and_all_touches_the_end():
    assert wilson(Counted(0, 10))[0] == 0
    assert wilson(Counted(10, 10))[1] == 1


def test_more_than_all_is_a_mistake():
    with pytest.raises(ValueError, match="0 <= x <= n"):
        Counted(3, 2)
