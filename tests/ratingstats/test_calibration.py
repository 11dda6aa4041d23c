import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.calibration import Session, Warned, calibration_effect, raters_apart
from ratingstats.reasons import Reason
from ratingstats.status import Status

BEFORE, AFTER = [3, 4, 4, 5, 3, 2, 4, 5, 3, 4], [3, 4, 3, 5, 3, 2, 4, 4, 3, 4]
levels = st.integers(1, 5)
moves = st.lists(st.tuples(levels, levels), min_size=5, max_size=30)


def effect(before=BEFORE, after=AFTER, **known):
    return calibration_effect(before, after, Session(**known))


def test_ten_ratings_of_which_two_came_down():
    found = effect()

    assert (found.changed_share, found.up, found.down) == (0.2, 0, 2)
    assert found.mean_shift == pytest.approx(-0.20)
    assert found.spread.before == pytest.approx(0.9487, abs=1e-4)
    assert found.spread.after == pytest.approx(0.8498, abs=1e-4)
    assert found.spread.variance_ratio == pytest.approx(0.8025, abs=1e-4)
    assert found.spread.total_variation == pytest.approx(0.10)
    assert found.rank.spearman == pytest.approx(0.8849, abs=1e-4)
    assert found.rank.kendall == pytest.approx(0.8533, abs=1e-4)


def test_a_mean_that_moved_by_exactly_a_fifth_is_no_warning_and_more_is():
    assert Warned.SHIFTED not in effect().warnings
    assert Warned.SHIFTED in effect(after=[3, 4, 3, 5, 3, 2, 4, 4, 3, 3]).warnings


def test_ratings_pulled_together_are_a_warning():
    assert Warned.COMPRESSED in effect(before=[1, 2, 3, 4, 5], after=[2, 2, 3, 4, 4]).warnings
    assert Warned.COMPRESSED not in effect().warnings


def test_more_than_half_of_one_raters_people_is_a_warning():
    rater = np.array([0] * 5 + [1] * 5)

    half_of_two = effect(after=[2, 3, 3, 5, 3, 2, 4, 5, 3, 4], rater=rater)
    few = effect(rater=rater)

    assert Warned.ONE_TEAM in half_of_two.warnings
    assert [(team.n, team.changed, team.share) for team in few.teams] == [(5, 1, 0.2)] * 2
    assert Warned.ONE_TEAM not in few.warnings


def test_a_chair_whose_own_people_moved_up_more_is_a_warning():
    rater = np.array([0] * 5 + [1] * 5)

    assert Warned.CHAIR in effect(after=[*BEFORE[:9], 3], rater=rater, chair=0).warnings
    assert Warned.CHAIR not in effect(after=[*BEFORE[:9], 3], rater=rater, chair=1).warnings
    assert Warned.CHAIR not in effect(rater=rater).warnings


def test_a_change_without_new_evidence_is_a_warning():
    brought = np.array(BEFORE) != np.array(AFTER)

    assert Warned.NO_EVIDENCE not in effect(evidence=brought).warnings
    assert Warned.NO_EVIDENCE in effect(evidence=~brought).warnings


def test_raters_who_come_to_agree_share_less_of_the_variance_afterwards():
    rng = np.random.default_rng(1)
    rater = np.repeat(np.arange(10), 12)
    true, severity = rng.normal(3, 0.5, 120), rng.normal(0, 0.6, 10)[rater]

    found = effect(true + severity, true + 0.2 * severity, rater=rater)

    assert found.raters_after.eta2 < 0.5 * found.raters_before.eta2
    assert found.raters_after.severity_sd < 0.5 * found.raters_before.severity_sd
    assert found.rank.within == pytest.approx(1)
    assert found.rank.raters == 10


def test_the_share_of_raters_is_that_of_an_analysis_of_variance():
    apart = raters_apart([1.0, 2, 3, 5, 6, 7], np.array([0, 0, 0, 1, 1, 1]))

    # Between raters 6 * 2^2 = 24, within 2 * 2 = 4; severities are +-2 shrunk by (24-1)/24.
    assert apart.eta2 == pytest.approx(24 / 28)
    assert apart.severity_sd == pytest.approx(2 * 23 / 24 * 2**0.5)


def test_raters_who_differ_less_than_chance_have_no_severity():
    apart = raters_apart([1.0, 5, 1, 5], np.array([0, 0, 1, 1]))

    assert (apart.eta2, apart.severity_sd) == (0, 0)


def test_one_rater_or_one_level_leaves_nothing_to_share():
    assert raters_apart([1.0, 2], np.array([0, 0])) is None
    assert raters_apart([2.0, 2, 2], np.array([0, 0, 1])) is None
    assert raters_apart([1.0, 2, 3], None) is None


def test_people_without_both_ratings_are_left_out():
    found = effect(before=[*BEFORE, 3, np.nan], after=[*AFTER, np.nan, 3])

    assert (found.n, found.changed) == (10, 2)


def test_one_person_is_refused_and_four_are_few():
    assert (effect([3], [4]).status, effect([3], [4]).reason) == (Status.REFUSED, Reason.TOO_FEW)
    assert effect([3, 4, 4, 5], [3, 4, 4, 4]).status is Status.CAUTION


def test_ratings_without_spread_have_no_rank_to_keep():
    found = effect([3, 3, 3, 3, 3], [3, 4, 3, 4, 3])

    assert np.isnan([found.rank.spearman, found.rank.kendall, found.spread.variance_ratio]).all()


def test_lists_of_different_length_are_an_error():
    with pytest.raises(ValueError, match="in the same order"):
        effect([1, 2], [1])
    with pytest.raises(ValueError, match="raters and evidence"):
        effect(rater=np.array([0]))


@settings(max_examples=40)
@given(moves, st.integers(-2, 2), st.randoms(use_true_random=False))
def test_order_and_level_do_not_matter_and_going_back_undoes_it(pairs, level, chance):
    shuffled = list(pairs)
    chance.shuffle(shuffled)
    one = effect(*np.array(pairs).T)
    other = effect(*(np.array(shuffled).T + level))
    back = effect(*np.array(pairs).T[::-1])

    assert (other.up, other.down) == (one.up, one.down) == (back.down, back.up)
    assert other.mean_shift == pytest.approx(one.mean_shift)
    assert back.mean_shift == pytest.approx(-one.mean_shift)
    assert other.spread.total_variation == pytest.approx(one.spread.total_variation)
    assert other.rank.spearman == pytest.approx(one.rank.spearman, nan_ok=True)
