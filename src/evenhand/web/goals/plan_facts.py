"""A plan as facts one can read, and what two editions of it say differently."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.goals.drafts import GoalDraft, PartDraft, parts_of_rows
from evenhand.goals.kinds import Ambition, GoalKind, Metric
from evenhand.goals.models import Goal, GoalPart, GoalVersion
from evenhand.web.templatetags.goals import figure


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a plan says, under a name that stays the same from edition to edition."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What a plan said and what it says instead; empty where it says nothing."""

    label: str
    before: str
    after: str


Plan = Goal | GoalVersion | GoalDraft


def facts_of(plan: Plan, parts: Iterable[PartDraft]) -> list[Fact]:
    """Everything a plan says, in the order in which one asks."""
    return [fact for fact in (*_facts(plan), *_part_facts(parts)) if fact.value]


def facts_of_goal(goal: Goal, parts: Iterable[GoalPart]) -> list[Fact]:
    return facts_of(goal, [_draft(part) for part in parts])


def facts_of_version(version: GoalVersion) -> list[Fact]:
    return facts_of(version, parts_of_rows(version.parts))


def differences(before: Iterable[Fact], after: Iterable[Fact]) -> list[Difference]:
    """What changed from one edition to the next, in the order of the newer one."""
    old, new = ({fact.name: fact for fact in facts} for facts in (before, after))
    gone = [Difference(fact.label, fact.value, "") for fact in old.values() if fact.name not in new]
    changed = [
        Difference(fact.label, old[fact.name].value if fact.name in old else "", fact.value)
        for fact in new.values()
        if fact.name not in old or old[fact.name].value != fact.value
    ]
    return changed + gone


def measured(value: object, unit: str) -> str:
    """A value with its unit."""
    return f"{figure(value)} {unit}".strip()  # type: ignore[arg-type]  # a decimal


def _draft(part: GoalPart) -> PartDraft:
    names = [field.name for field in fields(PartDraft)]
    return PartDraft(**{name: getattr(part, name) for name in names})


def _facts(plan: Plan) -> Iterator[Fact]:
    unit = plan.unit_of_measure
    kind = GoalKind(plan.kind)
    yield Fact("outcome", _("Outcome"), plan.outcome)
    yield Fact("kind", _("Kind"), str(kind.label))
    yield Fact("ambition", _("Expected of it"), str(Ambition(plan.ambition).label))
    yield Fact("measure", _("What is measured"), plan.measure)
    if plan.metric and kind in {GoalKind.KPI, GoalKind.MAINTAIN}:
        yield Fact("metric", _("How values make one figure"), str(Metric(plan.metric).label))
    for name, label in (
        ("baseline", _("Baseline")),
        ("target", _("Target")),
        ("low", _("Not below")),
        ("high", _("Not above")),
        ("tolerance", _("Tolerance")),
    ):
        value = getattr(plan, name)
        yield Fact(name, label, "" if value is None else measured(value, unit))
    yield Fact("data_source", _("Where the figure comes from"), plan.data_source)
    yield Fact("starts_on", _("From"), _day(plan.starts_on))
    yield Fact("due_on", _("Until"), _day(plan.due_on))
    yield Fact("cadence_days", _("Check-in"), _cadence(plan.cadence_days))
    yield Fact("description", _("What else there is to know"), plan.description)


def _part_facts(parts: Iterable[PartDraft]) -> Iterator[Fact]:
    """A part keeps its name by its number; one that has none yet, by its place."""
    for place, part in enumerate(parts, 1):
        label = _("Key result %(n)d") if part.metric else _("Milestone %(n)d")
        yield Fact(f"part-{part.id or f'new-{place}'}", label % {"n": place}, _said(part))


def _said(part: PartDraft) -> str:
    said = [part.title]
    if part.metric and part.target is not None:
        unit = part.unit_of_measure
        way = {"baseline": figure(part.baseline), "target": measured(part.target, unit)}
        said.append(_("from %(baseline)s to %(target)s") % way)
    said.append(_("weight %(weight)d%%") % {"weight": part.weight})
    if part.due_on:
        said.append(_("by %(day)s") % {"day": _day(part.due_on)})
    return " · ".join(said)


def _cadence(days: int) -> str:
    return ngettext("every day", "every %(n)d days", days) % {"n": days}


def _day(on: date) -> str:
    return date_format(on, "j F Y")
