from dataclasses import replace
from itertools import combinations, compress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.analytics.audit.measuring.gaps import measure_gaps
from evenhand.analytics.audit.measuring.gaps_results import Event, WhyNot
from evenhand.analytics.audit.ratings import Choices, Coded, Scale
from ratingstats.disclosure.ledger import Released
from ratingstats.groups.counts import Counted
from ratingstats.groups.exact import fisher
from ratingstats.groups.families import family
from tests.factories.groups import FIVE, mixed_staff, named, staff


def measured(ratings, **choices):
    return measure_gaps(ratings, Choices(**choices))


def row(answers, group, event="favourable"):
    return next(one for one in answers.rows if (one.group, one.event) == (group, event))


def apart(one, other):
    return fisher(Counted(one.happened, one.n), Counted(other.happened, other.n)).two_sided


def six_alike(rng, n=300):
    """People in six groups whose ratings depend on chance alone."""
    return replace(
        mixed_staff(rng, n), groups={"site": Coded(rng.integers(0, 6, n), tuple("ABCDEF"))}
    )


def shuffled(ratings, order):
    def moved(coded):
        return Coded(coded.codes[order], coded.labels)

    return replace(
        ratings,
        person=moved(ratings.person),
        value=ratings.value[order],
        groups={name: moved(coded) for name, coded in ratings.groups.items()},
    )


def test_a_group_is_compared_with_the_one_rated_well_most_often():
    answers = measured(staff(("F", 12, 0, 40), ("M", 48, 0, 80)))

    found = row(answers, "F")

    assert (found.n, found.rate, found.reference, found.ratio) == (40, 0.3, "M", 0.5)
    assert found.below_four_fifths
    assert found.fisher_p == pytest.approx(0.0034, abs=1e-4)
    assert found.decision == "review"
    assert row(answers, "M").decision == "reference"
    assert row(answers, "M").ratio is None
    assert answers.to_look_at == (row(answers, "F"),)


def test_what_asks_for_a_panel_comes_before_what_asks_for_a_look():
    answers = measured(staff(("A", 62, 0, 80), ("B", 24, 0, 80), ("C", 76, 0, 80)))

    asking = [(one.group, one.decision) for one in answers.to_look_at]

    assert asking == [("B", "review"), ("A", "look")]


def test_of_two_groups_rated_well_equally_often_the_first_name_is_the_reference():
    cells = (("F", 27, 6, 75), ("M", 27, 8, 75))

    for order in (cells, cells[::-1]):
        ratings = staff(*order)
        sex = ratings.groups["sex"]
        renumbered = Coded(1 - sex.codes, sex.labels[::-1])
        for one in (ratings, replace(ratings, groups={"sex": renumbered})):
            assert row(measured(one), "M").reference == "F"


def test_three_of_ten_against_five_are_no_finding():
    found = row(measured(staff(("F", 3, 0, 10), ("M", 5, 0, 10))), "F")

    assert found.decision == "not stable"


def test_low_ratings_are_looked_at_from_both_sides():
    answers = measured(staff(("F", 4, 9, 40), ("M", 8, 6, 80)))

    found = row(answers, "F", "adverse")

    assert (found.rate, found.reference) == (9 / 40, "M")
    assert found.ratio == pytest.approx(0.8378, abs=1e-4)
    test = answers.attributes[0].rates[1].groups[0].test
    assert test.adverse.struck.ratio == pytest.approx(3.0)


def test_a_gap_that_lies_between_units_vanishes_at_equal_units():
    cells = (("F", 18, 0, 20), ("F", 24, 0, 80), ("M", 72, 0, 80), ("M", 6, 0, 20))

    answers = measured(staff(*cells, unit=("A", "B", "A", "B")))

    test = answers.attributes[0].rates[0].groups[0].test
    assert test.comparison.ratio == pytest.approx(0.5385, abs=1e-4)
    assert test.at_equal_unit.odds_ratio == pytest.approx(1.0)


def test_all_tests_count_in_what_is_left_of_p():
    answers = measured(mixed_staff(np.random.default_rng(5)))
    told = [rates for one in (*answers.attributes, *answers.crossings) for rates in one.rates]
    pairs = [pair for rates in told for pair in combinations(rates.groups, 2)]

    expected = family([apart(*pair) for pair in pairs])

    assert answers.m == len(pairs) == 2 * (1 + 3 + 15)
    beside_best = [any(group.is_reference for group in pair) for pair in pairs]
    tests = [one.test or other.test for one, other in compress(pairs, beside_best)]
    assert len(tests) == 2 * (1 + 2 + 5)
    assert [test.holm_p for test in tests] == pytest.approx(expected.holm[beside_best])
    assert [test.bh_p for test in tests] == pytest.approx(expected.bh[beside_best])


def test_every_two_groups_count_as_the_best_is_known_only_after_looking():
    answers = measured(staff(("A", 60, 0, 80), ("B", 24, 0, 80), ("C", 56, 0, 80)))

    assert answers.m == 3
    assert row(answers, "B").holm_p == pytest.approx(3 * row(answers, "B").fisher_p)


def test_two_groups_that_are_too_small_to_be_the_best_are_not_counted():
    cells = (("A", 900, 0, 2000), ("B", 1000, 0, 2000), ("C", 9, 0, 30), ("D", 14, 0, 30))

    assert measured(staff(*cells)).m == 5


def test_where_nothing_differs_few_audits_ask_for_a_look():
    audits = [measured(six_alike(np.random.default_rng(seed))) for seed in range(200)]

    assert sum(bool(answers.to_look_at) for answers in audits) <= 0.05 * len(audits)


def test_small_groups_are_neither_shown_nor_tested():
    answers = measured(staff(("A", 20, 5, 60), ("B", 18, 6, 50), ("C", 4, 3, 12), ("D", 1, 1, 3)))

    shown = {one.group for one in answers.rows}

    assert shown == {"A", "B"}
    assert answers.attributes[0].hidden == ("C", "D")
    assert answers.hidden == 2
    assert {group.label for group in answers.attributes[0].points} == shown


def test_groups_of_protected_facts_are_hidden_below_five_whatever_was_chosen():
    cells = (("A", 20, 5, 60), ("B", 18, 6, 50), ("C", 1, 1, 4))

    assert measured(staff(*cells), k=3).k == 5
    assert measured(staff(*cells), k=10).k == 10


def test_who_did_not_say_is_protected_like_a_group():
    """Another attribute tells of everybody; without these groups six rated alike would be left."""
    cells = (("A", 20, 5, 60), ("B", 18, 6, 50), ("C", 12, 4, 40))

    def hidden(*unsaid):
        return measured(staff(*cells, *unsaid)).attributes[0].hidden

    assert hidden(("", 6, 0, 6)) == ("C",)
    assert hidden(("", 3, 2, 6)) == hidden() == ()


def test_one_group_left_is_refused():
    answers = measured(staff(("F", 20, 5, 60), ("M", 1, 1, 3)))

    assert answers.attributes == ()
    assert [(one.what, one.why) for one in answers.refused] == [("sex", WhyNot.ONE_GROUP)]


def test_a_second_audit_with_one_person_more_tells_about_that_person_and_is_refused():
    ledger = Released()
    first = staff(("F", 12, 2, 40), ("M", 20, 4, 60))
    second = staff(("F", 12, 2, 40), ("M", 20, 5, 61))

    assert measure_gaps(first, Choices(), ledger).m
    answers = measure_gaps(second, Choices(), ledger)

    assert answers.rows == ()
    assert [one.why for one in answers.refused] == [WhyNot.TELLS_WITH_EARLIER]
    assert measure_gaps(first, Choices(), ledger).m


def test_a_second_audit_with_one_rating_changed_tells_about_that_person_and_is_refused():
    ledger = Released()

    assert measure_gaps(staff(("F", 12, 2, 40), ("M", 20, 4, 60)), Choices(), ledger).m
    answers = measure_gaps(staff(("F", 13, 2, 40), ("M", 20, 4, 60)), Choices(), ledger)

    assert answers.rows == ()
    assert [one.why for one in answers.refused] == [WhyNot.TELLS_WITH_EARLIER]


def test_people_all_rated_alike_have_no_gap_to_look_for():
    answers = measured(staff(("F", 0, 0, 40), ("M", 0, 0, 80)))

    assert answers.m == 0
    assert [one.why for one in answers.refused] == [WhyNot.ALL_ALIKE]


def test_without_groups_nothing_is_said():
    ratings = replace(staff(("F", 12, 2, 40), ("M", 20, 4, 60)), groups={})

    answers = measured(ratings)

    assert (answers.attributes, answers.refused, answers.m) == ((), (), 0)


def test_two_levels_make_one_event():
    scale = Scale((3.0, 4.0), ("no", "yes"), 4.0, 3.0)

    answers = measured(staff(("F", 12, 0, 40), ("M", 48, 0, 80), scale=scale))

    assert {one.event for one in answers.rows} == {"favourable"}


def test_the_levels_of_an_event_are_named():
    answers = measured(staff(("F", 12, 3, 40), ("M", 48, 4, 80)))

    assert answers.named[Event.FAVOURABLE] == ("Above", "Outstanding")
    assert answers.named[Event.ADVERSE] == ("Below", "Partly")


def test_a_tainted_control_that_explains_a_gap_is_marked():
    rng = np.random.default_rng(8)
    ratings = mixed_staff(rng)
    sex = ratings.groups["sex"].codes
    prior = np.where(sex == 0, 2.0, 4.0) + rng.normal(0, 0.7, ratings.n)
    value = prior + rng.normal(0, 0.3, ratings.n)
    grade = Coded(rng.integers(0, 3, ratings.n), ("a", "b", "c"))
    ratings = replace(
        ratings, value=value, measured={"prior rating": prior}, controls={"grade": grade}
    )

    answers = measured(ratings, tainted=frozenset({"prior rating"}))

    sexes = answers.attributes[0]
    focal = next(group for group in sexes.points if not group.is_reference)
    assert focal.vanishes_only_with_tainted
    assert sexes.equalized.controls == ("grade",)
    assert sexes.equalized.tainted == ("prior rating",)


def test_a_unit_that_a_control_names_already_is_held_equal_once():
    ratings = mixed_staff(np.random.default_rng(1))
    area = Coded(np.arange(600) % 4, ("n", "e", "s", "w"))
    unit = Coded(3 - np.arange(600) % 4, ("w", "s", "e", "n"))

    same = measured(replace(ratings, unit=unit, controls={"area": area}))
    other = measured(
        replace(ratings, unit=Coded(np.arange(600) % 3, ("x", "y", "z")), controls={"area": area})
    )

    assert same.attributes[0].equalized.controls == ("area",)
    assert other.attributes[0].equalized.controls == ("area", "unit")


@settings(max_examples=10)
@given(st.integers(0, 10_000))
def test_order_of_ratings_and_names_of_groups_do_not_matter(seed):
    rng = np.random.default_rng(seed)
    ratings = mixed_staff(rng, n=150)
    order = rng.permutation(150)
    sex = ratings.groups["sex"]
    renamed = {**ratings.groups, "sex": Coded(1 - sex.codes, ("M", "F"))}

    rows = set(measured(ratings).rows)

    assert set(measured(shuffled(ratings, order)).rows) == rows
    assert {
        one for one in measured(replace(ratings, groups=renamed)).rows if one.attribute == "sex"
    } == {one for one in rows if one.attribute == "sex"}


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), min_size=2, max_size=6))
def test_hidden_groups_are_at_least_k_together(sizes):
    cells = [(f"G{i}", min(high, n + 2), 0, n + 2) for i, (n, high) in enumerate(sizes)]
    ratings = staff(*cells, ("H", 30, 5, 90))
    answers = measured(ratings)

    shown = {one.group: one.n for one in answers.rows}
    left = ratings.n - sum(shown.values())

    assert not shown or left == 0 or left >= answers.k
    assert all(n >= answers.k for n in shown.values())


def test_nothing_breaks_without_anybody():
    ratings = replace(staff(("F", 1, 0, 2)), person=named(2), value=np.array([3.0, 4.0]))
    empty = Coded(np.empty(0, np.int64), ())

    nobody = replace(ratings, person=empty, value=np.empty(0), groups={"sex": empty}, scale=FIVE)

    assert measured(nobody).rows == ()
