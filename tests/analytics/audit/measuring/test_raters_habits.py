import numpy as np

from evenhand.analytics.audit.measuring.raters_habits import measure_habits, people_rated
from evenhand.analytics.audit.measuring.raters_results import Habit, WhyNot
from evenhand.analytics.audit.ratings import Ratings, Scale
from tests.factories.ratings import FIVE, coded, ratings_of

RATERS, EACH = 12, 16
WORDS = ["plan", "team", "risk", "ship", "care", "cost", "test", "call", "data", "week"]


def whole_levels(rng, *, last=None, **more):
    """Twelve raters of sixteen people each; the values of the last rater may be given."""
    value = rng.choice([1.0, 2, 3, 4, 5], RATERS * EACH, p=[0.1, 0.2, 0.35, 0.25, 0.1])
    if last is not None:
        value[-EACH:] = last
    rows = [(f"P{n}", f"R{n // EACH:02}", value[n]) for n in range(RATERS * EACH)]
    return ratings_of(rows, **more)


def standing_out(ratings, habit):
    answers, _refused = measure_habits(ratings, 5, 1)
    (found,) = [one for one in answers if one.habit is habit]
    assert found.tested == RATERS
    return [row.rater for row in found.rows]


def why_not(ratings, habit):
    _answers, refused = measure_habits(ratings, 5, 1)
    return next((one.why for one in refused if one.what == habit), None)


def test_ordinary_raters_do_not_stand_out():
    answers, _refused = measure_habits(whole_levels(np.random.default_rng(1)), 5, 1)

    assert {one.habit for one in answers} == {Habit.NARROW, Habit.MIDDLE, Habit.FEW_LEVELS}
    assert not any(one.rows for one in answers)


def test_a_rater_who_gives_everybody_a_three_stands_out_in_every_way():
    ratings = whole_levels(np.random.default_rng(2), last=3.0)

    for habit in (Habit.NARROW, Habit.MIDDLE, Habit.FEW_LEVELS):
        assert standing_out(ratings, habit) == ["R11"], habit


def test_a_scale_of_four_levels_has_no_middle():
    four = Scale((1.0, 2.0, 3.0, 4.0), ("a", "b", "c", "d"), 4.0, 2.0)
    ratings = ratings_of([(f"P{n}", "A", 1.0 + n % 4) for n in range(20)], scale=four)

    assert why_not(ratings, Habit.MIDDLE) is WhyNot.NO_MIDPOINT


def items(rng, coloured):
    """Four answers for each form; those of the last rater are one impression where asked."""
    table = rng.integers(1, 6, (RATERS * EACH, 4)).astype(float)
    if coloured:
        table[-EACH:] = table[-EACH:, :1]
    return {f"q{n}": column for n, column in enumerate(table.T)}


def test_one_impression_for_all_questions_stands_out():
    rng = np.random.default_rng(3)
    ratings = whole_levels(rng, items=items(rng, coloured=True))

    assert standing_out(ratings, Habit.HALO) == ["R11"]
    assert standing_out(ratings, Habit.SAME_FORMS) == []


def test_the_same_form_for_everybody_stands_out():
    rng = np.random.default_rng(4)
    answers = items(rng, coloured=False)
    for column in answers.values():
        column[-EACH:-2] = 3

    assert standing_out(whole_levels(rng, items=answers), Habit.SAME_FORMS) == ["R11"]


def test_two_questions_are_too_few_for_one_impression():
    ratings = whole_levels(np.random.default_rng(5), items={"a": np.ones(RATERS * EACH)})

    assert why_not(ratings, Habit.HALO) is WhyNot.NO_ITEMS
    assert why_not(ratings, Habit.SAME_FORMS) is WhyNot.NO_ITEMS


def test_a_reason_written_once_for_everybody_stands_out():
    rng = np.random.default_rng(6)
    texts = [" ".join(rng.choice(WORDS, 14)) for _ in range(RATERS * EACH)]
    texts[-EACH:] = [f"{texts[-1]} {name}" for name in WORDS[:8] * 2]

    assert standing_out(whole_levels(rng, texts=tuple(texts)), Habit.COPIED_TEXT) == ["R11"]


def test_a_rater_who_swings_from_one_rating_to_the_next_stands_out():
    rng = np.random.default_rng(7)
    order = np.arange(RATERS * EACH, dtype=float)
    ratings = whole_levels(rng, last=np.tile([1.0, 5.0], EACH // 2), order=order)

    assert standing_out(ratings, Habit.CONTRAST) == ["R11"]


def test_notes_that_crowd_into_the_last_quarter_stand_out():
    rng = np.random.default_rng(11)
    days = rng.integers(0, 275, (RATERS * EACH, 3)).astype(float)
    days[-EACH:] = rng.integers(276, 366, (EACH, 3))
    days[0, :2] = 0, 365

    ratings = whole_levels(rng, notes=tuple(map(tuple, days)))

    assert standing_out(ratings, Habit.RECENCY) == ["R11"]


def test_notes_of_a_single_day_have_no_last_quarter():
    ratings = whole_levels(np.random.default_rng(12), notes=((5.0,),) * (RATERS * EACH))

    assert why_not(ratings, Habit.RECENCY) is WhyNot.NO_NOTES


def test_the_order_of_ratings_given_at_the_same_time_is_not_known():
    ratings = whole_levels(np.random.default_rng(8), order=np.ones(RATERS * EACH))

    assert why_not(ratings, Habit.CONTRAST) is WhyNot.SAME_TIME


def test_what_lacks_a_column_is_refused():
    ratings = whole_levels(np.random.default_rng(9))

    assert why_not(ratings, Habit.CONTRAST) is WhyNot.NO_ORDER
    assert why_not(ratings, Habit.COPIED_TEXT) is WhyNot.NO_TEXTS
    assert why_not(ratings, Habit.RECENCY) is WhyNot.NO_NOTES
    assert measure_habits(Ratings(coded(["A"]), np.array([3.0]), FIVE), 5, 1) == ((), ())


def test_a_rater_of_too_few_people_is_not_named():
    ratings = whole_levels(np.random.default_rng(10), last=3.0)

    answers, _refused = measure_habits(ratings, EACH + 1, 1)

    assert [(one.tested, one.rows) for one in answers] == [(0, ())] * 3


def test_people_are_counted_once_for_each_rater():
    ratings = ratings_of([("A", "x", 1), ("A", "x", 2), ("B", "x", 1), ("B", "y", 1), ("", "y", 1)])

    assert people_rated(ratings.person.codes, ratings.rater).tolist() == [2, 1]
