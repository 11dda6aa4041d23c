from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.cycles import policies
from evenhand.cycles.kinds import CycleState, StageKind
from evenhand.cycles.models import Participation, Stage
from evenhand.kernel.acting import Role
from tests.factories.access import standing_in, with_role
from tests.factories.cycles import (
    BareVersionFactory,
    CycleFactory,
    ParticipationFactory,
    TemplateFactory,
)
from tests.factories.people import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db

D, L, O, C = CycleState.DRAFT, CycleState.LAUNCHING, CycleState.OPEN, CycleState.CLOSED  # noqa: E741

# In which states of a cycle the specialist may do what; nobody else may ever.
WHEN = {
    "may_change_cycle": {D},
    "may_launch": {D},
    "may_take_back_launch": {L},
    "may_repair": {O},
    "may_extend": {D, O},
    "may_close": {O},
    "may_reopen_cycle": {C},
    "may_release": {O},
}


def cycle_in(state):
    cycle = CycleFactory(state=state)
    Stage.objects.update(opens_on=timezone.localdate() - timedelta(days=90))
    return cycle


@pytest.mark.parametrize("state", CycleState)
@pytest.mark.parametrize("policy", WHEN)
def test_the_specialist_acts_when_it_is_time(policy, state):
    specialist = with_role(Role.SPECIALIST, on=timezone.localdate())
    verdict = getattr(policies, policy)(specialist, cycle_in(state))

    assert bool(verdict) == (state in WHEN[policy])
    assert verdict or verdict.reason


@pytest.mark.parametrize("role", [r for r in Role if r != Role.SPECIALIST])
@pytest.mark.parametrize("policy", WHEN)
def test_nobody_else_does(policy, role):
    for state in WHEN[policy]:
        assert getattr(policies, policy)(with_role(role), cycle_in(state)).code == (
            "not_the_specialist"
        )


def test_a_specialist_of_one_unit_does_not_prepare_cycles():
    actor = with_role(Role.SPECIALIST, UnitFactory())

    assert not policies.may_prepare_cycles(actor)
    assert not policies.may_write_templates(actor)


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.SPECIALIST, {D, L, O, C}),
        (Role.HR_PARTNER, {O, C}),
        (Role.EXECUTIVE, {O, C}),
        (Role.AUDITOR, set()),
        (Role.IT_ADMINISTRATOR, set()),
    ],
)
def test_who_sees_which_cycles(role, seen):
    for state in CycleState:
        CycleFactory(state=state)

    found = policies.visible_cycles(with_role(role)).values_list("state", flat=True)

    assert set(found) == seen


def test_a_delegate_sees_no_cycle_of_the_principal():
    CycleFactory()
    specialist = with_role(Role.SPECIALIST)
    principal = PersonFactory._meta.model.objects.get(pk=specialist.person_id)

    assert not policies.visible_cycles(standing_in(principal, PersonFactory())).exists()


def test_templates_are_for_specialists():
    TemplateFactory()

    assert policies.visible_templates(with_role(Role.SPECIALIST)).exists()
    assert not policies.visible_templates(with_role(Role.HR_PARTNER)).exists()


def test_a_partner_knows_who_takes_part_in_their_units():
    unit = UnitFactory()
    inside = ParticipationFactory(unit=UnitFactory(parent=unit))
    ParticipationFactory()

    partner = with_role(Role.HR_PARTNER, unit)

    assert list(policies.visible_participations(partner)) == [inside]
    assert not policies.visible_participations(with_role(Role.EXECUTIVE)).exists()


def test_results_go_out_from_the_first_day_of_the_release():
    today = timezone.localdate()
    specialist, cycle = with_role(Role.SPECIALIST, on=today), CycleFactory()
    stage = cycle.stage(StageKind.RELEASE)
    assert policies.may_release(specialist, cycle).code == "release_not_open"

    stage.opens_on = today
    stage.save()

    assert policies.may_release(specialist, type(cycle).objects.get(pk=cycle.pk))


def test_somebody_stays_in_once_the_review_is_released():
    specialist = with_role(Role.SPECIALIST)

    assert policies.may_withdraw(specialist, ParticipationFactory())
    released = policies.may_withdraw(specialist, ParticipationFactory(released=True))
    assert released.code == "results_out"
    gone: Participation = ParticipationFactory(withdrawn=True)
    assert policies.may_withdraw(specialist, gone).code == "already_withdrawn"
    assert policies.may_bring_back(specialist, gone)


def test_a_version_changes_until_a_cycle_is_launched_with_it():
    specialist, version = with_role(Role.SPECIALIST), BareVersionFactory()
    assert policies.may_change_version(specialist, version)
    assert policies.may_discard_version(specialist, version)

    cycle = CycleFactory(draft=True, version=version)
    assert policies.may_change_version(specialist, version)
    assert policies.may_discard_version(specialist, version).code == "version_in_use"

    cycle.state = CycleState.LAUNCHING
    cycle.save()
    assert policies.may_change_version(specialist, version).code == "version_frozen"
