from datetime import date

import pytest

from evenhand.access import policies
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import ALLOWED
from tests.factories.access import (
    TODAY,
    AccountFactory,
    DelegationFactory,
    RoleGrantFactory,
    acting,
    standing_in,
    with_role,
)
from tests.factories.people import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_a_specialist_gives_every_role(role):
    assert policies.may_give_role(with_role(Role.SPECIALIST), PersonFactory(), role) == ALLOWED


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.IT_ADMINISTRATOR}))
def test_an_it_administrator_cannot_open_the_way_to_reviews(role):
    actor = with_role(Role.IT_ADMINISTRATOR)

    assert policies.may_give_role(actor, PersonFactory(), role) == policies.NOT_YOURS_TO_GIVE


@pytest.mark.parametrize("holds", [Role.HR_PARTNER, Role.EXECUTIVE, Role.AUDITOR])
def test_other_roles_give_none(holds):
    assert policies.roles_to_give(with_role(holds)) == frozenset()


def test_nobody_gives_a_role_to_themself():
    actor = with_role(Role.SPECIALIST)
    person = RoleGrantFactory._meta.model.objects.get().person

    assert policies.may_give_role(actor, person, Role.AUDITOR) == policies.NOT_TO_YOURSELF


def test_a_delegate_does_not_have_the_roles_of_the_principal():
    principal = RoleGrantFactory(role=Role.SPECIALIST).person
    actor = standing_in(principal, PersonFactory())

    assert policies.roles_to_give(actor) == frozenset()
    assert list(policies.visible_tokens(actor)) == []


def test_a_role_in_one_unit_gives_nothing_everywhere():
    actor = with_role(Role.SPECIALIST, UnitFactory())

    assert policies.roles_to_give(actor) == frozenset()


def test_the_holder_lays_a_role_down():
    grant = RoleGrantFactory(role=Role.AUDITOR)

    assert policies.may_end_role(acting(grant.person), grant) == ALLOWED
    assert policies.may_end_role(acting(PersonFactory()), grant) == policies.NOT_YOURS_TO_GIVE


@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.IT_ADMINISTRATOR, Role.AUDITOR])
def test_who_looks_after_roles_sees_them_all(role):
    other = RoleGrantFactory()

    assert other in policies.visible_roles(with_role(role))


def test_others_see_their_own_roles_only():
    other, own = RoleGrantFactory(), RoleGrantFactory(role=Role.EXECUTIVE)

    assert list(policies.visible_roles(acting(own.person))) == [own]
    assert other.pk


def test_delegations_are_seen_by_the_two_they_concern_and_the_specialist():
    delegation = DelegationFactory()

    for actor in (
        acting(delegation.principal),
        acting(delegation.delegate),
        with_role(Role.SPECIALIST),
    ):
        assert list(policies.visible_delegations(actor)) == [delegation]
    assert list(policies.visible_delegations(acting(PersonFactory()))) == []


def test_one_asks_somebody_to_stand_in_for_oneself_only():
    person = PersonFactory()

    assert policies.may_delegate(acting(person), person) == ALLOWED
    assert policies.may_delegate(with_role(Role.SPECIALIST), person) == ALLOWED
    assert (
        policies.may_delegate(acting(PersonFactory()), person) == policies.NOT_YOUR_WORK_TO_DELEGATE
    )
    assert (
        policies.may_delegate(standing_in(person, PersonFactory()), person)
        == policies.NOT_WHILE_ACTING_FOR_ANOTHER
    )


@pytest.mark.parametrize(
    ("left_on", "verdict"),
    [
        (TODAY, policies.DOES_NOT_WORK_HERE),
        (date(2026, 11, 23), ALLOWED),
    ],
)
def test_who_has_left_cannot_sign_in(left_on, verdict):
    account = AccountFactory(person=PersonFactory(left_on=left_on))

    assert policies.may_sign_in(account, on=TODAY) == verdict


def test_a_closed_account_does_not_open():
    account = AccountFactory(is_active=False)

    assert policies.may_sign_in(account, on=TODAY) == policies.DOES_NOT_WORK_HERE


def test_people_are_invited_where_an_invitation_can_go():
    actor = with_role(Role.IT_ADMINISTRATOR)

    assert policies.may_invite(actor, PersonFactory()) == ALLOWED
    assert policies.may_invite(actor, PersonFactory(email="")) == policies.NO_EMAIL
    assert policies.may_invite(actor, PersonFactory(left_on=TODAY)) == policies.DOES_NOT_WORK_HERE
    assert policies.may_invite(acting(PersonFactory()), PersonFactory()) == policies.NOT_THE_INVITER


def test_a_token_has_no_role_its_owner_lacks():
    person = RoleGrantFactory(role=Role.AUDITOR).person
    actor = acting(person)

    assert policies.may_create_token(actor, person, Role.AUDITOR) == ALLOWED
    assert policies.may_create_token(actor, person, "") == ALLOWED
    assert policies.may_create_token(actor, person, Role.SPECIALIST) == policies.ROLE_NOT_HELD
    assert policies.may_create_token(actor, PersonFactory(), "") == policies.NOT_YOUR_TOKEN
