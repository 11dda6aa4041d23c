"""Accounts, roles and delegations, and the actors that act in tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from evenhand.access.models import Account, Delegation, RoleGrant
from evenhand.access.queries import actor_of
from evenhand.kernel.acting import Actor, Role
from tests.factories.people import SINCE, PersonFactory

TODAY = date(2026, 11, 22)


class AccountFactory(DjangoModelFactory):
    class Meta:
        model = Account

    person = factory.SubFactory(PersonFactory)
    email = factory.LazyAttribute(lambda account: account.person.email)


class RoleGrantFactory(DjangoModelFactory):
    class Meta:
        model = RoleGrant

    person = factory.SubFactory(PersonFactory)
    role = Role.SPECIALIST
    starts_on = SINCE


class DelegationFactory(DjangoModelFactory):
    class Meta:
        model = Delegation

    principal = factory.SubFactory(PersonFactory)
    delegate = factory.SubFactory(PersonFactory)
    starts_on = SINCE
    reason = "On leave."


def acting(person, *, on=TODAY) -> Actor:
    """The person, acting for themself with the roles held on the day."""
    return actor_of(person.pk, person.name, on=on)


def with_role(role, unit=None, *, on=TODAY, **person) -> Actor:
    """Somebody who holds a role."""
    holder = PersonFactory(**person)
    RoleGrantFactory(person=holder, role=role, unit=unit)
    return acting(holder, on=on)


def standing_in(principal, delegate, *, on=TODAY) -> Actor:
    """The delegate, acting for the principal."""
    return Actor(
        person_id=principal.pk,
        name=principal.name,
        on=on,
        delegate_id=delegate.pk,
        delegate_name=delegate.name,
    )
