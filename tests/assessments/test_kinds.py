from evenhand.assessments.kinds import IN_WRITING, TAKING_PART, TRANSITIONS, PartState


def test_every_state_can_be_left():
    assert set(TRANSITIONS) == set(PartState)
    assert all(TRANSITIONS.values())


def test_every_state_can_be_reached():
    beginnings = {PartState.PROPOSED, PartState.ASKED}

    assert set().union(beginnings, *TRANSITIONS.values()) == set(PartState)


def test_from_everywhere_a_part_can_come_to_be_submitted():
    reached = {PartState.SUBMITTED}
    for _step in PartState:
        reached |= {state for state, after in TRANSITIONS.items() if after & reached}

    assert reached == set(PartState)


def test_who_writes_takes_part():
    assert set(IN_WRITING) < set(TAKING_PART)
