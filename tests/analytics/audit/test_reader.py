"""A reader who puts everything that is said of groups together learns about no few people."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.analytics.audit.measuring.calibrating import measure_calibration
from evenhand.analytics.audit.measuring.gaps import measure_gaps
from evenhand.analytics.audit.measuring.gaps_left_out import without_the_few
from evenhand.analytics.audit.measuring.gaps_people import people_of
from evenhand.analytics.audit.measuring.gaps_rates import happens
from evenhand.analytics.audit.ratings import Choices, Coded, Ratings
from ratingstats.disclosure.differences import smallest_difference
from tests.factories.groups import FIVE, named

MANY = settings(max_examples=8, deadline=None)
CASES = given(st.integers(0, 100_000), st.integers(20, 160), st.sampled_from([5, 10]))


def some_ratings(seed, n):
    """Groups large and small, people who did not say, and ratings before, of some not known."""
    rng = np.random.default_rng(seed)
    value = rng.choice([1.0, 2, 3, 4, 5], n, p=[0.05, 0.1, 0.45, 0.3, 0.1])
    before = np.clip(value + rng.choice([-1.0, 0, 0, 0, 1], n), 1, 5)
    before[rng.random(n) < rng.choice([0.0, 0.05])] = np.nan
    groups = {}
    for name, many, unsaid in (("x", 2, rng.choice([0.0, 0.06])), ("y", 4, 0.05), ("z", 5, 0.1)):
        codes = rng.choice(many, n, p=rng.dirichlet(np.full(many, 0.7)))
        codes[rng.random(n) < unsaid] = -1
        groups[name] = Coded(codes, tuple("abcde"[:many]))
    return Ratings(person=named(n), value=value, scale=FIVE, groups=groups, before=before)


def told_of(answers, people):
    """By attribute, the people of each group that is shown."""
    for attribute in answers.attributes:
        group = people.groups[attribute.name]
        codes = [group.labels.index(one.label) for one in attribute.points]
        yield attribute, [np.flatnonzero(group.codes == code) for code in codes]


@MANY
@CASES
def test_no_sum_or_difference_of_groups_is_about_fewer_than_k(seed, n, k):
    ratings = some_ratings(seed, n)
    answers = measure_gaps(ratings, Choices(k=k))
    people = without_the_few(people_of(ratings), k)
    if answers.attributes:
        sets = [np.arange(people.n), *(s for _, told in told_of(answers, people) for s in told)]

        assert smallest_difference(sets, 0, k) is None


@MANY
@CASES
def test_who_is_left_beside_the_groups_shown_are_many_or_not_all_the_same(seed, n, k):
    ratings = some_ratings(seed, n)
    answers = measure_gaps(ratings, Choices(k=k))
    people = without_the_few(people_of(ratings), k)
    for attribute, told in told_of(answers, people):
        left = np.setdiff1d(np.arange(people.n), np.concatenate(told))
        for rates in attribute.rates:
            happened = int(happens(people, rates.event)[left].sum())
            assert len(left) in {0, *range(2 * k, n)} or 0 < happened < len(left)


@MANY
@CASES
def test_calibration_leaves_no_few_beside_its_groups(seed, n, k):
    ratings = some_ratings(seed, n)
    gaps = measure_gaps(ratings, Choices(k=k))
    answers = measure_calibration(ratings, Choices(k=k), gaps)
    shown = {one.name: {group.label for group in one.points} for one in gaps.attributes}
    for name in {row.attribute for row in answers.drifts}:
        rows = [row for row in answers.drifts if row.attribute == name]
        said = rows[0].found.n + rows[0].found.rest_n
        hidden, unsaid = said - sum(row.found.n for row in rows), answers.effect.n - said

        assert {row.group for row in rows} <= shown[name]
        assert not {hidden, unsaid} & set(range(1, 2 * k))


def test_the_attack_itself_would_notice():
    assert smallest_difference([np.arange(20), np.arange(19)], 0, 5) is not None
