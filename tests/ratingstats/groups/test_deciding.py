import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratingstats.groups.comparing import compare, compare_adverse
from ratingstats.groups.counts import Counted
from ratingstats.groups.deciding import Decision, decide, decide_adverse


def alone(focal, reference):
    """Decide about the only test that was made."""
    found = compare(Counted(*focal), Counted(*reference))
    p = found.exact.two_sided
    return decide(found, p_act=p, p_look=p)


@pytest.mark.parametrize(
    ("focal", "reference", "expected"),
    [
        ((12, 40), (48, 80), Decision.REVIEW),
        ((3, 10), (5, 10), Decision.NOT_STABLE),
        ((12, 30), (20, 34), Decision.WATCH),
        ((20, 100), (30, 120), Decision.NO_INDICATION),
        ((2350, 5000), (2500, 5000), Decision.STATISTICAL_ONLY),
        ((680, 1000), (800, 1000), Decision.LOOK),
        ((9, 34), (25, 43), Decision.REVIEW),
        ((157, 2435), (235, 2435), Decision.REVIEW),
        ((3999, 10_000), (5000, 10_000), Decision.LOOK),
    ],
)
def test_what_a_comparison_asks_for(focal, reference, expected):
    assert alone(focal, reference) is expected


def test_many_other_tests_turn_a_review_into_a_look():
    found = compare(Counted(12, 40), Counted(48, 80))

    assert decide(found, p_act=0.06, p_look=0.02) is Decision.LOOK
    assert decide(found, p_act=0.30, p_look=0.09) is Decision.WATCH


def test_downgrades_that_the_complement_hides_ask_for_a_look():
    found = compare_adverse(Counted(9, 40), Counted(6, 80))
    p = found.struck.exact.two_sided

    assert decide_adverse(found, p_act=p, p_look=p) is Decision.LOOK


def test_a_rare_event_is_not_dismissed_for_a_tiny_distance():
    found = compare_adverse(Counted(150, 10_000), Counted(80, 10_000))
    p = found.struck.exact.two_sided

    assert found.spared.h < 0.1
    assert decide(found.spared, p_act=p, p_look=p) is Decision.STATISTICAL_ONLY
    assert decide_adverse(found, p_act=p, p_look=p) is Decision.LOOK


def test_less_than_one_person_short_is_no_practical_gap():
    found = compare(Counted(0, 8), Counted(60, 500))

    assert found.shortfall < 1
    assert decide(found, p_act=0.01, p_look=0.01) is Decision.STATISTICAL_ONLY


def test_a_group_that_fares_better_than_the_reference_is_no_gap():
    assert alone((35, 40), (400, 1000)) is Decision.NO_INDICATION


@given(st.integers(1, 200), st.integers(1, 200), st.data())
def test_a_gap_within_chance_never_asks_for_action(n, m, data):
    found = compare(
        Counted(data.draw(st.integers(0, n)), n), Counted(data.draw(st.integers(0, m)), m)
    )

    decision = decide(found, p_act=0.5, p_look=0.2)

    assert decision in {Decision.WATCH, Decision.NOT_STABLE, Decision.NO_INDICATION}
