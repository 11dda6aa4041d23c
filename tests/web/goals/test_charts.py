from datetime import date
from decimal import Decimal

from evenhand.goals.figures import PartFigures, PlanFigures
from evenhand.goals.histories import Measured, retold
from evenhand.goals.kinds import GoalKind, Metric
from evenhand.goals.models import Goal
from evenhand.web.goals.charts import draw

D = Decimal
JANUARY, JULY, DECEMBER = date(2026, 1, 1), date(2026, 7, 2), date(2026, 12, 31)


def goal(**given):
    plan = {"kind": GoalKind.KPI, "metric": Metric.LEVEL, "baseline": D(0), "target": D(100)}
    return Goal(pk=1, starts_on=JANUARY, due_on=DECEMBER, **(plan | given))


def history(goal, *values, parts=()):
    plan = PlanFigures(*(getattr(goal, name) for name in PlanFigures._fields))
    return retold(plan, parts, [Measured(on, None, D(value), None, None) for on, value in values])


def number(place):
    return float(place.removesuffix("%"))


def test_a_value_half_way_through_the_time_stands_in_the_middle():
    plan = goal()
    chart = draw(plan, history(plan, (JANUARY, 0), (JULY, 50), (DECEMBER, 100)))

    assert [spot.x for spot in chart.spots] == ["0%", "50%", "100%"]
    assert number(chart.spots[0].y) > number(chart.spots[1].y) > number(chart.spots[2].y)
    assert len(chart.strokes) == 2


def test_the_straight_way_leads_from_the_baseline_to_the_target():
    plan = goal(baseline=D(8), target=D(5))
    chart = draw(plan, history(plan, (JANUARY, 8), (DECEMBER, 5)))

    assert (chart.way.start, chart.way.end) == tuple(chart.spots)


def test_lower_is_better_goes_down():
    plan = goal(baseline=D(8), target=D(5))
    way = draw(plan, history(plan)).way

    assert number(way.start.y) < number(way.end.y)


def test_within_limits_there_is_a_band_and_no_way():
    plan = goal(kind=GoalKind.MAINTAIN, low=D(95), high=D(100), baseline=None, target=None)
    chart = draw(plan, history(plan, (JULY, 93)))

    assert chart.way is None
    assert number(chart.band.height) > 0
    below_the_band = number(chart.band.y) + number(chart.band.height)
    assert number(chart.spots[0].y) > below_the_band


def test_a_goal_of_parts_shows_its_score_in_percent():
    plan = goal(kind=GoalKind.OKR, metric="", baseline=None, target=None)
    part = PartFigures(7, 1, Metric.LEVEL, D(0), D(10), 100)
    figures = PlanFigures(*(getattr(plan, name) for name in PlanFigures._fields))
    told = retold(figures, [part], [Measured(JULY, 7, D(5), None, None)])

    chart = draw(plan, told)

    assert chart.is_score
    assert [level.text for level in chart.levels] == ["0", "50", "100"]


def test_without_values_the_way_alone_is_drawn():
    chart = draw(goal(), history(goal()))

    assert not chart.spots
    assert not chart.strokes
    assert chart.levels


def test_a_late_value_makes_the_picture_longer_and_a_goal_of_one_day_has_one():
    late = date(2027, 2, 1)
    assert draw(goal(), history(goal(), (late, 50))).ends_on == late

    short = goal()
    short.due_on = JANUARY
    assert draw(short, history(short, (JANUARY, 50))).spots[0].x == "0%"


def test_every_place_is_within_the_picture():
    plan = goal(baseline=D(-5), target=D("0.0001"))
    chart = draw(plan, history(plan, (JANUARY, -900_000), (JULY, 10**12)))

    places = [number(at) for spot in chart.spots for at in (spot.x, spot.y)]
    assert all(0 <= at <= 100 for at in places)
