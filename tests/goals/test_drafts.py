"""What people write down is kept exactly, and read back as it was."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.goals.drafts import (
    GoalDraft,
    PartDraft,
    cleaned,
    draft_of,
    draft_of_version,
    is_the_same,
    parts_of_rows,
    rows_of_parts,
    says_the_same,
)
from evenhand.goals.kinds import GoalKind
from tests.factories.goals import PLAN, GoalFactory, GoalVersionFactory, key_results

DRAFT = GoalDraft(**PLAN, owner_id=1, parts=key_results(60, 40))


@settings(max_examples=30)
@given(
    st.builds(
        PartDraft,
        title=st.text(max_size=20),
        weight=st.integers(1, 100),
        metric=st.sampled_from(["", "level"]),
        unit_of_measure=st.text(max_size=5),
        baseline=st.none() | st.decimals(-(10**9), 10**9, places=4),
        target=st.none() | st.decimals(-(10**9), 10**9, places=4),
        due_on=st.none() | st.dates(),
        id=st.none() | st.integers(1),
    )
)
def test_parts_are_read_as_they_were_written(part):
    assert parts_of_rows(rows_of_parts([part])) == (part,)


def test_the_numbers_of_parts_make_no_other_plan():
    numbered = replace(DRAFT, parts=tuple(replace(part, id=7) for part in DRAFT.parts))

    assert says_the_same(DRAFT, numbered)
    assert is_the_same(DRAFT, numbered)


def test_whose_it_is_is_no_part_of_the_plan():
    other = replace(DRAFT, owner_id=2, openness="team")

    assert says_the_same(DRAFT, other)
    assert not is_the_same(DRAFT, other)


def test_another_target_is_another_plan():
    assert not says_the_same(DRAFT, replace(DRAFT, target=Decimal(91)))
    assert not says_the_same(DRAFT, replace(DRAFT, parts=key_results(50, 50)))


def test_words_are_cleaned_also_those_of_parts():
    parts = (PartDraft(title=" One\r\n", weight=100),)
    written = replace(DRAFT, outcome=" Faster\x00 ", parts=parts)

    assert (cleaned(written).outcome, cleaned(written).parts[0].title) == ("Faster", "One")


@pytest.mark.django_db
def test_a_goal_is_written_on_as_it_stands_and_a_version_as_it_was():
    goal = GoalFactory(kind=GoalKind.OKR, parts=key_results(60, 40))
    before = draft_of(goal)
    goal.parts.filter(weight=40).update(is_in_use=False)
    goal.target = Decimal(95)
    goal.save()
    GoalVersionFactory(goal=goal, agreed_at=None, due_on=date(2026, 11, 30))

    assert (draft_of(goal).target, len(draft_of(goal).parts)) == (95, 1)
    first, second = goal.versions.all()
    assert says_the_same(draft_of_version(goal, first), before)
    assert draft_of_version(goal, second).due_on == date(2026, 11, 30)
