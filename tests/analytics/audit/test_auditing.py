"""The whole road from ratings to numbers and a report."""

import json
from datetime import date
from pathlib import Path

import jsonschema_rs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.analytics.audit import auditing
from evenhand.analytics.audit.auditing import About, audit
from evenhand.analytics.audit.ratings import Choices, Coded, Ratings
from evenhand.analytics.report import Findings, NotSaid
from tests.factories.ratings import FIVE, coded, crossed_ratings, ratings_of

ABOUT = About("Ratings of 2026", date(2026, 11, 22))
SCHEMA = json.loads(Path(auditing.__file__).with_name("audit.schema.json").read_text())


def audited(ratings, **choices):
    return audit(ratings, Choices(**choices), ABOUT)


@pytest.fixture(scope="module")
def crossed():
    """Two hundred people with three raters each, men and women alike; one rater is very strict."""
    rng = np.random.default_rng(11)
    sex = Coded(np.repeat(np.arange(200) % 2, 3), ("F", "M"))
    ratings, _severity = crossed_ratings(rng, groups={"Sex": sex})
    value = np.where(ratings.rater.codes == 0, ratings.value - 1.5, ratings.value)
    return Ratings(
        ratings.person,
        np.clip(np.round(value), 1, 5),
        FIVE,
        ratings.rater,
        groups=ratings.groups,
    )


def test_every_question_is_answered_in_its_order(crossed):
    report = audited(crossed).report

    assert [section.key for section in report.sections] == [
        "dependence",
        "raters",
        "design",
        "gaps",
        "actions",
    ]
    assert report.about == "600 ratings, 200 people, 40 raters"
    assert all(section.answer for section in report.sections)


def test_what_calibration_did_is_told_where_earlier_ratings_are_known(crossed):
    before = np.where(np.arange(crossed.n) % 10 == 0, crossed.value - 1, crossed.value)
    ratings = Ratings(
        crossed.person, crossed.value, FIVE, crossed.rater, before=np.clip(before, 1, 5)
    )

    assert "calibration" in [section.key for section in audited(ratings).report.sections]


def test_the_strict_rater_is_found_and_nobody_is_judged(crossed):
    found = audited(crossed)

    strict = min(found.numbers["raters_detail"], key=lambda row: row["severity"])
    assert (strict["rater"], strict["flag"]) == ("R000", True)
    assert strict["high"] < 0
    words = json.dumps([section.answer for section in found.report.sections])
    assert "fair" not in words.lower()


def test_numbers_keep_the_promised_keys(crossed):
    numbers = audited(crossed).numbers

    jsonschema_rs.validate(SCHEMA, numbers)
    assert (numbers["ratings"], numbers["persons"], numbers["raters"]) == (600, 200, 40)
    assert numbers["connected"] is True
    parts = numbers["variance"]
    total = parts["person"] + parts["rater"] + parts["residual"]
    assert numbers["share_rater"] == pytest.approx(parts["rater"] / total)
    assert {row["group"] for row in numbers["groups"]} >= {"F", "M"}


def test_what_is_refused_stands_in_the_report_and_in_the_numbers():
    rng = np.random.default_rng(12)
    ratings = ratings_of([(f"P{i}", f"R{i % 8}", int(rng.integers(1, 6))) for i in range(80)])

    found = audited(ratings)

    said = [
        block.what
        for section in found.report.sections
        for block in section.blocks
        if isinstance(block, NotSaid)
    ]
    assert [refused["what"] for refused in found.numbers["refused"]] == said
    assert "Who is strict and who leads a weaker team" in said
    assert found.numbers["reliability"] is None


def test_findings_become_a_handful_of_actions_with_evidence(crossed):
    actions = audited(crossed).report.sections[-1]

    (block,) = (block for block in actions.blocks if isinstance(block, Findings))
    assert 1 <= len(block.findings) <= 6
    assert all(finding.action and finding.evidence for finding in block.findings)


def test_the_order_of_rows_and_the_names_of_raters_change_no_number(crossed):
    order = np.random.default_rng(13).permutation(crossed.n)
    names = np.array([f"Z{40 - i:03}" for i in range(40)])
    turned = Ratings(
        Coded(crossed.person.codes[order], crossed.person.labels),
        crossed.value[order],
        FIVE,
        coded(names[crossed.rater.codes[order]]),
        groups={"Sex": Coded(crossed.groups["Sex"].codes[order], ("F", "M"))},
    )

    one, other = audited(crossed).numbers, audited(turned).numbers

    assert other["share_rater"] == pytest.approx(one["share_rater"], rel=1e-6)
    assert other["reliability"] == pytest.approx(one["reliability"], rel=1e-6)
    assert other["groups"] == one["groups"]
    assert sorted(row["severity"] for row in other["raters_detail"]) == pytest.approx(
        sorted(row["severity"] for row in one["raters_detail"]), abs=1e-6
    )


def test_progress_is_told_and_may_stop_the_audit(crossed):
    class Stop(Exception):
        pass

    steps = []

    def say(done, total, note):
        steps.append((done, total, note))
        if done == 2:
            raise Stop

    with pytest.raises(Stop):
        audit(crossed, Choices(), ABOUT, say)

    assert [done for done, _total, _note in steps] == [0, 1, 2]


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_any_ratings_are_answered(data):
    n = data.draw(st.integers(1, 40))
    names = st.lists(st.sampled_from("ABCDEF"), min_size=n, max_size=n)
    ratings = Ratings(
        coded(data.draw(st.lists(st.sampled_from("abcdefghij"), min_size=n, max_size=n))),
        np.array(data.draw(st.lists(st.sampled_from(FIVE.values), min_size=n, max_size=n))),
        FIVE,
        coded(data.draw(names)),
        unit=coded(data.draw(names)),
        groups={"Group": coded(data.draw(names))},
    )

    jsonschema_rs.validate(SCHEMA, audited(ratings).numbers)


def test_a_single_rater_is_told_as_one_everywhere():
    rng = np.random.default_rng(12)
    rows = [(f"P{i}", "Boss", int(rng.integers(1, 6))) for i in range(60)]

    dependence, raters, design, *_rest = audited(ratings_of(rows)).report.sections

    told = "One rater gave all ratings, so there is nobody to compare with."
    assert told in {block.why for block in dependence.blocks if isinstance(block, NotSaid)}
    assert told in {block.why for block in raters.blocks if isinstance(block, NotSaid)}
    assert told in design.answer
