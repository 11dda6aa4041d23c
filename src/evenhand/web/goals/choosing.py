"""What a goal's form lets one find and choose: people, a unit, what the goal supports."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.goals.kinds import GoalState
from evenhand.goals.models import Goal, StrategicObjective
from evenhand.goals.policies import visible_goals
from evenhand.goals.strategy import visible_objectives
from evenhand.kernel.acting import Actor
from evenhand.people.charting import find_units
from evenhand.people.models import Unit
from evenhand.people.policies import people_with_open_records, visible_people, visible_units
from evenhand.people.queries import PersonRow, find_people, manager_of, rows_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_FOUND, MOST_WORDS = 8, 8


class Choosing(StrEnum):
    """What is chosen; also the name of the field."""

    OWNER = "owner"
    CO_OWNERS = "co_owners"
    PARTNER = "partner"
    UNIT = "unit"
    SUPPORTS = "supports"


@dataclass(frozen=True, slots=True)
class Choice:
    """A person, a unit, a goal or an objective that can be chosen."""

    value: str
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Picker:
    """A search within a form. What is chosen stays chosen, whatever is searched for next."""

    name: Choosing
    label: "StrOrPromise"
    placeholder: "StrOrPromise"
    chosen: Sequence[Choice]
    found: Sequence[Choice]
    query: str = ""
    none: "StrOrPromise" = ""

    @property
    def kind(self) -> str:
        return "checkbox" if self.name == Choosing.CO_OWNERS else "radio"

    @property
    def is_empty_handed(self) -> bool:
        return bool(self.query) and not self.found


LABELS: dict[Choosing, tuple["StrOrPromise", "StrOrPromise", "StrOrPromise"]] = {
    Choosing.OWNER: (_("Who answers for it"), _("A name or a number"), ""),
    Choosing.CO_OWNERS: (_("Who else owns it"), _("A name or a number"), ""),
    Choosing.PARTNER: (
        _("Who answers for it in the other unit"),
        _("A name or a number"),
        "",
    ),
    Choosing.UNIT: (
        _("In which unit it counts"),
        _("The name of a unit"),
        _("Where its owner works"),
    ),
    Choosing.SUPPORTS: (
        _("What it supports"),
        _("Words of a goal or an objective"),
        _("Nothing above"),
    ),
}


def picker(
    actor: Actor, name: Choosing, chosen: Collection[str], words: str, owner_id: int
) -> Picker:
    """What is chosen so far, and what the words find besides."""
    label, placeholder, none = LABELS[name]
    kept = _known(actor, name, [value for value in chosen if value])
    values = {choice.value for choice in kept}
    found = [one for one in _found(actor, name, words, owner_id) if one.value not in values]
    return Picker(name, label, placeholder, kept, found[:MOST_FOUND], words, none)


def _known(actor: Actor, name: Choosing, values: Sequence[str]) -> list[Choice]:
    """The choices behind these values, as far as one may see them."""
    if not values:
        return []
    if name == Choosing.SUPPORTS:
        return [
            *_of_goals(visible_goals(actor).filter(pk__in=_numbers(values, "goal-"))),
            *_of_objectives(
                visible_objectives(actor).filter(pk__in=_numbers(values, "objective-"))
            ),
        ]
    if name == Choosing.UNIT:
        return _of_units(visible_units(actor).filter(pk__in=_numbers(values)))
    people = visible_people(actor).filter(pk__in=_numbers(values))
    return _of_people(rows_of(list(people), on=actor.on))


def _found(actor: Actor, name: Choosing, words: str, owner_id: int) -> list[Choice]:
    if name == Choosing.SUPPORTS:
        return _supportable(actor, words, owner_id)
    if not words:
        return []
    if name == Choosing.UNIT:
        return _of_units(find_units(visible_units(actor), words))
    found = find_people(actor, words, limit=MOST_FOUND)
    if name == Choosing.OWNER:
        ids = [row.id for row in found]
        open_to = people_with_open_records(actor).filter(pk__in=ids).values_list("pk", flat=True)
        allowed = set(open_to)
        found = [row for row in found if row.id in allowed]
    return _of_people(found)


def _supportable(actor: Actor, words: str, owner_id: int) -> list[Choice]:
    """Without words: the objectives of today and the goals of the owner's manager."""
    objectives = StrategicObjective.objects.live(actor.on)
    goals = visible_goals(actor).filter(state=GoalState.ACTIVE)
    if not words:
        manager = manager_of(owner_id, actor.on)
        goals = goals.filter(owner=manager.pk) if manager else goals.none()
    for word in words.split()[:MOST_WORDS]:
        objectives = objectives.filter(title__icontains=word)
        goals = goals.filter(outcome__icontains=word)
    return [
        *_of_goals(goals.order_by("due_on", "pk")[:MOST_FOUND]),
        *_of_objectives(objectives.order_by("title", "pk")[:MOST_FOUND]),
    ]


def _of_goals(goals: QuerySet[Goal]) -> list[Choice]:
    rows = goals.select_related("owner")
    return [Choice(f"goal-{goal.pk}", goal.outcome, goal.owner.name) for goal in rows]


def _of_objectives(objectives: Iterable[StrategicObjective]) -> list[Choice]:
    detail = str(_("Strategic objective"))
    return [Choice(f"objective-{one.pk}", one.title, detail) for one in objectives]


def _of_units(units: Iterable[Unit]) -> list[Choice]:
    return [Choice(str(unit.pk), unit.name, unit.code) for unit in units]


def _of_people(rows: Iterable[PersonRow]) -> list[Choice]:
    return [Choice(str(row.id), row.name, row.detail) for row in rows]


def _numbers(values: Iterable[str], before: str = "") -> list[int]:
    numbers = (value.removeprefix(before) for value in values if value.startswith(before))
    return [int(number) for number in numbers if number.isdecimal()]
