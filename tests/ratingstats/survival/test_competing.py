import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.status import Status
from ratingstats.survival import Spells, cumulative_incidence, kaplan_meier

RESIGNED, DISMISSED = 1, 2


def test_a_case_worked_by_hand():
    # Ten people; at 1 one resigns, at 2 one is dismissed, at 3 two are lost, at 4 two resign.
    spells = Spells.of([1, 2, 3, 3, 4, 4, 5, 5, 5, 5], [1, 2, 0, 0, 1, 1, 0, 0, 0, 0])

    resigned = cumulative_incidence(spells, RESIGNED)

    # 1/10, then nothing, then S(3) = .8 times 2 of the 6 still watched.
    assert resigned.incidence == pytest.approx([0.1, 0.1, 0.1 + 0.8 * 2 / 6])
    assert resigned.at([0.5, 1, 3.9, 9]) == pytest.approx([0, 0.1, 0.1, 0.1 + 0.8 / 3])


def test_treating_dismissal_as_censored_would_overstate_who_chose_to_leave():
    spells = Spells.of([1, 1, 2, 2, 3, 3, 4, 4], [1, 2, 1, 2, 1, 2, 1, 0])

    resigned = cumulative_incidence(spells, RESIGNED).incidence[-1]
    as_if_censored = (
        1 - kaplan_meier(Spells.of(spells.duration, spells.ending == RESIGNED)).survival[-1]
    )

    assert resigned < as_if_censored


LIVES = st.lists(st.tuples(st.integers(1, 8), st.integers(0, 2)), min_size=5, max_size=40)


@given(LIVES)
@settings(max_examples=40)
def test_all_kinds_together_are_what_the_survival_curve_lost(lives):
    spells = Spells.of([float(t) for t, _ in lives], [kind for _, kind in lives])

    both = sum(cumulative_incidence(spells, kind).incidence for kind in (RESIGNED, DISMISSED))

    assert both == pytest.approx(1 - kaplan_meier(spells).survival)


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 2)), min_size=5, max_size=40))
@settings(max_examples=40)
def test_with_nobody_censored_the_error_is_that_of_a_plain_share(lives):
    spells = Spells.of([float(t) for t, _ in lives], [kind for _, kind in lives])

    resigned = cumulative_incidence(spells, RESIGNED)

    share = [np.mean([t <= at and kind == RESIGNED for t, kind in lives]) for at in resigned.times]
    plain = np.sqrt(np.array(share) * (1 - np.array(share)) / len(lives))
    assert resigned.incidence == pytest.approx(share)
    assert resigned.std_error == pytest.approx(plain, abs=1e-7)


@given(LIVES)
@settings(max_examples=40)
def test_with_one_kind_of_leaving_the_error_is_greenwoods(lives):
    spells = Spells.of([float(t) for t, _ in lives], [kind > 0 for _, kind in lives])

    curve, resigned = kaplan_meier(spells), cumulative_incidence(spells, RESIGNED)

    inside = curve.survival > 0
    assert resigned.std_error[inside] == pytest.approx(curve.std_error[inside], abs=1e-7)
    assert np.all(resigned.low <= resigned.incidence + 1e-12)
    assert np.all(resigned.high >= resigned.incidence - 1e-12)


def test_statsmodels_finds_the_same_incidence():
    from statsmodels.duration.survfunc import CumIncidenceRight  # noqa: PLC0415  # costs seconds

    rng = np.random.default_rng(3)
    duration, kind = rng.integers(1, 20, 150).astype(float), rng.integers(0, 3, 150)
    theirs = CumIncidenceRight(duration, kind)

    for number in (RESIGNED, DISMISSED):
        ours = cumulative_incidence(Spells.of(duration, kind), number)
        assert ours.at(theirs.times) == pytest.approx(theirs.cinc[number - 1])


def test_nearly_everybody_leaving_still_has_an_interval():
    durations = [1.0] * 3_000 + [2.0, 3.0]

    resigned = cumulative_incidence(Spells.of(durations, [1] * 3_001 + [0]), RESIGNED)

    assert 0 <= resigned.low[-1] <= resigned.incidence[-1] <= resigned.high[-1] <= 1


def test_few_of_a_kind_or_nobody_is_said():
    assert cumulative_incidence(Spells.of([], []), RESIGNED).status is Status.REFUSED
    assert cumulative_incidence(Spells.of([1, 2], [1, 0]), RESIGNED).status is Status.CAUTION
