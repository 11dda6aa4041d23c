import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.groups.crossings import cross, interaction
from ratingstats.groups.designs import Factor
from ratingstats.status import Status


def crossed(beyond=0.0, n=800, seed=3):
    chance = np.random.default_rng(seed)
    a = Factor("sex", chance.integers(0, 2, n), ("F", "M"))
    b = Factor("age", chance.integers(0, 3, n), ("young", "middle", "old"))
    both = (a.codes == 0) & (b.codes == 2)
    y = 3 + 0.2 * a.codes - 0.1 * b.codes + beyond * both + 0.7 * chance.normal(size=n)
    return y, [a, b]


def cell(found, *codes):
    return next(one for one in found.cells if one.codes == codes)


def test_two_by_two_means():
    assert interaction([[3.6, 3.5], [3.5, 3.0]]) == pytest.approx(-0.40)


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=2), st.floats(-5, 5))
def test_what_only_adds_up_has_no_interaction(rows, step):
    table = [[rows[0], rows[0] + step], [rows[1], rows[1] + step]]

    assert interaction(table) == pytest.approx(0, abs=1e-9)


def test_a_cell_that_falls_below_adding_up_is_seen():
    found = cross(*crossed(beyond=-1.0))

    low = cell(found, 0, 2)
    assert low.interval[1] < 0
    assert low.expected + low.beyond == pytest.approx(low.mean)


def test_in_a_balanced_table_what_lies_beyond_is_a_quarter_of_the_interaction():
    a = Factor("a", np.repeat([0, 0, 1, 1], 5), ("x", "y"))
    b = Factor("b", np.repeat([0, 1, 0, 1], 5), ("u", "v"))
    y = np.repeat([3.6, 3.5, 3.5, 3.0], 5) + np.tile([-0.2, -0.1, 0.0, 0.1, 0.2], 4)

    found = cross(y, [a, b])

    assert [abs(one.beyond) for one in found.cells] == pytest.approx([0.1] * 4)


def test_cells_are_held_back_the_more_the_fewer_they_are():
    found = cross(*crossed(beyond=-1.0))

    assert found.between > 0
    for one in found.cells:
        assert abs(one.shrunken) <= abs(one.beyond)
        assert one.probable == pytest.approx(one.expected + one.shrunken)


def test_chance_alone_is_held_back_nearly_whole():
    found = cross(*crossed())

    assert max(abs(one.shrunken) for one in found.cells) < 0.06


@settings(max_examples=20)
@given(st.integers(0, 1000), st.randoms())
def test_order_and_level_of_the_ratings_do_not_matter(seed, chance):
    y, attributes = crossed(beyond=-0.5, n=100, seed=seed)
    order = list(range(100))
    chance.shuffle(order)

    found = cross(y, attributes)
    mixed = cross(y[order] + 7, [Factor(f.name, f.codes[order], f.labels) for f in attributes])

    assert [one.n for one in mixed.cells] == [one.n for one in found.cells]
    assert [one.beyond for one in mixed.cells] == pytest.approx([one.beyond for one in found.cells])
    assert mixed.between == pytest.approx(found.between, abs=1e-9)


def test_three_attributes_are_crossed_at_most():
    y, attributes = crossed()
    third = Factor("site", np.arange(len(y)) % 2, ("here", "there"))

    assert len(cross(y, [*attributes, third]).cells) == 12
    with pytest.raises(ValueError, match="two attributes, or three"):
        cross(y, [*attributes, third, third])
    with pytest.raises(ValueError, match="two attributes, or three"):
        cross(y, attributes[:1])


def test_people_of_whom_one_attribute_is_not_known_are_left_out():
    y, (a, b) = crossed()
    a.codes[:50] = -1

    assert sum(one.n for one in cross(y, [a, b]).cells) == len(y) - 50


def test_cells_of_one_person_each_are_refused():
    a = Factor("a", np.array([0, 1]), ("x", "y"))
    b = Factor("b", np.array([0, 1]), ("u", "v"))

    assert cross(np.array([1.0, 2.0]), [a, b]).status is Status.REFUSED
