from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from evenhand.access.kinds import digest_of
from evenhand.access.models import Account, ApiToken, Delegation, RoleGrant
from evenhand.access.policies import may_sign_in
from evenhand.kernel.acting import Actor, Grant, Role
from evenhand.people.models import Employment, Person

USE_IS_NOTED_EVERY = timedelta(minutes=1)


def actor_for(account: Account, *, on: date, delegation_id: int | None = None) -> Actor:
    """Who acts when this account does: the person, or the principal of a delegation that holds.

    A delegation that has ended is passed over: the person then acts for themself again.
    """
    person = account.person
    if delegation_id is not None:
        delegation = delegations_held(person.pk, on=on).filter(pk=delegation_id).first()
        if delegation is not None:
            return Actor(
                person_id=delegation.principal.pk,
                name=delegation.principal.name,
                on=on,
                delegate_id=person.pk,
                delegate_name=person.name,
            )
    return actor_of(person.pk, person.name, on=on)


def actor_of(person_id: int, name: str, *, on: date) -> Actor:
    """A person acting for themself, with the roles held on the day."""
    given = RoleGrant.objects.on(on).filter(given_while_employed(on), person_id=person_id)
    grants = given.values_list("role", "unit_id")
    held = frozenset(Grant(Role(role), unit_id) for role, unit_id in grants)
    return Actor(person_id=person_id, name=name, on=on, grants=held)


def given_while_employed(on: date, *, person: str = "person") -> Exists:
    """The condition that a right was given in the employment that holds on the day.

    Who leaves and is hired again begins without the rights of the first time.
    """
    employment = Employment.objects.on(on).filter(
        person=OuterRef(person), starts_on__lte=OuterRef("starts_on")
    )
    return Exists(employment)


def delegations_held(person_id: int, *, on: date) -> QuerySet[Delegation]:
    """For whom a person stands in on the day."""
    return (
        Delegation.objects.on(on)
        .filter(given_while_employed(on, person="delegate"), delegate=person_id)
        .select_related("principal")
        .order_by("principal__family_name", "principal__given_name", "id")
    )


def actor_with_token(secret: str, *, at: datetime) -> Actor | None:
    """Who acts with this token: its person, with its one role or none. None if it opens nothing."""
    token = (
        ApiToken.objects.filter(
            digest=digest_of(secret),
            revoked_at=None,
            expires_at__gt=at,
            person__account__isnull=False,
        )
        .select_related("person__account")
        .first()
    )
    if token is None or not may_sign_in(token.person.account, on=at.date()):
        return None
    held = Employment.objects.on(at.date()).filter(
        person=token.person_id, starts_on__lte=token.created_at.date()
    )
    if not held.exists():
        return None
    if token.last_used_at is None or token.last_used_at < at - USE_IS_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
    actor = actor_of(token.person_id, token.person.name, on=at.date())
    return actor.limited_to([Role(token.role)] if token.role else [])


def without_account(on: date) -> QuerySet[Person]:
    """Who works here on the day, has an e-mail address, and cannot sign in yet."""
    employed = Employment.objects.on(on).filter(person=OuterRef("pk"))
    return Person.objects.filter(Exists(employed), account=None).exclude(email="")
