import pytest
from django.db import IntegrityError

from evenhand.jobs.kinds import TRANSITIONS, UNDER_WAY, JobState
from tests.factories.jobs import JobFactory


@pytest.mark.django_db
def test_a_job_is_never_further_than_all_of_it():
    with pytest.raises(IntegrityError, match="job_does_not_exceed_its_total"):
        JobFactory(done=4, total=3)


def test_every_state_has_its_next_states_and_only_success_is_final():
    assert set(TRANSITIONS) == set(JobState)
    assert [state for state, following in TRANSITIONS.items() if not following] == [JobState.DONE]


def test_work_under_way_can_always_end():
    for state in UNDER_WAY:
        assert TRANSITIONS[state] - UNDER_WAY
