from evenhand.reviews.kinds import TRANSITIONS, ReviewState


def test_every_state_says_where_it_leads_and_none_is_a_dead_end():
    assert set(TRANSITIONS) == set(ReviewState)
    assert all(TRANSITIONS.values())


def test_every_state_but_the_first_is_reached():
    reached = set().union(*TRANSITIONS.values())

    assert reached == set(ReviewState) - {ReviewState.NOT_STARTED}
