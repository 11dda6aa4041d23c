"""The specialist says how goals are kept here, in versions; the newest stands."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record
from evenhand.goals.kinds import Openness
from evenhand.goals.limits import rules_in_force
from evenhand.goals.models import GoalRules
from evenhand.goals.policies import may_set_rules
from evenhand.kernel.acting import Actor
from evenhand.kernel.locking import one_at_a_time
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict
from evenhand.people.models import Person

WHOLE = 100

NARROWER_THAN_USUAL = Verdict(
    "narrower_than_usual",
    _("The usual openness is wider than the widest. Choose a wider one, or a narrower usual one."),
    Ground.WHAT,
)
FEWER_THAN_MANY = Verdict(
    "fewer_than_many",
    _("The most goals allowed must be at least as many as those from which on one is warned."),
    Ground.WHAT,
)
WEIGHTS_DO_NOT_FIT = Verdict(
    "weights_do_not_fit",
    _("Weights lie between 1 and 100, and the least must not be above the most."),
    Ground.WHAT,
)
NO_DAYS = Verdict("no_days", _("Let there be at least one day between two check-ins."), Ground.WHAT)
REASON_MISSING = Verdict(
    "reason_missing", _("Say in a few words why the rules change."), Ground.WHAT
)
RULES_CHANGED = Verdict(
    "rules_changed",
    _("Somebody changed the rules meanwhile. Look at them again before you change them."),
    Ground.WHEN,
)


@dataclass(frozen=True, slots=True)
class RulesPlan:
    """How goals are kept: who reads them by default and at most, how many, how heavy, how often."""

    default_openness: str
    widest_openness: str
    many_goals: int
    most_goals: int
    lowest_weight: int
    highest_weight: int
    cadence_days: int
    grace_days: int

    @classmethod
    def of(cls, rules: GoalRules) -> "RulesPlan":
        return cls(**{field.name: getattr(rules, field.name) for field in fields(cls)})


def may_rule_so(plan: RulesPlan, reason: str) -> Verdict:
    """Rules fit together, and whoever changes them says why."""
    width = list(Openness)
    if width.index(Openness(plan.default_openness)) > width.index(Openness(plan.widest_openness)):
        return NARROWER_THAN_USUAL
    if not 1 <= plan.many_goals <= plan.most_goals:
        return FEWER_THAN_MANY
    if not 1 <= plan.lowest_weight <= plan.highest_weight <= WHOLE:
        return WEIGHTS_DO_NOT_FIT
    if plan.cadence_days < 1:
        return NO_DAYS
    return ALLOWED if reason.strip() else REASON_MISSING


@transaction.atomic
def set_rules(
    plan: RulesPlan, reason: str, *, by: Actor, at: datetime, seen: int | None
) -> GoalRules:
    """Let these rules stand from now on; former ones are kept.

    `seen` is the number of the rules the specialist had before them, None if there were none.
    Sent twice, they are kept once. Goals that are agreed stay as open as they are.
    """
    may_set_rules(by).enforce()
    may_rule_so(plan, reason).enforce()
    one_at_a_time("rules of goals")
    standing = rules_in_force()
    if RulesPlan.of(standing) == plan and standing.pk is not None:
        return standing
    if standing.pk != seen:
        RULES_CHANGED.enforce()
    kept = GoalRules.objects.create(
        **asdict(plan), author=Person.objects.get(pk=by.person_id), at=at, reason=reason.strip()
    )
    record("goal_rules.set", about=kept, by=by, at=at)
    return kept
