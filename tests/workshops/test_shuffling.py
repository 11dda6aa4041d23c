from evenhand.workshops.shuffling import shuffled_for

INCIDENTS = range(1, 21)


def test_everybody_meets_all_incidents_in_an_order_of_their_own():
    orders = {sorter: shuffled_for(sorter, INCIDENTS) for sorter in range(1, 11)}

    assert all(sorted(order) == list(INCIDENTS) for order in orders.values())
    assert len({tuple(order) for order in orders.values()}) == 10
    assert list(INCIDENTS) not in orders.values()


def test_the_order_of_a_sorter_stays_the_same_when_one_is_taken_out():
    order = shuffled_for(3, INCIDENTS)

    assert shuffled_for(3, reversed(INCIDENTS)) == order
    assert shuffled_for(3, set(INCIDENTS) - {7}) == [one for one in order if one != 7]
