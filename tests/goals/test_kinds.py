"""The states of a goal: the table is complete, and from every state there is a way on."""

from evenhand.goals.kinds import AGREED, TRANSITIONS, GoalState
from evenhand.goals.visibility import READS, Reader


def reachable_from(state):
    found, rest = set(), [state]
    while rest:
        new = TRANSITIONS[rest.pop()] - found
        found |= new
        rest += new
    return found


def test_the_table_has_a_row_for_every_state():
    assert set(TRANSITIONS) == set(GoalState)


def test_no_state_is_a_dead_end():
    assert all(TRANSITIONS[state] for state in GoalState)


def test_every_state_is_reached_from_a_draft():
    assert reachable_from(GoalState.DRAFT) == set(GoalState)


def test_from_every_state_a_goal_can_come_into_force():
    assert all(GoalState.ACTIVE in reachable_from(state) for state in GoalState)


def test_what_was_agreed_once_is_never_a_draft_again():
    for state in AGREED:
        assert reachable_from(state) == set(AGREED)


def test_who_reads_is_said_for_every_state():
    assert set(READS) == {(reader, state) for reader in Reader for state in GoalState}
