import pytest

from evenhand.analytics.audit.measuring.design import DesignAnswers, Island
from evenhand.analytics.audit.telling.design import tell_design
from evenhand.analytics.report import BarChart, NotSaid, Table

LINKED = DesignAnswers(
    ratings=600,
    persons=200,
    raters=40,
    raters_per_person=((1, 20), (2, 60), (3, 110), (7, 10)),
    effective_raters=2.1,
    repeated=0,
    islands=(Island(200, 40, 600),),
)
ONE_EACH = DesignAnswers(200, 200, 3, ((1, 200),), 1.0, 0, tuple(Island(70, 1, 70) for _ in "abc"))
APART = DesignAnswers(300, 130, 12, ((2, 130),), 2.0, 0, (Island(100, 10, 240), Island(30, 2, 60)))
NO_RATERS = DesignAnswers(200, 200, 0, (), 0.0, 0, ())


@pytest.mark.parametrize(
    ("answers", "begins"),
    [
        (LINKED, "Yes. 180 of 200 people"),
        (ONE_EACH, "Only in part. Each person has one rater"),
        (APART, "Within groups of raters"),
        (NO_RATERS, "The file does not say who gave the ratings"),
    ],
)
def test_the_answer_says_what_can_be_said(answers, begins):
    assert tell_design(answers).answer.startswith(begins)


def test_many_raters_per_person_are_counted_together():
    (chart,) = (b for b in tell_design(LINKED).blocks if isinstance(b, BarChart))

    assert [bar.label for bar in chart.bars] == [
        "1 rater",
        "2 raters",
        "3 raters",
        "6 raters or more",
    ]
    assert sum(bar.value for bar in chart.bars) == 200


def test_what_one_rater_each_forbids_comes_with_ways_out():
    (said,) = (b for b in tell_design(ONE_EACH).blocks if isinstance(b, NotSaid))

    assert said.what == "Who is strict and who leads a weaker team"
    assert "second rater" in said.remedy


def test_groups_that_share_nobody_are_listed_with_which_may_be_compared():
    (table,) = (b for b in tell_design(APART).blocks if isinstance(b, Table))

    assert [row[4].text for row in table.rows] == ["yes", "no, too few"]
    assert table.note == "Comparing needs at least 3 raters and 20 ratings in a group."


def test_few_links_are_said_to_make_everything_rest_on_few():
    few = DesignAnswers(220, 200, 20, ((1, 185), (2, 15)), 1.05, 0, (Island(200, 20, 215),))

    (said,) = (b for b in tell_design(few).blocks if isinstance(b, NotSaid))
    assert "15 people" in said.why
