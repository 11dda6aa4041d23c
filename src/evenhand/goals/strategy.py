"""Who keeps strategic objectives, and who reads them: strategy is nobody's secret."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.goals.models import StrategicObjective
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict
from evenhand.people.models import Unit, UnitTree

KEEPERS = (Role.SPECIALIST, Role.EXECUTIVE)

NOT_A_KEEPER = Verdict(
    "not_a_keeper",
    _("Executives and specialists keep the objectives of the organization, or of their units."),
)
OBJECTIVE_WITHDRAWN = Verdict(
    "objective_withdrawn",
    _("This objective has been withdrawn. Bring it back first."),
    Ground.WHEN,
)
OBJECTIVE_STANDS = Verdict(
    "objective_stands", _("This objective has not been withdrawn."), Ground.WHEN
)


def visible_objectives(_actor: Actor) -> QuerySet[StrategicObjective]:
    """Everybody reads every objective, also those that have passed or were withdrawn."""
    return StrategicObjective.objects.all()


def keeps_objectives(actor: Actor) -> bool:
    """Whether somebody keeps any objectives at all."""
    return actor.holds(*KEEPERS)


def may_keep_objectives(actor: Actor, unit: Unit | None) -> Verdict:
    """Executives and specialists keep objectives: of everything, or of units in their care."""
    if actor.holds_everywhere(*KEEPERS):
        return ALLOWED
    heads = actor.units_as(*KEEPERS)
    if unit is None or not heads:
        return NOT_A_KEEPER
    is_within = UnitTree.objects.filter(ancestor__in=heads, descendant=unit).exists()
    return ALLOWED if is_within else NOT_A_KEEPER


def may_change_objective(actor: Actor, objective: StrategicObjective) -> Verdict:
    """Whoever keeps an objective changes and withdraws it, until it is withdrawn."""
    verdict = may_keep_objectives(actor, objective.unit)
    return verdict and (OBJECTIVE_WITHDRAWN if objective.withdrawn_at else ALLOWED)


def may_bring_back_objective(actor: Actor, objective: StrategicObjective) -> Verdict:
    """Whoever keeps a withdrawn objective can bring it back."""
    verdict = may_keep_objectives(actor, objective.unit)
    return verdict and (ALLOWED if objective.withdrawn_at else OBJECTIVE_STANDS)


def live_objectives(actor: Actor) -> QuerySet[StrategicObjective]:
    """Those that hold on the actor's day: what goals can support now."""
    live = visible_objectives(actor).filter(withdrawn_at=None)
    return live.filter(Q(starts_on__lte=actor.on, ends_on__gt=actor.on))
