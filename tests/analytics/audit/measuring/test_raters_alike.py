import numpy as np
import pytest

from evenhand.analytics.audit.measuring.raters_alike import measure_alike
from evenhand.analytics.audit.measuring.raters_results import WhyNot
from tests.factories.ratings import coded, ratings_of

PEOPLE = 40


def rated_among_themselves(rng, bonus, *, women_higher=0.0, write=str):
    """Everybody rates twelve others; raters write their names as `write` has it."""
    is_woman = np.arange(PEOPLE) % 2 == 0
    rows, groups = [], []
    for rater in range(PEOPLE):
        for person in rng.choice(np.delete(np.arange(PEOPLE), rater), 12, replace=False):
            same = is_woman[rater] == is_woman[person]
            value = 3 + bonus * same + women_higher * is_woman[person] + rng.normal(0, 0.4)
            rows.append((f"Byron{person}, Ada", write(f"Byron{rater}, Ada"), value))
            groups.append("women" if is_woman[person] else "men")
    return ratings_of(rows, groups={"Sex": coded(groups)})


def found(ratings):
    rows, refused = measure_alike(ratings, 0.95)
    assert refused == ()
    (row,) = rows
    return row.found


def test_a_bonus_for_people_of_the_own_group_is_found():
    alike = found(rated_among_themselves(np.random.default_rng(1), 0.5))

    assert alike.difference == pytest.approx(0.5, abs=0.1)
    assert alike.is_flagged


def test_a_group_that_everybody_rates_higher_is_no_bonus_for_ones_own():
    alike = found(rated_among_themselves(np.random.default_rng(2), 0.0, women_higher=0.8))

    assert not alike.is_flagged
    assert abs(alike.difference) < 0.1


def test_raters_are_recognised_however_their_names_are_turned():
    def turned(name):
        family, given = name.split(", ")
        return f"{given.upper()}  {family}"

    rng = np.random.default_rng(3)

    assert found(rated_among_themselves(rng, 0.5, write=turned)).is_flagged


def test_raters_who_are_not_in_the_file_cannot_be_grouped():
    ratings = rated_among_themselves(np.random.default_rng(4), 0.5, write=lambda name: f"Dr {name}")

    rows, refused = measure_alike(ratings, 0.95)

    assert rows == ()
    assert [one.why for one in refused] == [WhyNot.NOT_RATED]


def test_without_groups_nothing_is_asked():
    assert measure_alike(ratings_of([("A", "B", 3), ("B", "A", 4)]), 0.95) == ((), ())
