import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from ratingstats.groups.families import benjamini_hochberg, family, holm

some_p = st.lists(st.floats(0, 1), max_size=20)


@pytest.mark.parametrize(
    "p", [[0.04], [0.01, 0.04, 0.03, 0.005, 0.8], [0.2, 0.2, 0.0, 1.0], [0.9, 0.02, 0.021, 0.019]]
)
def test_agrees_with_an_independent_program(p):
    assert holm(p) == pytest.approx(multipletests(p, method="holm")[1])
    assert benjamini_hochberg(p) == pytest.approx(multipletests(p, method="fdr_bh")[1])


@given(some_p)
def test_holm_is_at_least_bh_is_at_least_raw(p):
    found = family(p)

    assert found.m == len(p)
    assert np.all(found.holm >= found.bh - 1e-15)
    assert np.all(found.bh >= found.raw - 1e-15)
    assert np.all(found.holm <= 1)


@given(some_p, st.randoms())
def test_order_does_not_matter(p, chance):
    places = list(range(len(p)))
    chance.shuffle(places)
    mixed = [p[place] for place in places]

    assert holm(mixed) == pytest.approx(holm(p)[places])
    assert benjamini_hochberg(mixed) == pytest.approx(benjamini_hochberg(p)[places])


def test_one_test_keeps_its_p():
    assert family([0.03]).holm == pytest.approx([0.03])


@pytest.mark.parametrize("wrong", [[0.1, float("nan")], [1.2], [-0.1]])
def test_a_test_not_made_is_not_counted(wrong):
    with pytest.raises(ValueError, match="leave out"):
        holm(wrong)
