from dataclasses import replace

import numpy as np
import pytest

from evenhand.analytics.audit.auditing import measure
from evenhand.analytics.audit.measuring.gaps_results import GapRow
from evenhand.analytics.audit.ratings import Choices, Coded
from evenhand.analytics.audit.telling.actions import _about_group, tell_actions
from evenhand.analytics.report import Findings, Tone
from tests.factories.ratings import crossed_ratings, ratings_of


def measured(ratings):
    return measure(ratings, Choices(), lambda *_step: None)


def findings(answers):
    section = tell_actions(answers)
    return [f for block in section.blocks if isinstance(block, Findings) for f in block.findings]


@pytest.fixture(scope="module")
def apart():
    """Women get good ratings far more rarely than men; raters differ much."""
    rng = np.random.default_rng(21)
    sex = np.arange(300) % 2
    ratings, _severity = crossed_ratings(
        rng, persons=300, sds=(0.3, 0.8, 0.5), groups={"Sex": Coded(np.repeat(sex, 3), ("F", "M"))}
    )
    value = np.clip(np.round(ratings.value + 1.5 * np.repeat(sex, 3)), 1, 5)
    return measured(replace(ratings, value=value))


def test_what_weighs_most_comes_first(apart):
    tones = [finding.tone for finding in findings(apart)]

    assert tones[0] is Tone.BAD
    assert tones == sorted(tones, key=[Tone.BAD, Tone.LOOK].index)
    assert len(tones) <= 6


def test_each_action_has_its_evidence_with_n(apart):
    texts = [finding.text for finding in findings(apart)]

    assert "Good ratings are rarer: F." in texts
    assert "Who gives a rating matters much." in texts
    assert all(any(sign.isdigit() for sign in found.evidence) for found in findings(apart))


def test_teams_with_one_rater_each_ask_for_second_raters():
    rng = np.random.default_rng(22)
    rows = [(f"P{i}", f"R{i % 10}", int(rng.integers(2, 5))) for i in range(100)]

    assert "Strict raters and weaker teams cannot be told apart." in [
        finding.text for finding in findings(measured(ratings_of(rows)))
    ]


def test_a_strict_rater_whose_team_nobody_else_knows_may_have_a_weaker_team():
    rng = np.random.default_rng(23)
    rows = [(f"P{i}", f"R{i % 10}", rng.normal(3.5 - 2 * (i % 10 == 0), 0.4)) for i in range(200)]

    texts = [finding.text for finding in findings(measured(ratings_of(rows)))]

    assert any(text.startswith("1 team, or its rater, differs") for text in texts)


def test_nothing_to_do_is_no_proof_that_all_is_well():
    rng = np.random.default_rng(24)
    ratings, _severity = crossed_ratings(rng, persons=150, each=6, sds=(1.0, 0.0, 0.4))

    section = tell_actions(measured(ratings))

    assert section.blocks == ()
    assert "no proof" in section.answer


ROW = GapRow("favourable", "Sex", "F", 100, 0.1, "M", 0.5, True, 0.001, 0.012, 0.006, "review")  # noqa: FBT003  # a field


@pytest.mark.parametrize(("decision", "p"), [("review", ".012"), ("look", ".006")])
def test_the_p_that_decided_is_the_one_shown(apart, decision, p):
    assert f"p = {p}" in _about_group(replace(ROW, decision=decision), apart.gaps).evidence


def test_ratings_without_raters_ask_for_their_names():
    rng = np.random.default_rng(25)
    rows = [(f"P{i}", "R", int(rng.integers(2, 5))) for i in range(60)]

    (finding,) = findings(measured(replace(ratings_of(rows), rater=None)))

    assert finding.action.startswith("Add a column that says who gave each rating")
    assert finding.evidence == "None of 60 ratings says who gave it."


def test_one_rater_is_spoken_of_as_one():
    rng = np.random.default_rng(23)
    rows = [(f"P{i}", f"R{i % 10}", rng.normal(3.5 - 2 * (i % 10 == 0), 0.4)) for i in range(200)]

    actions = [finding.action for finding in findings(measured(ratings_of(rows)))]

    assert any(action.startswith("Talk with the rater in private") for action in actions)
