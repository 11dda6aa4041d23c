"""What a filled sheet would make: a draft for each goal, or what to do about a cell."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from evenhand.goals.drafts import GoalDraft, PartDraft, cleaned
from evenhand.goals.giving import people_in_reach
from evenhand.goals.kinds import Ambition, GoalKind, GoalState
from evenhand.goals.limits import rules_in_force
from evenhand.goals.models import Goal, StrategicObjective
from evenhand.goals.policies import visible_goals
from evenhand.goals.sheets import BY_NAME_OF_COLUMN, MOST_GOALS, SheetRow, SheetRows
from evenhand.goals.soundness import may_be_agreed, may_be_kept
from evenhand.kernel.acting import Actor
from evenhand.people.models import Employment, Person
from evenhand.people.policies import visible_people
from evenhand.spreadsheets.dates import decide, read_date, style_for
from evenhand.spreadsheets.words import squeezed

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FAR = 50
TEXTS = ("outcome", "measure", "unit_of_measure", "data_source", "local_reason")
NUMBERS = ("baseline", "target", "low", "high", "tolerance")
CHOSEN = ("kind", "metric", "ambition", "openness")


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """What is wrong in a row, in which column, and what to do."""

    row: int
    column: str
    message: "StrOrPromise"


@dataclass(frozen=True, slots=True)
class PlannedGoal:
    """A goal that a sheet would make. `obstacles` say why it could not be proposed yet."""

    row: int
    person: Person
    draft: GoalDraft
    obstacles: "StrOrPromise" = ""


@dataclass(slots=True)
class SheetPlan:
    """Everything a sheet would make, and everything that stands in its way."""

    goals: list[PlannedGoal] = field(default_factory=list)
    problems: list[SheetProblem] = field(default_factory=list)

    @property
    def may_be_taken(self) -> bool:
        return bool(self.goals) and not self.problems

    @property
    def may_be_proposed(self) -> bool:
        return self.may_be_taken and not any(planned.obstacles for planned in self.goals)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known about all rows before they are looked at one by one."""

    people: Mapping[str, Person]
    reach: frozenset[int]
    objectives: Mapping[str, int]
    parents: frozenset[int]
    has: frozenset[tuple[int, str]]
    styles: Mapping[str, Sequence[Any]]
    cadence_days: int
    on: date


def plan_sheet(actor: Actor, sheet: SheetRows) -> SheetPlan:
    """What taking the sheet over would do today; nothing is changed."""
    plan = SheetPlan()
    known = _known(actor, sheet)
    groups = list(_grouped(sheet, plan))
    if len(groups) > MOST_GOALS:
        message = _("A sheet has at most %(n)d goals. Split it.") % {"n": MOST_GOALS}
        plan.problems.append(SheetProblem(groups[MOST_GOALS][0].number, "", message))
        return plan
    seen: dict[tuple[int, str], int] = {}
    for rows in groups:
        _look_at(rows, known, plan, seen)
    plan.problems.sort(key=lambda problem: problem.row)
    return plan


def _grouped(sheet: SheetRows, plan: SheetPlan) -> Iterator[list[SheetRow]]:
    """A row with a goal, and the rows below it that only say further parts."""
    group: list[SheetRow] = []
    for row in sheet.rows:
        is_goal = bool(row.said("outcome") or row.said("person"))
        if is_goal and group:
            yield group
        if is_goal:
            group = [row]
        elif group:
            group.append(row)
        else:
            message = _("This row says neither whose goal it is nor which. Fill in both.")
            plan.problems.append(_problem(row, "outcome", message))
    if group:
        yield group


def _look_at(
    rows: list[SheetRow], known: _Known, plan: SheetPlan, seen: dict[tuple[int, str], int]
) -> None:
    reading = _Reading(known, rows[0], plan)
    person, parts = reading.person(), _parts(rows, known, plan)
    values = reading.values()
    if reading.failed or person is None or parts is None:
        return
    draft = cleaned(GoalDraft(owner_id=person.pk, parts=parts, **values))
    verdict = may_be_kept(draft)
    if not verdict:
        plan.problems.append(_problem(rows[0], "", verdict.reason))
        return
    same = person.pk, squeezed(draft.outcome)
    if same in known.has:
        message = _("This person has a goal in these words already. Leave the row out.")
        plan.problems.append(_problem(rows[0], "outcome", message))
    elif (first := seen.setdefault(same, rows[0].number)) != rows[0].number:
        message = _("The same goal stands in row %(row)d already. Leave one of them out.")
        plan.problems.append(_problem(rows[0], "outcome", message % {"row": first}))
    else:
        ready = may_be_agreed(draft, on=known.on)
        obstacles = "" if ready else ready.reason
        plan.goals.append(PlannedGoal(rows[0].number, person, draft, obstacles))


def _parts(rows: list[SheetRow], known: _Known, plan: SheetPlan) -> tuple[PartDraft, ...] | None:
    parts, is_wrong = [], False
    for row in rows:
        if not any(name.startswith("part_") for name in row.words):
            continue
        reading = _Reading(known, row, plan)
        values: dict[str, Any] = {
            "title": reading.needed("part_title"),
            "weight": reading.whole("part_weight") or 0,
            "metric": reading.choice("part_metric"),
            "unit_of_measure": row.said("part_unit"),
            "baseline": reading.number("part_baseline"),
            "target": reading.number("part_target"),
            "due_on": reading.day("part_due_on"),
        }
        is_wrong = is_wrong or reading.failed
        parts.append(PartDraft(**values))
    return None if is_wrong else tuple(parts)


class _Reading:
    """Reads the cells of one row, and notes what cannot be read."""

    def __init__(self, known: _Known, row: SheetRow, plan: SheetPlan) -> None:
        self.known, self.row, self.plan, self.failed = known, row, plan, False

    def fail(self, name: str, message: str) -> None:
        self.failed = True
        self.plan.problems.append(_problem(self.row, name, message))

    def values(self) -> dict[str, Any]:
        first, last = self.day("starts_on") or self.known.on, self.day("due_on")
        if last is None and not self.row.said("due_on"):
            self.fail("due_on", _("Say until when: a day such as 2026-12-31."))
        values: dict[str, Any] = {name: self.row.said(name) for name in TEXTS}
        values |= {name: self.number(name) for name in NUMBERS}
        values |= {name: self.choice(name) for name in CHOSEN}
        values["outcome"] = self.needed("outcome")
        return values | {
            "kind": values["kind"] or GoalKind.KPI,
            "ambition": values["ambition"] or Ambition.COMMITTED,
            "starts_on": first,
            "due_on": last or first,
            "cadence_days": self.whole("cadence_days") or self.known.cadence_days,
            "objective_id": self.objective(),
            "parent_id": self.parent(),
        }

    def person(self) -> Person | None:
        said = self.row.said("person")
        person = self.known.people.get(said.casefold())
        if person is None:
            self.fail("person", _("Nobody here has this number. The sheet “People” has yours."))
        elif person.pk not in self.known.reach:
            self.fail(
                "person", _("You write goals for yourself, people below you and in your care.")
            )
        return person

    def needed(self, name: str) -> str:
        said = self.row.said(name)
        if not said:
            self.fail(name, _("Fill this in."))
        return said

    def number(self, name: str) -> Decimal | None:
        said = self.row.said(name).replace("\u00a0", "").replace(" ", "")
        if not said:
            return None
        try:
            value = Decimal(said)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            self.fail(name, _("This is not a number. Write it like 1234.5, without a unit."))
            return None
        return value

    def whole(self, name: str) -> int | None:
        value = self.number(name)
        if value is None:
            return None
        if value != value.to_integral_value() or not 0 < value <= FAR * 10:
            self.fail(name, _("Write a whole number above 0."))
            return None
        return int(value)

    def day(self, name: str) -> date | None:
        said = self.row.said(name)
        if not said:
            return None
        style = style_for(said, self.known.styles.get(name, ()))
        latest = self.known.on.year + FAR
        day = read_date(said, style, latest_year=latest) if style else None
        if day is None:
            self.fail(name, _("This is not a day for certain. Write it like 2026-12-31."))
        return day

    def choice(self, name: str) -> str:
        said, column = self.row.said(name), BY_NAME_OF_COLUMN[name]
        if not said or column.choices is None:
            return ""
        for value, label in column.choices.choices:
            if squeezed(said) in {squeezed(str(label)), squeezed(value)}:
                return str(value)
        choices = ", ".join(str(label) for _value, label in column.choices.choices)
        self.fail(name, _("Write one of: %(choices)s.") % {"choices": choices})
        return ""

    def objective(self) -> int | None:
        said = self.row.said("objective")
        found = self.known.objectives.get(squeezed(said)) if said else None
        if said and found is None:
            self.fail("objective", _("No objective of today has these words. Choose one, or none."))
        return found

    def parent(self) -> int | None:
        said = self.row.said("parent")
        if not said:
            return None
        if not said.isdecimal() or int(said) not in self.known.parents:
            self.fail("parent", _("There is no goal of this number that you see."))
            return None
        return int(said)


def _known(actor: Actor, sheet: SheetRows) -> _Known:
    numbers = {row.said("person") for row in sheet.rows if row.said("person")}
    people = list(visible_people(actor).filter(number__in=numbers))
    ids = [person.pk for person in people]
    parents = {row.said("parent") for row in sheet.rows if row.said("parent").isdecimal()}
    objectives = StrategicObjective.objects.live(actor.on).values_list("title", "pk")
    return _Known(
        people={person.number.casefold(): person for person in people},
        reach=frozenset(_may_have_goals(actor, ids)),
        objectives={squeezed(title): pk for title, pk in objectives},
        parents=frozenset(
            visible_goals(actor)
            .filter(pk__in=[int(said) for said in parents if len(said) < 18])  # noqa: PLR2004  # a key
            .exclude(state__in=(GoalState.DROPPED, GoalState.DISCARDED))
            .values_list("pk", flat=True)
        ),
        has=frozenset(_goals_they_have(actor, ids)),
        styles={
            name: _styles(sheet, name, actor.on) for name in ("starts_on", "due_on", "part_due_on")
        },
        cadence_days=rules_in_force().cadence_days,
        on=actor.on,
    )


def _may_have_goals(actor: Actor, ids: list[int]) -> Iterator[int]:
    yield from people_in_reach(actor).filter(pk__in=ids).values_list("pk", flat=True)
    employed = Employment.objects.on(actor.on).filter(person=actor.person_id)
    if not actor.is_delegate and employed.exists():
        yield actor.person_id


def _goals_they_have(actor: Actor, ids: list[int]) -> Iterator[tuple[int, str]]:
    """What stands already, and one's own drafts, so that a sheet brought twice is one sheet."""
    states = (GoalState.DRAFT, GoalState.PROPOSED, GoalState.ACTIVE)
    goals = Goal.objects.filter(pk__in=visible_goals(actor).values("pk"), owner__in=ids)
    rows = goals.filter(state__in=states, due_on__gte=actor.on).values_list("owner", "outcome")
    return ((owner, squeezed(outcome)) for owner, outcome in rows)


def _styles(sheet: SheetRows, name: str, on: date) -> Sequence[Any]:
    said: Callable[[SheetRow], str] = lambda row: row.said(name)  # noqa: E731  # one column
    return decide(map(said, sheet.rows), latest_year=on.year + FAR).styles


def _problem(row: SheetRow, name: str, message: "StrOrPromise") -> SheetProblem:
    label = str(BY_NAME_OF_COLUMN[name].label) if name else ""
    return SheetProblem(row.number, label, message)
