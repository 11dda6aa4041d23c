"""Of whose goals somebody may know the figures: everybody's, a unit's, or their own people's."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.goals.models import Goal, StrategicObjective
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict
from evenhand.people.models import ManagementChain, UnitTree
from evenhand.people.visibility import stands_below, unit_within

FEWEST = 5
READERS = (Role.SPECIALIST, Role.HR_PARTNER)
MEASURERS = (*READERS, Role.EXECUTIVE)

NOT_YOUR_FIGURES = Verdict(
    "not_your_figures",
    _("You find figures here about units in your care, or about the people below you."),
)
TOO_FEW_PEOPLE = Verdict(
    "too_few_people",
    _("Fewer than five people have goals here, so figures would tell about each of them."),
    Ground.WHEN,
)


@dataclass(frozen=True, slots=True)
class GoalScope:
    """A group of people by their goals; with neither a unit nor a manager, everybody."""

    unit_id: int | None = None
    manager_id: int | None = None

    def goals(self, on: date) -> QuerySet[Goal]:
        """The goals that count in the group."""
        if self.manager_id is not None:
            return Goal.objects.filter(stands_below(self.manager_id, on=on, person="owner"))
        if self.unit_id is not None:
            return Goal.objects.filter(unit_within([self.unit_id]))
        return Goal.objects.all()

    def objectives(self) -> QuerySet[StrategicObjective]:
        """Those the group could serve: the organization's, and those of its own units."""
        if self.unit_id is None:
            return StrategicObjective.objects.all()
        own = Q(unit=None) | Q(unit_within([self.unit_id]))
        return StrategicObjective.objects.filter(own)


EVERYBODY = GoalScope()


def scopes_of(actor: Actor) -> list[GoalScope]:
    """The widest groups whose figures are open to somebody, the widest first."""
    found = [EVERYBODY] if actor.holds_everywhere(*MEASURERS) else []
    found += [GoalScope(unit_id=pk) for pk in sorted(actor.units_as(*MEASURERS))]
    below = ManagementChain.objects.on(actor.on).filter(ancestor=actor.person_id, depth__gte=1)
    if below.exists():
        found.append(GoalScope(manager_id=actor.person_id))
    return found


def may_measure(actor: Actor, scope: GoalScope) -> Verdict:
    """Figures are open about the groups in one's care, and of units within them to their readers.

    Executives get no single units here: beside the whole they would tell about the rest.
    """
    is_open = _reads_goals(actor, scope) or scope in scopes_of(actor)
    return ALLOWED if is_open else NOT_YOUR_FIGURES


def may_see_figures(actor: Actor, scope: GoalScope, people: int) -> Verdict:
    """Whoever does not read the goals themselves gets figures about at least five people."""
    is_open = scope.manager_id is not None or _reads_goals(actor, scope) or people >= FEWEST
    return ALLOWED if is_open else TOO_FEW_PEOPLE


def _reads_goals(actor: Actor, scope: GoalScope) -> bool:
    if scope.manager_id is not None:
        return False
    if actor.holds_everywhere(*READERS):
        return True
    heads = list(actor.units_as(*READERS))
    if scope.unit_id is None or not heads:
        return False
    return UnitTree.objects.filter(ancestor__in=heads, descendant=scope.unit_id).exists()
