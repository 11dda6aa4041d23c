from dataclasses import replace

import numpy as np
import pytest

from evenhand.analytics.audit.measuring.calibrating import measure_calibration
from evenhand.analytics.audit.measuring.gaps import measure_gaps
from evenhand.analytics.audit.ratings import Choices
from ratingstats.disclosure.ledger import Released
from tests.factories.ratings import coded, ratings_of

RATERS = 10


def calibrated(moved, groups=None, **more):
    """Ratings that moved by so many points, ten raters in turns."""
    moved = np.asarray(moved, float)
    before = 3 + np.arange(len(moved)) % 3 / 1.0
    rows = [(f"P{n:03}", f"R{n % RATERS}", value) for n, value in enumerate(before + moved)]
    named = {} if groups is None else {"Team": coded(groups)}
    return ratings_of(rows, before=before, groups=named, **more)


def by_group(answers):
    return {row.group: row for row in answers.drifts}


def test_who_moved_is_counted_and_teams_begin_with_the_most_changed():
    moved = np.zeros(100)
    moved[[0, 10, 20, 30, 40, 50, 1, 2]] = -1

    answers = measure_calibration(calibrated(moved), Choices())

    assert (answers.persons, answers.effect.down, answers.effect.up) == (100, 8, 0)
    first = answers.teams[0]
    assert (first.rater, first.n, first.changed, first.shift) == ("R0", 10, 6, pytest.approx(-0.6))
    assert len(answers.teams) == RATERS


def test_a_group_that_came_down_is_marked_and_so_is_the_rest_of_two():
    groups = np.repeat(["one", "other"], [40, 80])
    moved = np.where(np.arange(120) % 4 == 0, -1.0, 0.0) * (groups == "one")
    moved[[50, 51, 62]] = -1

    answers = measure_calibration(calibrated(moved, groups), Choices())

    assert by_group(answers)["one"].down.group.x == 10
    assert {row.group for row in answers.marked} == {"one", "other"}
    assert answers.tests == 6


def test_no_change_by_chance_marks_nobody():
    rng = np.random.default_rng(2)
    groups = rng.choice(["a", "b", "c"], 240)

    answers = measure_calibration(calibrated(rng.choice([-1, 0, 0, 1], 240), groups), Choices())

    assert len(answers.drifts) == 3
    assert answers.marked == ()


def test_a_small_group_is_hidden_and_so_is_the_one_that_would_give_it_away():
    groups = np.repeat(["large", "middle", "third", "small"], [50, 30, 13, 7])
    moved = np.tile([-1.0, 0, 0, 1], 25)

    answers = measure_calibration(calibrated(moved, groups), Choices())

    assert set(by_group(answers)) == {"large", "middle"}
    assert answers.hidden == 2


def test_what_the_gaps_hide_is_hidden_here_too():
    groups = np.repeat(["large", "middle", "third", "small"], [40, 30, 18, 12])
    ratings = calibrated(np.tile([-1.0, 0, 0, 1], 25), groups)
    gaps = measure_gaps(ratings, Choices(k=15))

    answers = measure_calibration(ratings, Choices(), gaps)

    assert gaps.attributes[0].hidden == ("small", "third")
    assert set(by_group(answers)) == {"large", "middle"}
    assert answers.hidden == 2
    nothing = replace(gaps, attributes=())
    assert measure_calibration(ratings, Choices(), nothing).drifts == ()


def test_how_a_group_moved_has_no_say_in_whether_it_is_hidden():
    groups = np.repeat(["large", "middle", "third", "small"], [50, 28, 13, 9])
    some, none = np.tile([-1.0, 0, 0, 1], 25), np.zeros(100)

    shown = [by_group(measure_calibration(calibrated(m, groups), Choices())) for m in (some, none)]

    assert set(shown[0]) == set(shown[1]) == {"large", "middle"}


def test_the_few_of_whom_a_group_is_not_known_are_not_in_the_total_either():
    groups = np.repeat(["one", "other", ""], [50, 48, 2])

    answers = measure_calibration(calibrated(np.tile([-1.0, 0, 0, 1], 25), groups), Choices())

    assert sum(row.found.n for row in answers.drifts) == answers.effect.n == 90
    assert sum(row.down.group.x for row in answers.drifts) == answers.effect.down


def test_one_more_change_beside_an_earlier_audit_is_not_told():
    groups, moved, ledger = np.repeat(["one", "other"], 50), np.tile([-1.0, 0], 50), Released()
    first = measure_calibration(calibrated(moved, groups), Choices(), ledger=ledger)
    moved[1] = -1

    later = measure_calibration(calibrated(moved, groups), Choices(), ledger=ledger)

    assert first.drifts
    assert later.tells_with_earlier
    assert (later.effect, later.drifts) == (None, ())


def test_a_person_rated_twice_counts_once_in_a_group():
    groups = np.repeat(["one", "other"], 20)
    once = calibrated(np.tile([-1.0, 1, 0, 0], 10), groups)
    rows = [("P000", "R0", 4.0)] * 3
    again = ratings_of(
        [
            *[
                (once.person.labels[p], once.rater.labels[r], v)
                for p, r, v in zip(once.person.codes, once.rater.codes, once.value, strict=True)
            ],
            *rows,
        ],
        before=np.append(once.before, [4.0, 4.0, 4.0]),
        groups={"Team": coded([*groups, *["one"] * 3])},
    )

    found = by_group(measure_calibration(again, Choices()))

    assert found["one"].found.n == 20


def test_a_small_team_cannot_be_worked_out_from_the_total():
    rows = [(f"P{n:03}", f"R{n % 3}", 3.0 + (n % 4 == 0)) for n in range(36)]
    rows += [(f"Q{n}", "Small", 2.0) for n in range(3)]

    answers = measure_calibration(ratings_of(rows, before=np.full(39, 3.0)), Choices())

    assert {"Small"}.isdisjoint(team.rater for team in answers.teams)
    assert (len(answers.teams), answers.teams_hidden) == (2, 2)


def test_a_team_of_few_of_whom_all_were_changed_is_not_shown():
    rows = [(f"P{n:03}", f"R{n % 3}", 3.0 + (n % 4 == 0)) for n in range(36)]
    rows += [(f"Q{n}", "All", 2.0) for n in range(6)]

    answers = measure_calibration(ratings_of(rows, before=np.full(42, 3.0)), Choices())

    assert {"All"}.isdisjoint(team.rater for team in answers.teams)


def test_people_without_a_rating_before_are_left_out():
    ratings = calibrated(np.zeros(60))
    ratings.before[:20] = np.nan

    answers = measure_calibration(ratings, Choices())

    assert (answers.persons, answers.effect.n) == (40, 40)


def test_too_few_people_with_both_say_nothing():
    assert measure_calibration(calibrated(np.zeros(4)), Choices()).effect is None
    assert measure_calibration(calibrated(np.zeros(8)), Choices(k=10)).effect is None
    assert measure_calibration(ratings_of([("A", "B", 3)]), Choices()).effect is None
