import pytest

from evenhand.reviews.kinds import ReviewState
from evenhand.sample.open_ends import JUST_NOW, leave_open
from evenhand.sample.reviewing import Reviewing
from evenhand.sample.rounds import plan_rounds
from evenhand.sample.tempers import Tempers
from tests.sample.seeds import seeded


@pytest.fixture(scope="module")
def changes(organization, today):
    """Every participation before and after, by round."""
    rng = seeded(1)
    tempers = Tempers.draw(organization, rng)
    return [
        (round_, [(part, leave_open(part, round_, organization)) for part in parts])
        for round_ in plan_rounds(today)
        for parts in [Reviewing(organization, round_, tempers, rng).participations()]
    ]


def test_only_the_employee_has_the_last_review_still_to_sign(changes, organization):
    employee = organization.sign_ins[0].person
    oldest, last, _running = (pairs for _round, pairs in changes)

    assert all(before == after for before, after in oldest)
    assert {before.person for before, after in last if before != after} <= {employee}
    assert next(after for _before, after in last if after.person == employee).sign_off is None


def test_the_newest_handovers_of_the_running_round_wait(changes, today):
    _round, pairs = changes[-1]
    changed = [(before, after) for before, after in pairs if before != after]

    assert changed
    for before, after in changed:
        assert before.given.handover.at.date() >= today - JUST_NOW
        assert after.given.author == before.given.handover.former_author
        assert after.given.state == ReviewState.NOT_STARTED
        assert not after.given.answers
