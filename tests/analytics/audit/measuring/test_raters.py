import csv
from dataclasses import asdict, replace

import numpy as np
import pytest

from evenhand.analytics.audit.measuring.design import measure_design
from evenhand.analytics.audit.measuring.modelling import model_of
from evenhand.analytics.audit.measuring.raters import measure_raters
from evenhand.analytics.audit.measuring.raters_results import SEVERITY, WhyNot
from evenhand.analytics.audit.ratings import Choices, Ratings, Scale
from tests.factories.ratings import FIVE, coded, crossed_ratings, ratings_of
from tests.reference import REFERENCE, figures, needs_reference_data

HR_LEVELS = {"PIP": 1.0, "Needs Improvement": 2.0, "Fully Meets": 3.0, "Exceeds": 4.0}


def measured(ratings, **choices):
    return measure_raters(ratings, Choices(**choices), model_of(ratings, measure_design(ratings)))


def one_rater_each(rng, strict=0.0, teams=12, size=15):
    """Teams with a rater of their own; the people of the first are rated lower by `strict`."""
    return ratings_of(
        [
            (f"P{team}.{n}", f"R{team:02}", 3 + rng.normal(0, 0.5) - strict * (team == 0))
            for team in range(teams)
            for n in range(size)
        ]
    )


def test_strict_and_lenient_raters_are_found_as_they_are():
    ratings, truth = crossed_ratings(np.random.default_rng(1), persons=800, raters=60)

    answers = measured(ratings)

    found = {row.rater: row for row in answers.shown}
    estimates = np.array([found[f"R{n:03}"].severity for n in range(60)])
    inside = [
        row.low <= truth[int(name[1:])] - truth.mean() <= row.high for name, row in found.items()
    ]
    assert np.corrcoef(estimates, truth)[0, 1] > 0.93
    assert np.mean(inside) > 0.88
    assert not answers.confounded
    for row in answers.flagged:
        assert np.sign(row.severity) == np.sign(truth[int(row.rater[1:])])


def test_raters_who_are_all_alike_are_not_flagged():
    ratings, _ = crossed_ratings(np.random.default_rng(2), persons=300, sds=(0.6, 0.0, 0.5))

    assert measured(ratings).flagged == ()


@needs_reference_data
def test_managers_without_any_effect_are_not_flagged():
    table = REFERENCE / "hrdataset_v14" / "HRDataset_v14.csv"
    with table.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    ratings = Ratings(
        coded(row["Employee_Name"].strip() for row in rows),
        np.array([HR_LEVELS[row["PerformanceScore"]] for row in rows]),
        Scale(tuple(HR_LEVELS.values()), tuple(HR_LEVELS), 4.0, 2.0),
        coded(row["ManagerName"] for row in rows),
    )

    answers = measured(ratings)

    assert answers.raters == figures("hrdataset_v14")["managers"]
    assert answers.none_found
    assert answers.flagged == ()
    assert {row.severity for row in answers.shown} == {0.0}
    assert not any(one.rows for one in answers.habits)


def test_a_row_for_machines_has_the_agreed_keys():
    ratings, _ = crossed_ratings(np.random.default_rng(3))

    row = measured(ratings).shown[0]

    assert set(asdict(row)) == {"rater", "n", "severity", "low", "high", "q", "flag"}


def test_a_rater_of_four_people_is_hidden_and_counted():
    ratings, _ = crossed_ratings(np.random.default_rng(4), persons=100, raters=10)
    few = ratings_of(
        [
            *zip(
                [ratings.person.labels[n] for n in ratings.person.codes],
                [ratings.rater.labels[n] for n in ratings.rater.codes],
                ratings.value,
                strict=True,
            ),
            *[(f"P{n:04}", "New", 2.0) for n in range(4)],
        ]
    )

    answers = measured(few)

    assert "New" not in {row.rater for row in answers.shown}
    assert (answers.raters, answers.tested, answers.hidden) == (11, 10, 1)


def test_people_are_counted_and_not_their_ratings():
    rows = [(f"P{n}", f"R{n % 6}", 3 + n % 3) for n in range(60)]
    rows += [(f"P{n}", f"R{(n + 1) % 6}", 3 + (n + 1) % 3) for n in range(60)]
    often = [("P1", "Often", 2.0), ("P2", "Often", 4.0)] * 6

    assert "Often" not in {row.rater for row in measured(ratings_of([*rows, *often])).shown}


def test_a_larger_k_hides_more_raters():
    ratings, _ = crossed_ratings(np.random.default_rng(5), persons=60, raters=20)

    assert measured(ratings, k=12).hidden > measured(ratings).hidden


def test_what_matters_grows_with_the_scale():
    ratings, _ = crossed_ratings(np.random.default_rng(5), persons=60, raters=6)
    wide = Scale(tuple(map(float, range(0, 101, 25))), (), 75, 25)

    assert measured(ratings).matters == 0.25
    assert measured(replace(ratings, value=25 * (ratings.value - 1), scale=wide)).matters == 6.25


def test_raters_are_not_called_hidden_where_there_is_nothing_to_compare():
    alike = ratings_of([(f"P{n}", f"R{n % 6}", 3.0) for n in range(60)])

    assert (measured(alike).shown, measured(alike).hidden) == ((), 0)


def test_one_rater_each_is_told_as_rater_or_team():
    answers = measured(one_rater_each(np.random.default_rng(6), strict=1.2))

    assert answers.confounded
    assert answers.one_rater_each
    assert [row.rater for row in answers.flagged] == ["R00"]
    assert answers.flagged[0].severity < -0.8


def test_raters_who_share_nobody_with_the_others_are_compared_with_nobody():
    ratings, _ = crossed_ratings(np.random.default_rng(7), persons=100, raters=10)
    names = [ratings.person.labels[n] for n in ratings.person.codes]
    raters = [ratings.rater.labels[n] for n in ratings.rater.codes]
    apart = [(f"Q{n}", rater, 1.0) for n in range(8) for rater in ("Far", "Away")]

    answers = measured(ratings_of([*zip(names, raters, ratings.value, strict=True), *apart]))

    assert {"Far", "Away"}.isdisjoint(row.rater for row in answers.shown)
    assert (answers.elsewhere, answers.hidden) == (2, 0)


def test_two_groups_of_raters_are_each_compared_among_themselves():
    one, truth = crossed_ratings(np.random.default_rng(8), persons=300, raters=12)
    names = [one.person.labels[n] for n in one.person.codes]
    raters = [one.rater.labels[n] for n in one.rater.codes]
    rows = list(zip(names, raters, one.value, strict=True))
    higher = [(f"x{name}", f"x{rater}", value + 1) for name, rater, value in rows]

    found = {row.rater: row.severity for row in measured(ratings_of([*rows, *higher])).shown}

    for rater in set(raters):
        assert found[rater] == pytest.approx(found[f"x{rater}"], abs=0.01)
    assert np.corrcoef([found[f"R{n:03}"] for n in range(12)], truth)[0, 1] > 0.9


def test_without_raters_everything_is_refused():
    answers = measured(Ratings(coded(["A", "B"]), np.array([3.0, 4.0]), FIVE))

    assert (answers.raters, answers.shown, answers.habits) == (0, (), ())
    assert [(one.what, one.why) for one in answers.refused] == [(SEVERITY, WhyNot.NO_RATERS)]


def test_ratings_that_are_all_the_same_compare_nobody():
    answers = measured(ratings_of([(f"P{n}", f"R{n % 3}", 3.0) for n in range(30)]))

    assert answers.flagged == ()


def test_neither_order_nor_names_nor_level_matter():
    rng = np.random.default_rng(9)
    ratings, _ = crossed_ratings(rng, persons=150, raters=15)
    names = [ratings.person.labels[n] for n in ratings.person.codes]
    raters = [ratings.rater.labels[n] for n in ratings.rater.codes]
    rows = list(zip(names, raters, ratings.value, strict=True))
    turned = [(f"z{name}", rater[::-1], value + 1) for name, rater, value in rows]
    rng.shuffle(turned)
    moved = [(name, rater, float(value)) for name, rater, value in turned]

    one = {row.rater: row.severity for row in measured(ratings_of(rows)).shown}
    other = {row.rater[::-1]: row.severity for row in measured(ratings_of(moved)).shown}

    assert other == pytest.approx(one, abs=1e-5)
