from evenhand.development.kinds import TRANSITIONS, PlanState


def test_every_state_can_be_reached_and_all_but_the_last_be_left():
    assert set(TRANSITIONS) == set(PlanState)
    assert set().union({PlanState.DRAFT}, *TRANSITIONS.values()) == set(PlanState)
    assert [state for state, after in TRANSITIONS.items() if not after] == [PlanState.CLOSED]


def test_from_everywhere_a_plan_can_come_to_its_end():
    reached = {PlanState.CLOSED}
    for _step in PlanState:
        reached |= {state for state, after in TRANSITIONS.items() if after & reached}

    assert reached == set(PlanState)
