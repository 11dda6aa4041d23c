from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.audit.models import Entry
from evenhand.cycles.awaiting_goals import (
    end_goals_excuse,
    excuse_from_goals,
    let_wait_for_goals,
)
from evenhand.cycles.kinds import CycleState, GoalsNeeded
from evenhand.cycles.models import GoalsExcuse
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from evenhand.people.models import Person
from tests.factories.access import acting, with_role
from tests.factories.cycles import CycleFactory, GoalsExcuseFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

AT = timezone.now()


@pytest.fixture
def specialist():
    return with_role(Role.SPECIALIST)


@pytest.mark.parametrize("needed", GoalsNeeded)
def test_before_launch_the_specialist_says_what_waits(specialist, needed):
    cycle = CycleFactory(draft=True)

    let_wait_for_goals(cycle, needed, by=specialist, at=AT)

    cycle.refresh_from_db()
    assert cycle.goals_needed == needed


def test_a_running_cycle_can_begin_or_cease_to_wait_but_its_launch_is_over(specialist):
    cycle = CycleFactory()

    let_wait_for_goals(cycle, GoalsNeeded.REVIEW_WAITS, by=specialist, at=AT)
    let_wait_for_goals(cycle, GoalsNeeded.NOTHING_WAITS, by=specialist, at=AT)

    with pytest.raises(Refused, match="launch_is_over"):
        let_wait_for_goals(cycle, GoalsNeeded.LAUNCH_WAITS, by=specialist, at=AT)


def test_what_was_so_before_leaves_no_entry(specialist):
    let_wait_for_goals(CycleFactory(), GoalsNeeded.NOTHING_WAITS, by=specialist, at=AT)

    assert not Entry.objects.filter(code="cycle.goals_asked").exists()


@pytest.mark.parametrize("role", [Role.HR_PARTNER, Role.EXECUTIVE, Role.AUDITOR])
def test_nobody_else_says_so(role):
    with pytest.raises(Refused, match="not_the_specialist"):
        let_wait_for_goals(CycleFactory(), GoalsNeeded.REVIEW_WAITS, by=with_role(role), at=AT)


def test_a_closed_cycle_waits_for_nothing_more(specialist):
    cycle = CycleFactory(state=CycleState.CLOSED)

    with pytest.raises(Refused, match="not_running"):
        let_wait_for_goals(cycle, GoalsNeeded.REVIEW_WAITS, by=specialist, at=AT)


def test_somebody_is_excused_for_a_reason_and_a_second_reason_keeps_the_first(specialist):
    cycle, person = CycleFactory(), PersonFactory()

    for reason in ("Came back in June.", "Came back in July."):
        excuse_from_goals(cycle, person, reason=reason, by=specialist, at=AT)

    kept = list(GoalsExcuse.objects.order_by("pk").values_list("reason", "ended_at"))
    assert kept == [("Came back in June.", AT), ("Came back in July.", None)]


def test_an_excuse_needs_a_reason_and_nobody_excuses_themself(specialist):
    cycle = CycleFactory()
    person = PersonFactory()

    with pytest.raises(Refused, match="reason_missing"):
        excuse_from_goals(cycle, person, reason="  ", by=specialist, at=AT)
    own = Person.objects.get(pk=specialist.person_id)
    with pytest.raises(Refused, match="not_about_yourself"):
        excuse_from_goals(cycle, own, reason="I can.", by=specialist, at=AT)


def test_ending_an_excuse_twice_is_recorded_once(specialist):
    excuse = GoalsExcuseFactory()

    for _again in range(2):
        end_goals_excuse(excuse, by=specialist, at=AT + timedelta(hours=1))

    excuse.refresh_from_db()
    assert excuse.ended_at == AT + timedelta(hours=1)
    assert Entry.objects.filter(code="cycle.goals_excuse_ended").count() == 1


def test_only_the_specialist_excuses():
    with pytest.raises(Refused, match="not_the_specialist"):
        excuse_from_goals(
            CycleFactory(), PersonFactory(), reason="Kind.", by=acting(PersonFactory()), at=AT
        )
