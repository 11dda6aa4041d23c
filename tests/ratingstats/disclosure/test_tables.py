from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.disclosure.margins import with_totals
from ratingstats.disclosure.rules import Rules, Why
from ratingstats.disclosure.tables import audit_table, release_table, release_table_of_rates

# A table of three by three in which only one cell is small; k = 5.
TABLE = np.array([[12, 3, 9], [8, 11, 6], [10, 7, 14]])
QUICK = settings(max_examples=12, deadline=None)


def only(*places):
    mask = np.zeros(TABLE.shape, dtype=bool)
    mask[tuple(zip(*places, strict=True))] = True
    return mask


def tables(largest=14):
    return st.tuples(st.integers(2, 4), st.integers(2, 4)).flatmap(
        lambda shape: st.lists(
            st.integers(0, largest), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]
        ).map(lambda cells: np.array(cells).reshape(shape))
    )


def test_the_smallest_rectangle_is_hidden_with_the_small_cell():
    released = release_table(TABLE, Rules(5))
    assert [tuple(place) for place in np.argwhere(released.hidden)] == [
        (0, 1), (0, 2), (1, 1), (1, 2),
    ]  # fmt: skip
    added = TABLE[0, 2] + TABLE[1, 1] + TABLE[1, 2]
    assert added == 26
    assert released.why[0, 1] is Why.TOO_FEW
    assert {released.why[0, 2], released.why[1, 1], released.why[1, 2]} == {Why.BY_SUBTRACTION}
    assert np.nansum(released.cells) == TABLE.sum() - 26 - 3
    small = audit_table(TABLE, released.hidden, Rules(5))[0]
    assert (small.place, small.low, small.high) == ((0, 1), 0, 12)


@pytest.mark.parametrize(
    "hidden", [only((0, 1)), only((0, 1), (0, 2))], ids=["alone", "with one of its row"]
)
def test_the_small_cell_alone_or_with_a_partner_in_its_row_is_given_away(hidden):
    small = audit_table(TABLE, hidden, Rules(5))[0]
    assert (small.low, small.high, small.is_safe) == (3, 3, False)


def test_without_totals_only_small_cells_are_hidden():
    released = release_table(TABLE, Rules(5), totals_are_shown=False)
    assert released.hidden[:-1, :-1].sum() == 1
    assert released.why[-1, -1] is Why.NOT_PUBLISHED
    (small,) = audit_table(TABLE, only((0, 1)), Rules(5), totals_are_shown=False)
    assert (small.low, small.high) == (0, np.inf)


def test_a_total_of_fewer_than_k_is_hidden_like_a_cell():
    released = release_table(np.array([[1, 1, 0], [12, 9, 20], [14, 8, 11]]), Rules(5))
    assert released.hidden[0].all()
    assert released.why[0, -1] is Why.TOO_FEW
    assert released.hidden[1:, -1].any()


def test_a_table_of_fewer_than_k_shows_nothing():
    assert release_table(np.array([[1, 1], [1, 1]]), Rules(5)).hidden.all()


def test_a_table_with_nothing_small_is_shown_whole():
    released = release_table(np.full((3, 4), 7), Rules(5))
    assert not released.hidden.any()
    assert released.shown[-1, -1] == 84


def test_a_table_needs_two_axes_and_counts():
    with pytest.raises(ValueError, match="two axes"):
        release_table(np.array([1, 2]), Rules())
    with pytest.raises(ValueError, match="counts of 0"):
        release_table(np.array([[1, -2]]), Rules())
    with pytest.raises(ValueError, match="of one shape"):
        release_table_of_rates(np.array([[3, 1]]), np.array([[2, 1]]), Rules())


@QUICK
@given(tables(), st.sampled_from([3, 5, 10]))
def test_every_hidden_cell_stays_as_wide_as_asked(counts, k):
    released = release_table(counts, Rules(k))
    assert all(cell.is_safe for cell in audit_table(counts, released.hidden, Rules(k)))
    assert (with_totals(counts)[~released.hidden] >= k).all()


@pytest.mark.parametrize("seed", range(12))
def test_no_hidden_cell_is_found_by_trying_all_tables(seed):
    """Small tables can be tried out one by one: no hidden cell is the same in all that fit."""
    counts = np.random.default_rng(seed).integers(2, 6, size=(2, 2))
    counts[seed % 2, seed % 3 % 2] = seed % 2
    released = release_table(counts, Rules(2))
    fitting = [
        table
        for cells in product(range(12), repeat=4)
        if fits(table := with_totals(np.array(cells).reshape(2, 2)), released)
    ]
    assert released.hidden.sum() >= 4
    for place in map(tuple, np.argwhere(released.hidden)):
        values = {int(table[place]) for table in fitting}
        assert max(values) - min(values) >= 2


def fits(table, released):
    """Whether a table agrees with everything that is shown."""
    return (table[~released.hidden] == released.shown[~released.hidden]).all()


@QUICK
@given(tables())
def test_more_secrecy_never_shows_more(counts):
    hidden = [release_table(counts, Rules(k)).hidden for k in (1, 3, 4, 7)]
    assert all((less <= more).all() for less, more in pairwise(hidden))


@QUICK
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_nothing(counts, chance):
    rows, columns = (list(range(size)) for size in counts.shape)
    chance.shuffle(rows)
    chance.shuffle(columns)
    names = [[f"row {i}" for i in range(counts.shape[0])], [f"{j}" for j in range(counts.shape[1])]]
    straight = release_table(counts, Rules(5), labels=names).hidden
    turned = release_table(
        counts[np.ix_(rows, columns)],
        Rules(5),
        labels=[[names[0][i] for i in rows], [names[1][j] for j in columns]],
    ).hidden
    back = np.ix_([*rows, len(rows)], [*columns, len(columns)])
    assert (straight[back] == turned).all()


def test_a_table_by_three_facts_is_safe_in_whole_people_too():
    counts = np.random.default_rng(3).poisson(9, size=(2, 2, 3))
    counts[0, 0, 0], counts[1, 1, 1] = 2, 1
    released = release_table(counts, Rules(5))
    cells = audit_table(counts, released.hidden, Rules(5))
    assert len(cells) >= 8
    assert all(cell.is_safe for cell in cells)


RATES = tables(largest=25).flatmap(
    lambda of: st.tuples(st.just(of), st.integers(0, 2**20), st.sampled_from([0.1, 0.5, 0.95]))
)


@QUICK
@given(RATES, st.sampled_from([3, 5]))
def test_a_hidden_rate_gives_away_neither_its_people_nor_to_whom_it_happened(drawn, k):
    of, seed, share = drawn
    happened = np.random.default_rng(seed).binomial(of, share)
    released = release_table_of_rates(happened, of, Rules(k))
    yes, no = (
        {cell.place: cell for cell in audit_table(layer, released.hidden, Rules(k))}
        for layer in (happened, of - happened)
    )
    table = with_totals(of)
    for place in yes:
        assert yes[place].width + no[place].width >= max(k, table[place] / 2) - 1e-6
        assert yes[place].width >= 1 or lies_below_a_shown_zero(happened, released, place)
        assert no[place].width >= 1 or lies_below_a_shown_zero(of - happened, released, place)


def lies_below_a_shown_zero(layer, released, place):
    table = with_totals(layer)
    row, column = place
    above = [(row, -1), (-1, column), (-1, -1)]
    return any(table[total] == 0 and not released.hidden[total] for total in above)


@QUICK
@given(RATES)
def test_more_secrecy_never_shows_more_of_rates(drawn):
    of, seed, share = drawn
    happened = np.random.default_rng(seed).binomial(of, share)
    hidden = [release_table_of_rates(happened, of, Rules(k)).hidden for k in (2, 4, 5)]
    assert all((less <= more).all() for less, more in pairwise(hidden))


@QUICK
@given(RATES)
def test_no_small_cell_of_all_the_same_is_shown(drawn):
    of, seed, share = drawn
    happened = np.random.default_rng(seed).binomial(of, share)
    shown = release_table_of_rates(happened, of, Rules(5))
    same = np.isin(shown.rate, (0.0, 1.0))
    assert not (same & (shown.of < 10)).any()
    assert not (shown.of < 5).any()
