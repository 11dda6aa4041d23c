"""How well goals lead to the strategy: each figure with its formula and what it is made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from evenhand.goals.alignment import (
    ALIGNED_AIM,
    COVERAGE_AIM,
    Alignment,
    Share,
    read_alignment,
)
from evenhand.goals.charting import MOST_UNITS, USUAL_DEPTH, units_below
from evenhand.goals.scopes import EVERYBODY, GoalScope, may_measure, may_see_figures, scopes_of
from evenhand.kernel.acting import Actor
from evenhand.people.charting import units_above
from evenhand.people.models import Unit
from evenhand.people.policies import visible_units
from evenhand.web.http import PersonRequest, key


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as the page shows it; without an aim nothing is judged."""

    name: str
    share: Decimal | None
    made_of: str
    formula: str
    aim: str = ""
    reaches: bool | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Something that was counted and deserves a look where there is any."""

    name: str
    count: int
    meaning: str
    url: str = ""

    @property
    def said(self) -> str:
        return f"{self.count:,}"


@dataclass(frozen=True, slots=True)
class Choice:
    """A group whose figures one may open."""

    title: str
    url: str
    is_current: bool = False


@require_safe
def figures(request: PersonRequest) -> HttpResponse:
    """The figures of one group of people."""
    scopes = scopes_of(request.actor)
    scope, unit = _asked(request, scopes)
    may_measure(request.actor, scope).enforce()
    reading = read_alignment(scope, request.actor.on, timezone.now())
    found = reading.alignment
    context = {
        "title": _title(scope, unit),
        "choices": _choices(request.actor, scopes, scope),
        "units": _units(request.actor, scope, unit),
        "above": _above(request.actor, unit),
        "counted_at": reading.at,
        "too_few": may_see_figures(request.actor, scope, found.people),
        "alignment": found,
        "figures": list(_figures(found)),
        "looks": list(_looks(found)),
    }
    return render(request, "alignment/figures.html", context)


def _asked(request: PersonRequest, widest: list[GoalScope]) -> tuple[GoalScope, Unit | None]:
    if "unit" in request.GET:
        chosen = get_object_or_404(visible_units(request.actor), pk=key(request.GET["unit"]))
        return GoalScope(unit_id=chosen.pk), chosen
    if "team" in request.GET:
        return GoalScope(manager_id=request.actor.person_id), None
    if not widest:
        raise Http404
    first = widest[0]
    unit = visible_units(request.actor).filter(pk=first.unit_id).first() if first.unit_id else None
    return first, unit


def _title(scope: GoalScope, unit: Unit | None) -> str:
    if scope.manager_id is not None:
        return _("People below me")
    return unit.name if unit else _("The whole organization")


def _choices(actor: Actor, scopes: list[GoalScope], present: GoalScope) -> list[Choice]:
    ids = [scope.unit_id for scope in scopes if scope.unit_id]
    names = {unit.pk: unit for unit in visible_units(actor).filter(pk__in=ids)} if ids else {}
    return [
        Choice(_title(scope, names.get(scope.unit_id or 0)), _address(scope), scope == present)
        for scope in scopes
    ]


def _units(actor: Actor, scope: GoalScope, unit: Unit | None) -> list[Choice]:
    """The units right below, where one may look into each."""
    if scope.manager_id is not None:
        return []
    rows = list(units_below(unit.pk if unit else None, actor.on)[:MOST_UNITS])
    if not rows or not may_measure(actor, GoalScope(unit_id=rows[0].pk)):
        return []
    return [Choice(row.name, _address(GoalScope(unit_id=row.pk))) for row in rows]


def _above(actor: Actor, unit: Unit | None) -> Choice | None:
    above = units_above(unit)[-1:] if unit else []
    scope = GoalScope(unit_id=above[0].pk) if above else EVERYBODY
    if unit is None or not may_measure(actor, scope):
        return None
    return Choice(_title(scope, above[0] if above else None), _address(scope))


def _address(scope: GoalScope) -> str:
    asked: dict[str, int] = {}
    if scope.manager_id is not None:
        asked = {"team": 1}
    elif scope.unit_id is not None:
        asked = {"unit": scope.unit_id}
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{reverse('alignment:figures')}{query}"


def _figures(found: Alignment) -> Iterable[Figure]:
    yield _figure(
        _("Aligned goals"),
        found.aligned_share,
        _("%(part)s of %(whole)s active goals"),
        _("Active goals whose chain reaches an objective that holds today, out of all of them."),
        ALIGNED_AIM,
    )
    yield _figure(
        _("Objectives served"),
        found.coverage,
        _("%(part)s of %(whole)s objectives"),
        _("Objectives that hold today and to which at least one active goal leads, out of all."),
        COVERAGE_AIM,
    )
    yield _figure(
        _("Aligned by weight"),
        found.weight_share,
        ngettext(
            "%(part)s of %(whole)s points of weight on %(n)s goal",
            "%(part)s of %(whole)s points of weight on %(n)s goals",
            found.weighed_goals,
        ).replace("%(n)s", f"{found.weighed_goals:,}"),
        _("The weight of aligned goals, out of the weight of all goals that were weighed."),
    )
    counts = " + ".join(f"{n:,}" for n in sorted(found.goals_by_objective, reverse=True)[:6])
    yield Figure(
        _("Concentration"),
        found.concentration,
        _("Aligned goals by objective: %(counts)s") % {"counts": counts or "0"},
        _(
            "The share of each objective in the aligned goals, squared and summed. 100% means that"
            " all goals serve one objective."
        ),
    )


def _figure(
    name: str, share: Share, made_of: str, formula: str, aim: Decimal | None = None
) -> Figure:
    words = made_of % {"part": f"{share.part:,}", "whole": f"{share.whole:,}"}
    if aim is None:
        return Figure(name, share.value, words, formula)
    return Figure(name, share.value, words, formula, f"{aim * 100:.0f}%", share.reaches(aim))


def _looks(found: Alignment) -> Iterable[Look]:
    heap = reverse("alignment") + "?at="
    yield Look(
        _("Support nothing"),
        found.orphans,
        _("No goal, no objective and no reason are named."),
        f"{heap}nothing",
    )
    yield Look(
        _("Local goals"), found.local, _("They support nothing, and say why."), f"{heap}nothing"
    )
    yield Look(
        _("Lead to no objective"),
        found.dangling,
        _("The chain above ends: a goal was given up, or an objective no longer holds."),
        f"{heap}broken",
    )
    yield Look(
        _("Repeat the goal above"),
        found.near_copies,
        _("Copied words raise the aligned share without saying who does what."),
    )
    yield Look(
        _("Far down the chain"),
        found.too_deep,
        _("More than %(usual)s steps from the top; the deepest is at step %(deepest)s.")
        % {"usual": USUAL_DEPTH, "deepest": found.deepest},
    )
    yield Look(
        _("Shared goals that wait for a unit"),
        found.waiting_for_a_unit,
        _("One of the two units has not agreed yet."),
    )
