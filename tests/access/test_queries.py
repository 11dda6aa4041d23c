from datetime import UTC, datetime, timedelta

import pytest

from evenhand.access.actions import TokenPlan, create_token, revoke_token
from evenhand.access.queries import actor_for, actor_with_token, without_account
from evenhand.kernel.acting import Grant, Role
from tests.factories.access import (
    TODAY,
    AccountFactory,
    DelegationFactory,
    RoleGrantFactory,
    acting,
)
from tests.factories.people import EmploymentFactory, PersonFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=9)


def test_a_person_acts_with_the_roles_held_that_day():
    account = AccountFactory()
    RoleGrantFactory(person=account.person, role=Role.AUDITOR)
    RoleGrantFactory(person=account.person, role=Role.SPECIALIST, ends_on=TODAY)

    actor = actor_for(account, on=TODAY)

    assert actor.grants == {Grant(Role.AUDITOR)}
    assert actor.person_id == account.person_id
    assert not actor.is_delegate


def test_a_delegate_acts_as_the_principal_without_any_role():
    account = AccountFactory()
    RoleGrantFactory(person=account.person, role=Role.AUDITOR)
    delegation = DelegationFactory(delegate=account.person)
    RoleGrantFactory(person=delegation.principal, role=Role.SPECIALIST)

    actor = actor_for(account, on=TODAY, delegation_id=delegation.pk)

    assert actor.person_id == delegation.principal.pk
    assert actor.delegate_id == account.person_id
    assert actor.grants == frozenset()


@pytest.mark.parametrize("ends_on", [TODAY, TODAY - timedelta(days=3)])
def test_when_a_delegation_has_ended_one_is_oneself_again(ends_on):
    account = AccountFactory()
    delegation = DelegationFactory(delegate=account.person, ends_on=ends_on)

    actor = actor_for(account, on=TODAY, delegation_id=delegation.pk)

    assert (actor.person_id, actor.delegate_id) == (account.person_id, None)


def test_nobody_uses_the_delegation_of_another():
    account, delegation = AccountFactory(), DelegationFactory()

    assert actor_for(account, on=TODAY, delegation_id=delegation.pk).person_id == account.person_id


def token_of(person, role=""):
    return create_token(person, TokenPlan("x", role, LATER), by=acting(person), at=NOON)


def test_a_token_acts_with_its_one_role():
    person = AccountFactory().person
    RoleGrantFactory(person=person, role=Role.AUDITOR)
    RoleGrantFactory(person=person, role=Role.SPECIALIST)
    _token, secret = token_of(person, Role.AUDITOR)

    assert actor_with_token(secret, at=NOON).grants == {Grant(Role.AUDITOR)}


def test_a_role_that_ended_is_gone_from_the_token_too():
    person = AccountFactory().person
    grant = RoleGrantFactory(person=person, role=Role.AUDITOR)
    _token, secret = token_of(person, Role.AUDITOR)
    grant.delete()

    assert actor_with_token(secret, at=NOON).grants == frozenset()


def test_a_token_opens_nothing_when_wrong_over_revoked_or_its_person_gone():
    person = AccountFactory().person
    token, secret = token_of(person)
    assert actor_with_token(secret, at=NOON) is not None

    assert actor_with_token("evh_wrong", at=NOON) is None
    assert actor_with_token(secret, at=LATER) is None
    person.employments.update(ends_on=TODAY)
    assert actor_with_token(secret, at=NOON) is None
    person.employments.update(ends_on=TODAY + timedelta(days=1))
    revoke_token(token, by=acting(person), at=NOON)
    assert actor_with_token(secret, at=NOON) is None


def test_who_is_hired_again_begins_without_the_rights_of_the_first_time():
    account = AccountFactory()
    person = account.person
    RoleGrantFactory(person=person, role=Role.SPECIALIST)
    delegation = DelegationFactory(delegate=person)
    token, secret = token_of(person)
    person.employments.update(ends_on=TODAY - timedelta(days=30))
    EmploymentFactory(person=person, starts_on=TODAY - timedelta(days=2))
    token.created_at = NOON - timedelta(days=40)
    token.save()

    actor = actor_for(account, on=TODAY, delegation_id=delegation.pk)

    assert actor.grants == frozenset()
    assert not actor.is_delegate
    assert actor_with_token(secret, at=NOON) is None


def test_using_a_token_is_noted_once_a_minute(django_assert_num_queries):
    token, secret = token_of(AccountFactory().person)
    actor_with_token(secret, at=NOON)
    with django_assert_num_queries(4):
        actor_with_token(secret, at=NOON + timedelta(seconds=30))

    token.refresh_from_db()
    assert token.last_used_at == NOON


def test_those_without_an_account_who_work_here_and_can_be_written_to():
    waiting = PersonFactory()
    AccountFactory()
    PersonFactory(email="")
    PersonFactory(left_on=TODAY)

    assert list(without_account(TODAY)) == [waiting]
