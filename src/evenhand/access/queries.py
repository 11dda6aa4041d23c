from datetime import date

from evenhand.access.models import Account, Delegation, RoleGrant
from evenhand.kernel.acting import Actor, Grant, Role


def actor_for(account: Account, *, on: date, delegation_id: int | None = None) -> Actor:
    """Who acts when this account does: the person, or the principal of a delegation that holds.

    A delegation that has ended is passed over: the person then acts for themself again.
    """
    person = account.person
    if delegation_id is not None:
        delegation = (
            Delegation.objects.on(on)
            .filter(delegate=person, pk=delegation_id)
            .select_related("principal")
            .first()
        )
        if delegation is not None:
            principal = delegation.principal
            return Actor(
                person_id=principal.pk,
                name=principal.name,
                on=on,
                delegate_id=person.pk,
                delegate_name=person.name,
            )
    return actor_of(person.pk, person.name, on=on)


def actor_of(person_id: int, name: str, *, on: date) -> Actor:
    """A person acting for themself, with the roles held on the day."""
    grants = RoleGrant.objects.on(on).filter(person_id=person_id).values_list("role", "unit_id")
    held = frozenset(Grant(Role(role), unit_id) for role, unit_id in grants)
    return Actor(person_id=person_id, name=name, on=on, grants=held)
