from dataclasses import replace

import numpy as np
import pytest

from evenhand.analytics.audit.measuring.dependence import TOO_FEW, Dependence, Reliability
from evenhand.analytics.audit.measuring.ordinal_check import OrdinalCheck, WhyNot
from evenhand.analytics.audit.ratings import Refused
from evenhand.analytics.audit.telling.dependence import tell_dependence, tiles_of
from evenhand.analytics.report import BarChart, Explained, NotSaid, Tone, Words
from ratingstats.crossed import Interval

NOT_ASKED = Refused("ordinal", WhyNot.NOT_NEEDED)
FOUND = Dependence(
    ratings=600,
    person=0.36,
    rater=0.16,
    unit=None,
    unit_occasion=None,
    residual=0.25,
    intervals={"rater": Interval(0.09, 0.25, "profile")},
    reliability=Reliability(phi=0.72, g=0.81, raters=3.0, wanted=0.8, needed=5, people=200),
    one_rater_each=False,
    at_boundary=False,
    criterion=1234.5,
    solver="exact",
    dropped=(),
    reason="",
)


def blocks(found, kind, levels=NOT_ASKED):
    return [block for block in tell_dependence(found, levels).blocks if isinstance(block, kind)]


def test_too_few_people_are_told_as_that():
    nothing = replace(FOUND, person=None, rater=None, residual=None, reliability=None)

    said = blocks(replace(nothing, reason=TOO_FEW), NotSaid)

    assert any("So few people were rated" in block.why for block in said)


def test_the_person_is_never_drawn_like_chance():
    whole = replace(FOUND, unit=0.1, unit_occasion=0.1)

    (chart,) = blocks(whole, BarChart)

    assert chart.bars[0].tone is Tone.PLAIN
    assert chart.bars[-1].tone is Tone.SOFT


def test_the_answer_has_the_share_its_interval_and_n():
    answer = tell_dependence(FOUND, NOT_ASKED).answer

    assert "21%" in answer
    assert "13% to 29%" in answer
    assert "± 0.40 points" in answer
    assert "600 ratings" in answer


def test_no_difference_is_told_as_an_estimate_of_zero():
    answer = tell_dependence(replace(FOUND, rater=0.0), NOT_ASKED).answer

    assert answer.startswith("No difference between raters was found")


def test_where_each_person_has_one_rater_the_team_is_named_too():
    found = replace(FOUND, person=None, one_rater_each=True, reliability=None)
    section = tell_dependence(found, NOT_ASKED)

    assert "raters and their teams" in section.answer
    assert [tile.label for tile in tiles_of(found)] == []
    assert "How reliably ratings tell people apart" in [b.what for b in blocks(found, NotSaid)]


def test_every_part_stands_in_the_picture_and_in_its_table():
    (chart,) = blocks(FOUND, BarChart)

    assert [bar.text for bar in chart.bars] == ["47%", "21%", "32%"]
    assert sum(bar.value for bar in chart.bars) == pytest.approx(chart.whole)
    assert [row[1].number for row in chart.table.rows] == [bar.value for bar in chart.bars]


def test_numbers_at_the_top_say_how_they_came_about():
    moves, phi = tiles_of(FOUND)

    assert (moves.value, phi.value) == ("± 0.40", "0.72")
    assert phi.explained.n == 600
    assert ("k, raters per person (harmonic mean)", "3.00") in phi.explained.inputs
    assert blocks(FOUND, Explained)


@pytest.mark.parametrize(
    ("phi", "said"),
    [
        (0.95, "enough for any decision"),
        (0.85, "enough for pay"),
        (0.75, "development"),
        (0.4, "too little to decide anything by; below 0.70 much"),
    ],
)
def test_reliability_is_told_by_what_it_is_enough_for(phi, said):
    found = replace(FOUND, reliability=replace(FOUND.reliability, phi=phi))

    (words,) = blocks(found, Words)
    assert said in words.paragraphs[0]


def test_raters_that_no_number_of_would_do_are_told_so():
    found = replace(FOUND, reliability=replace(FOUND.reliability, needed=None))

    (words,) = blocks(found, Words)
    assert words.paragraphs[1].startswith("No number of raters")


def test_a_reliability_of_very_few_people_is_told_as_rough():
    (many,) = blocks(FOUND, Words)
    (few,) = blocks(replace(FOUND, reliability=replace(FOUND.reliability, people=6)), Words)

    assert len(few.paragraphs) == len(many.paragraphs) + 1
    assert "6 people only, and 10 are wanted" in few.paragraphs[-1]


def test_an_interval_that_is_not_known_is_a_dash():
    found = replace(FOUND, intervals={"rater": Interval(np.nan, np.nan, "wald")})

    (chart,) = blocks(found, BarChart)
    assert all(row[3].is_hidden for row in chart.table.rows)
    assert "95% interval" not in tell_dependence(found, NOT_ASKED).answer


def test_a_part_that_cannot_be_told_apart_is_named():
    said = [block.what for block in blocks(replace(FOUND, dropped=("unit",)), NotSaid)]

    assert "The part of the unit" in said


CHECK = OrdinalCheck(
    ratings=311,
    raters=21,
    crowded="Fully Meets",
    crowded_share=0.78,
    linear=0.20,
    latent=0.22,
    between=(0.1, 0.4),
    agreement=0.97,
    is_settled=True,
)


def test_where_ratings_crowd_in_a_level_the_check_without_distances_is_told():
    _reliability, words = blocks(FOUND, Words, CHECK)

    assert "78% of 311 ratings" in words.paragraphs[0]
    assert "22% (95% interval 10% to 40%), against 20%" in words.paragraphs[1]
    assert "agree" in words.paragraphs[2]


def test_too_many_ratings_for_the_check_are_said_to_be_too_many():
    said = blocks(FOUND, NotSaid, Refused("ordinal", WhyNot.TOO_LARGE))

    assert "too many" in said[0].why
