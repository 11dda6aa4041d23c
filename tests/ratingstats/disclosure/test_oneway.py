import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.disclosure.linear import Constraints, feasible_intervals
from ratingstats.disclosure.oneway import release_counts, release_means, release_rates
from ratingstats.disclosure.rules import Rules, Why

TEAMS = {"Tech": 8, "Product": 7, "Content": 2, "Ops": 5, "Business": 1}
QUICK = settings(max_examples=25, deadline=None)


def hidden_counts(counts, k):
    released = release_counts(list(counts), list(counts.values()), Rules(k))
    return {group.label for group in released.groups if group.n is None}


def hidden_rates(groups, k):
    labels = [str(g) for g in range(len(groups))]
    released = release_rates(labels, [x for x, _ in groups], [n for _, n in groups], Rules(k))
    return released, {rate.label for rate in released.groups if rate.rate is None}


GROUPS = st.lists(
    st.integers(0, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=1,
    max_size=6,
)


# The remainder rule: the values of the reference example, five teams and two.
def test_what_is_hidden_together_reaches_k():
    assert hidden_counts(TEAMS, 3) == {"Content", "Business"}
    assert hidden_counts(TEAMS, 5) == {"Content", "Business", "Ops"}
    assert hidden_counts({"Tech": 7, "Product": 1}, 3) == {"Tech", "Product"}


def test_a_reason_is_given_for_everything_hidden():
    released = release_counts(list(TEAMS), list(TEAMS.values()), Rules(5))
    why = {group.label: group.why for group in released.groups}
    assert why["Content"] is Why.TOO_FEW
    assert why["Ops"] is Why.BY_SUBTRACTION
    assert why["Tech"] is Why.SHOWN
    assert "subtraction" in Why.BY_SUBTRACTION.reason


def test_without_a_total_nothing_can_be_subtracted():
    released = release_counts(list(TEAMS), list(TEAMS.values()), Rules(5), total_is_shown=False)
    assert [group.label for group in released.groups if group.n is None] == ["Content", "Business"]
    assert released.total.why is Why.NOT_PUBLISHED


def test_a_whole_of_fewer_than_k_shows_nothing():
    released = release_counts(["A", "B"], [2, 2], Rules(5))
    assert [group.n for group in released.groups] == [None, None]
    assert released.total.n is None


def test_all_of_a_small_group_being_the_same_hides_the_rate_and_a_partner():
    released = release_rates(["A", "B", "C"], [0, 3, 20], [6, 20, 50], Rules(5))
    a, b, c = released.groups
    assert (a.rate, b.rate) == (None, None)
    assert c.rate == 0.4
    assert released.total.rate == 23 / 76


def test_nothing_beside_a_hidden_rate_says_that_all_are_the_same():
    alike = release_rates(["A", "B", "C"], [0, 3, 20], [6, 20, 50], Rules(5))
    few = release_rates(["A", "B", "C"], [1, 3, 20], [4, 20, 50], Rules(5))
    assert alike.groups[:2] == few.groups[:2]
    whole = release_rates(["A", "B"], [4, 4], [4, 4], Rules(5))
    assert whole.total == release_rates(["A", "B"], [1, 1], [2, 2], Rules(5)).total


def test_the_rounding_of_a_few_cannot_be_undone():
    released = release_means(["A", "B"], [3.67, 3.21], [3, 20], Rules(3), (1, 5))
    assert (released.total.mean, released.total.n) == (None, 23)
    larger = release_means(["A", "B"], [3.6, 3.21], [5, 20], Rules(3), (1, 5))
    assert larger.total.mean == pytest.approx((18 + 64.2) / 25)


def test_all_of_a_larger_group_may_be_the_same():
    released = release_rates(["A", "B"], [0, 3], [10, 20], Rules(5))
    assert [rate.rate for rate in released.groups] == [0.0, 0.15]


def test_a_mean_is_never_shown_without_its_n():
    released = release_means(["A", "B", "C"], [5.0, 3.1, 3.4], [4, 12, 40], Rules(5), (1, 5))
    assert released.groups[0].mean is None
    for group in (*released.groups, released.total):
        assert group.mean is None or group.n is not None


def test_a_mean_of_fewer_than_five_is_rounded_to_the_nearest_half():
    released = release_means(["A", "B"], [3.67, 3.21], [3, 20], Rules(3), (1, 5))
    assert [group.mean for group in released.groups] == [3.5, pytest.approx(3.21)]


def test_a_mean_at_the_end_of_the_scale_tells_of_each_in_a_small_group():
    released = release_means(["A", "B", "C"], [5.0, 3.0, 3.2], [7, 20, 60], Rules(5), (1, 5))
    assert [group.mean is None for group in released.groups] == [True, True, False]


def test_what_does_not_fit_together_is_refused_with_the_remedy():
    with pytest.raises(ValueError, match="Give one label"):
        release_counts(["A"], [1, 2], Rules())
    with pytest.raises(ValueError, match="no more can happen"):
        release_rates(["A"], [3], [2], Rules())
    with pytest.raises(ValueError, match="k of at least 1"):
        Rules(0)


@QUICK
@given(GROUPS, st.sampled_from([3, 5, 10]))
def test_no_hidden_rate_or_count_can_be_solved_for(groups, k):
    released, hidden = hidden_rates(groups, k)
    if released.total.happened in (None, 0, released.total.n) or not hidden:
        return
    size = len(groups)
    rows, totals = [], []
    know_total(rows, totals, size, released.total)
    for g, rate in enumerate(released.groups):
        know_group(rows, totals, g, size, rate)
    known = Constraints.on_counts(np.array(rows), np.array(totals, dtype=float))
    for g, rate in enumerate(released.groups):
        if rate.happened is None and groups[g][1]:
            widths = [at.width for at in feasible_intervals(known, [g, size + g])]
            assert min(widths) >= 1
            assert rate.n is not None or sum(widths) >= max(k, groups[g][1] / 2)


def know_total(rows, totals, size, total):
    rows += [np.r_[np.ones(size), np.zeros(size)], np.r_[np.zeros(size), np.ones(size)]]
    totals += [total.happened, total.n - total.happened]


def know_group(rows, totals, g, size, rate):
    happened, others = np.eye(2 * size)[g], np.eye(2 * size)[size + g]
    if rate.n is not None:
        rows.append(happened + others)
        totals.append(rate.n)
    if rate.happened is not None:
        rows.append(happened)
        totals.append(rate.happened)


@QUICK
@given(GROUPS)
def test_more_secrecy_never_shows_more(groups):
    shown = [hidden_rates(groups, k)[1] for k in range(1, 12)]
    assert all(less <= more for less, more in itertools.pairwise(shown))


@QUICK
@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 30), min_size=1), st.randoms())
def test_the_order_of_groups_changes_nothing(counts, chance):
    shuffled = list(counts.items())
    chance.shuffle(shuffled)
    assert hidden_counts(dict(shuffled), 5) == hidden_counts(counts, 5)
