"""Who acts: a person, with the roles held now, perhaps on behalf of somebody else."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody may be trusted with beyond being an employee and a manager."""

    SPECIALIST = "specialist", _("Specialist")
    HR_PARTNER = "hr_partner", _("HR partner")
    EXECUTIVE = "executive", _("Executive")
    AUDITOR = "auditor", _("Auditor")
    IT_ADMINISTRATOR = "it_administrator", _("IT administrator")


@dataclass(frozen=True, slots=True)
class Grant:
    """A role, in one unit and everything below it, or (without a unit) everywhere."""

    role: Role
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """The acting person on a day. A delegate acts as the principal, and both names are kept.

    `person_id` is whose rights are used; `delegate_id` is who really typed, when that differs.
    `on` is the day for which the roles were looked up and reporting lines are asked.
    """

    person_id: int
    name: str
    on: date
    grants: frozenset[Grant] = frozenset()
    delegate_id: int | None = None
    delegate_name: str = ""

    @property
    def own_ids(self) -> frozenset[int]:
        """The persons this actor is, so that nobody reads by role what is about themself."""
        return frozenset(i for i in (self.person_id, self.delegate_id) if i is not None)

    @property
    def is_delegate(self) -> bool:
        return self.delegate_id is not None

    def holds(self, *roles: Role) -> bool:
        """Whether any of the roles is held, in whatever scope."""
        return any(grant.role in roles for grant in self.grants)

    def holds_everywhere(self, *roles: Role) -> bool:
        """Whether any of the roles is held for the whole organization."""
        return any(grant.role in roles and grant.unit_id is None for grant in self.grants)

    def units_as(self, *roles: Role) -> frozenset[int]:
        """The units at the head of the subtrees in which any of the roles is held."""
        return frozenset(
            grant.unit_id
            for grant in self.grants
            if grant.role in roles and grant.unit_id is not None
        )

    def limited_to(self, roles: Iterable[Role]) -> "Actor":
        """The same person with fewer roles, as an API token acts."""
        kept = frozenset(roles)
        return replace(self, grants=frozenset(g for g in self.grants if g.role in kept))


def system(on: date) -> Actor:
    """The actor of what nobody asked for: scheduled jobs."""
    return Actor(person_id=0, name="Evenhand", on=on)
