import numpy as np

from evenhand.analytics.audit.measuring.gaps_people import people_of
from evenhand.analytics.audit.ratings import Coded, Ratings
from tests.factories.groups import FIVE


def of(rows, **more):
    """Ratings from (person, value, group) rows."""
    persons, values, groups = zip(*rows, strict=True)
    return Ratings(
        person=Coded.of(list(persons)),
        value=np.array(values, float),
        scale=FIVE,
        groups={"sex": Coded.of(list(groups))},
        **more,
    )


def test_whoever_is_rated_often_counts_once_by_the_mean():
    people = people_of(of([("Ann", 5, "F"), ("Ben", 2, "M"), ("Ann", 4, "F"), ("Ann", 3, "F")]))

    assert people.names == ("Ann", "Ben")
    assert people.rating.tolist() == [4.0, 2.0]
    assert people.favourable.tolist() == [True, False]
    assert people.adverse.tolist() == [False, True]
    assert people.several == 1


def test_half_a_level_counts_upwards():
    people = people_of(
        of([("Ann", 3, "F"), ("Ann", 4, "F"), ("Ben", 2, "M"), ("Ben", 3, "M"), ("Ben", 2, "M")])
    )

    assert people.level.tolist() == [4.0, 2.0]


def test_a_single_rating_between_levels_stays_as_it_is():
    people = people_of(of([("Ann", 3.7, "F")]))

    assert people.level.tolist() == [3.7]
    assert not people.favourable[0]


def test_what_was_said_last_of_a_person_counts():
    rows = [("Ann", 3, "F"), ("Ann", 4, ""), ("Ann", 4, "X")]
    said_before = of(rows, order=np.array([1.0, 2.0, 0.0]))

    assert (
        people_of(of(rows)).groups["sex"].labels[people_of(of(rows)).groups["sex"].codes[0]] == "X"
    )
    last = people_of(said_before).groups["sex"]
    assert last.labels[last.codes[0]] == "F"


def test_ratings_of_nobody_are_left_out():
    people = people_of(of([("Ann", 3, "F"), ("", 5, "M")]))

    assert people.n == 1


def test_a_fact_never_said_stays_unknown():
    people = people_of(
        of([("Ann", 3, ""), ("Ben", 3, "M")], measured={"tenure": np.array([np.nan, 2.0])})
    )

    assert people.groups["sex"].known.tolist() == [False, True]
    assert people.controls[0].known.tolist() == [False, True]
