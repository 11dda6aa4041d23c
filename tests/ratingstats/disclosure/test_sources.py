import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratingstats.disclosure.sources import (
    Gap,
    Side,
    compare_self,
    item_may_be_shown,
    mean_of_sources,
    merge_groups,
    pooled_mean,
)


@pytest.mark.parametrize(
    ("counts", "sides"),
    [
        ({"peers": 2, "reports": 4, "other": 1}, {("reports",): 4, ("other", "peers"): 3}),
        ({"peers": 2, "reports": 5}, {("peers", "reports"): 7}),
        ({"peers": 2, "reports": 2}, {("peers", "reports"): 4}),
        ({"peers": 1}, {}),
        ({"peers": 0, "reports": 4}, {("reports",): 4}),
    ],
)
def test_small_groups_are_merged(counts, sides):
    assert {side.names: side.n for side in merge_groups(counts, 3)} == sides


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9)), st.sampled_from([3, 5]))
def test_no_side_is_small_and_nobody_counts_twice(counts, k):
    sides = merge_groups(counts, k)
    assert all(side.n >= k for side in sides)
    names = [name for side in sides for name in side.names]
    assert len(names) == len(set(names))
    total = sum(counts.values())
    assert sum(side.n for side in sides) == (total if sides else 0)
    assert sides == merge_groups(dict(reversed(counts.items())), k)
    assert bool(sides) == (total >= k)


def test_the_largest_side_comes_first():
    assert merge_groups({"a": 4, "b": 9}, 3) == (Side(("b",), 9), Side(("a",), 4))


def test_each_side_counts_the_same_and_pooling_says_something_else():
    means, n = [4.0, 3.5, 3.2], [1, 4, 5]
    assert mean_of_sources(means) == pytest.approx(3.5667, abs=1e-4)
    assert pooled_mean(means, n) == pytest.approx(3.40)


@pytest.mark.parametrize(
    ("own", "others", "n", "gap"),
    [
        (4.5, 3.4, 4, Gap.BLIND_SPOT),
        (3.0, 4.2, 4, Gap.HIDDEN_STRENGTH),
        (4.5, 3.4, 2, Gap.NOT_ENOUGH),
        (4.5, None, 4, Gap.NOT_ENOUGH),
        (4.2, 3.2, 4, Gap.BLIND_SPOT),
        (4.3, 4.2, 4, Gap.AGREED_STRENGTH),
        (2.4, 2.2, 4, Gap.AGREED_NEED),
        (4.0, 3.3, 4, Gap.LOOK),
        (5.0, 3.8, 4, Gap.LOOK),
        (3.2, 3.0, 4, Gap.IN_LINE),
    ],
)
def test_a_gap_has_a_name(own, others, n, gap):
    assert compare_self(own, others, n) is gap


@pytest.mark.parametrize(
    ("answered", "cannot_say", "may"), [(3, 0, True), (3, 5, True), (3, 6, False), (2, 0, False)]
)
def test_a_question_most_cannot_answer_is_not_shown(answered, cannot_say, may):
    assert item_may_be_shown(answered, cannot_say, 3) is may
