import numpy as np

from ratingstats.disclosure.ledger import (
    STATES,
    PersonSet,
    Release,
    Released,
    keys_of,
    may_release,
    release_sets,
)


def people(*spans, label=""):
    return PersonSet.of([key for low, high in spans for key in range(low, high)], label)


def release(*sets, measure="mean rating", period="2026"):
    return Release(measure, period, sets)


def released(*releases):
    ledger = Released()
    for one in releases:
        ledger.keep(one)
    return ledger


def test_a_late_answer_cannot_be_subtracted():
    """Four with a mean of 3.5, then five with 3.4: the fifth gave 3."""
    assert 5 * 3.4 - 4 * 3.5 == 3.0
    answer = may_release(released(release(people((0, 4)))), release(people((0, 5))), 3)
    assert not answer.is_allowed
    assert answer.people == 1


def test_a_group_and_the_whole_cannot_leave_two_over():
    """Seven with a mean of 25/7 and five peers with 3.6: the other two had 3.5."""
    assert (25 - 5 * 3.6) / 2 == 3.5
    answer = may_release(
        Released(), release(people((0, 7), label="all"), people((0, 5), label="peers")), 3
    )
    assert (answer.is_allowed, answer.people) == (False, 2)
    assert set(answer.sets) == {"all", "peers"}


def test_another_measure_or_period_cannot_be_subtracted():
    ledger = released(release(people((0, 6))))
    assert may_release(ledger, release(people((0, 7)), measure="favourable"), 5).is_allowed
    assert may_release(ledger, release(people((0, 7)), period="2027"), 5).is_allowed
    assert not may_release(ledger, release(people((0, 7))), 5).is_allowed


def test_the_same_people_or_quite_others_are_no_danger():
    ledger = released(release(people((0, 6))))
    assert may_release(ledger, release(people((0, 6))), 5).is_allowed
    assert may_release(ledger, release(people((6, 12))), 5).is_allowed
    assert may_release(ledger, release(people((0, 11))), 5).is_allowed


def test_a_set_of_fewer_than_k_is_refused_by_itself():
    answer = may_release(Released(), release(people((0, 4), label="small")), 5)
    assert (answer.is_allowed, answer.sets, answer.people) == (False, ("small",), 4)


def test_a_reader_who_is_one_of_them_does_not_count():
    assert may_release(Released(), release(people((0, 5))), 5).is_allowed
    assert not may_release(Released(), release(people((0, 5))), 5, viewer=2).is_allowed
    assert may_release(Released(), release(people((0, 5))), 5, viewer=99).is_allowed
    ledger = released(release(people((0, 20))))
    assert may_release(ledger, release(people((0, 25))), 5).is_allowed
    assert not may_release(ledger, release(people((0, 25))), 5, viewer=24).is_allowed


def test_only_what_may_go_out_is_kept():
    ledger = Released()
    assert release_sets(ledger, release(people((0, 20))), 5).is_allowed
    assert not release_sets(ledger, release(people((0, 21))), 5).is_allowed
    assert [len(one) for one in ledger.sets("mean rating", "2026")] == [20]


def test_the_same_people_are_kept_once():
    ledger = released(release(people((0, 20))), release(people((0, 20)), people((0, 30))))
    assert [len(one) for one in ledger.sets("mean rating", "2026")] == [20, 30]


def test_names_become_the_same_keys_in_every_run():
    assert keys_of(["Ana"]).tolist() == [int(keys_of(["Ben", "Ana"])[1])]
    assert keys_of(["Ana"])[0] == np.int64(3957192875420154950) & ~STATES
    assert len(PersonSet.of(keys_of(["Ana", "Ben", "Ana"]))) == 2


def test_nobody_is_no_release():
    assert may_release(Released(), release(people()), 5).is_allowed


def test_a_few_who_changed_in_between_cannot_be_worked_out():
    names = [f"P{n}" for n in range(20)]
    ledger = Released()
    release_sets(ledger, in_states(names, "3" * 20), 5)

    assert not may_release(ledger, in_states(names, "4" + "3" * 19), 5).is_allowed
    assert not may_release(ledger, in_states(names, "4444" + "3" * 16), 5).is_allowed
    assert may_release(ledger, in_states(names, "44444" + "3" * 15), 5).is_allowed
    assert may_release(ledger, in_states(names[10:], "3" * 10), 5).is_allowed


def in_states(names, states):
    return Release("ratings", "2026", (PersonSet.of(keys_of(names, states)),), has_states=True)
