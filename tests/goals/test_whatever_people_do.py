"""Whatever people do with a goal, in any order: no word is lost, and one plan is in force."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.goals.actions.agreeing import (
    agree_to_goal,
    propose_change,
    propose_goal,
    send_back_goal,
    take_back_proposal,
)
from evenhand.goals.actions.ending import approve_drop, close_goal, drop_goal, take_up_again
from evenhand.goals.actions.noting import write_note
from evenhand.goals.actions.writing import (
    bring_back_goal,
    discard_goal,
    save_goal,
    write_goal,
)
from evenhand.goals.drafts import GoalChange, draft_of, draft_of_version, says_the_same
from evenhand.goals.keeping import latest_version
from evenhand.goals.kinds import TRANSITIONS, GoalKind, GoalState
from evenhand.goals.models import Agreement, Goal
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from tests.factories.access import acting, with_role
from tests.factories.goals import NOW, draft_for, key_results
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

SIDES = ("owner", "manager")
# Those who may do something come up more often than those who may not.
PEOPLE = (*SIDES * 3, "specialist", "stranger")


class Life:
    """A goal of somebody with a manager, and every word that was accepted for it."""

    def __init__(self):
        manager = PersonFactory()
        owner = PersonFactory(manager=manager)
        self.actors = {
            "owner": acting(owner),
            "manager": acting(manager),
            "specialist": with_role(Role.SPECIALIST),
            "stranger": acting(PersonFactory()),
        }
        self.words = set()
        self.said = 0
        plan = draft_for(owner, kind=GoalKind.OKR, metric="", parts=key_results(50, 50))
        self.goal = write_goal(plan, by=self.actors["owner"], at=NOW)
        self.words.add(plan.outcome)

    def word(self):
        self.said += 1
        return f"Word number {self.said} that somebody typed here"

    def step(self, act, who):
        word, by = self.word(), {"by": self.actors[who], "at": NOW}
        before = self.goal.state
        try:
            getattr(self, act)(word, by)
        except Refused:
            self.goal.refresh_from_db()
            assert self.goal.state == before
        else:
            self.goal = Goal.objects.get(pk=self.goal.pk)
            assert self.goal.state == before or self.goal.state in TRANSITIONS[before]

    def save(self, word, by):
        save_goal(self.goal, self.other_plan(word), **by)
        self.words.add(word)

    def other_plan(self, word):
        plan = draft_of(self.goal)
        first, *rest = plan.parts
        first = replace(first, target=Decimal(10 + self.said))
        return replace(plan, outcome=word, parts=(first, *rest))

    def propose(self, word, by):
        propose_goal(self.goal, word, **by)
        self.words.add(word)

    def agree(self, word, by):
        agree_to_goal(self.goal, word, seen=latest_version(self.goal).number, **by)
        self.words.add(word)

    def change(self, word, by):
        propose_change(self.goal, GoalChange(self.other_plan(word), f"{word}, why", word), **by)
        self.words |= {word, f"{word}, why"}

    def send_back(self, word, by):
        send_back_goal(self.goal, word, **by)
        self.words.add(word)

    def take_back(self, _word, by):
        take_back_proposal(self.goal, **by)

    def discard(self, _word, by):
        discard_goal(self.goal, **by)

    def bring_back(self, _word, by):
        bring_back_goal(self.goal, **by)

    def note(self, word, by):
        write_note(self.goal, word, **by)
        self.words.add(word)

    def close(self, word, by):
        close_goal(self.goal, word, **by)
        self.words.add(word)

    def drop(self, word, by):
        drop_goal(self.goal, word, **by)
        self.words.add(word)

    def approve_drop(self, _word, by):
        approve_drop(self.goal, **by)

    def take_up(self, word, by):
        take_up_again(self.goal, word, **by)
        self.words.add(word)

    def kept(self):
        goal = self.goal
        versions = goal.versions.all()
        agreements = Agreement.objects.filter(version__goal=goal)
        return {
            *(version.outcome for version in versions),
            *(version.reason for version in versions),
            *(agreement.sentence for agreement in agreements),
            *(note.text for note in goal.notes.all()),
            *(ending.reason for ending in goal.endings.all()),
        }


ACTS = [name for name in vars(Life) if name not in {"word", "step", "other_plan", "kept"}]
ACTS = [name for name in ACTS if not name.startswith("_")]


def check(life):
    goal = life.goal
    versions = list(goal.versions.all())
    agreed = [version for version in versions if version.agreed_at]

    assert life.words <= life.kept()
    assert sum(version.is_open_proposal for version in versions) <= 1
    assert bool(agreed) == goal.is_agreed
    standing = agreed[-1] if agreed else versions[-1]
    assert says_the_same(draft_of(goal), draft_of_version(goal, standing))
    assert sum(part.weight for part in goal.parts.filter(is_in_use=True)) == 100
    if goal.state in {GoalState.DRAFT, GoalState.DISCARDED, GoalState.CLOSED, GoalState.DROPPED}:
        assert not any(version.is_open_proposal for version in versions)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(PEOPLE)), max_size=25))
def test_in_any_order_of_acts(steps):
    life = Life()
    for act, who in steps:
        life.step(act, who)

    check(life)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_there_is_always_something_to_do_that_leads_on(random):
    """Each step tries everything in a random order until something is not refused."""
    life = Life()
    for _step in range(8):
        tries = [(act, who) for act in ACTS if act != "note" for who in SIDES]
        random.shuffle(tries)
        was = (life.goal.state, set(life.words))
        for act, who in tries:
            life.step(act, who)
            if (life.goal.state, life.words) != was:
                break
        else:
            pytest.fail(f"Nobody can go on from {was[0]}.")
        check(life)
