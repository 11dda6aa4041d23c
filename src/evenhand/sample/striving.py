"""What the invented people want to reach in a year, good goals and less good ones.

Goals go down from the strategic objectives through units to people. Some lead nowhere, a few are
activities or repeat the words of the goal above, and some people have none: that is how it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from random import Random

from evenhand.goals.kinds import GoalKind, Metric, Scope
from evenhand.goals.library import LibraryDraft, goals_that_come_along
from evenhand.sample.chances import happens
from evenhand.sample.measures import Figures, figures_for
from evenhand.sample.organization import InventedPerson, InventedUnit, Organization, Storey
from evenhand.sample.rounds import Round
from evenhand.sample.vocabulary import strategy

LARGE = 2_500
WEIGHTS: Mapping[int, tuple[int, ...]] = {
    1: (100,),
    2: (60, 40),
    3: (40, 35, 25),
    4: (35, 30, 20, 15),
}
NOBODY_YET, ACTIVITY, COPY, NOWHERE, ON_ITS_OWN, STRAIGHT_UP = 6, 4, 3, 6, 5, 10


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal before it is stored. What it supports is another aim, or an objective, by number."""

    owner: int
    unit: int
    scope: Scope
    draft: LibraryDraft
    code: str
    figures: Figures
    weight: int | None = None
    parent: int | None = None
    objective: int | None = None
    local_reason: str = ""
    is_well_on: float = 1.0


@dataclass(slots=True)
class Striving:
    """All aims of a round, the ones above before those below."""

    organization: Organization
    round: Round
    talent: Sequence[float]
    rng: Random
    aims: list[Aim] = field(default_factory=list)
    of_units: dict[int, int] = field(default_factory=dict)

    def invent(self) -> list[Aim]:
        for unit in sorted(self.organization.units, key=lambda u: (u.storey, u.key)):
            if unit.storey != Storey.COMPANY:
                self._of_unit(unit)
        for person in self.organization.people:
            if self._takes_part(person):
                self._of_person(person)
        return self.aims

    def _of_unit(self, unit: InventedUnit) -> None:
        head = self.organization.people[unit.head]
        if not self._takes_part(head):
            return
        chosen = self.rng.choice(_offered(head, leads=True))
        above = self.of_units.get(unit.parent) if unit.parent is not None else None
        aim = self._aim(head, unit.key, chosen, Scope.UNIT)
        placed = replace(aim, parent=above) if above is not None else _served(aim)
        self.of_units[unit.key] = len(self.aims)
        self.aims.append(placed)

    def _of_person(self, person: InventedPerson) -> None:
        if happens(NOBODY_YET, self.rng) and not self._signs_in(person):
            return
        post = person.post_on(self._day)
        if post is None:
            return
        offered = _offered(person, leads=person.leads)
        count = min(self._how_many(), len(offered))
        for (code, draft), weight in zip(
            self.rng.sample(offered, count), WEIGHTS[count], strict=True
        ):
            aim = self._aim(person, post.unit, (code, draft), Scope.PERSON)
            self.aims.append(self._placed(replace(self._spoilt(aim), weight=weight)))

    def _aim(
        self, person: InventedPerson, unit: int, chosen: tuple[str, LibraryDraft], scope: Scope
    ) -> Aim:
        code, draft = chosen
        pace = 0.98 + 0.16 * self.talent[person.key] + self.rng.gauss(0, 0.22)
        figures = figures_for(draft, self.rng)
        return Aim(person.key, unit, scope, draft, code, figures, is_well_on=max(0.05, pace))

    def _placed(self, aim: Aim) -> Aim:
        """Under the goal of the unit, further up, or nowhere."""
        if happens(NOWHERE, self.rng):
            return aim
        if happens(ON_ITS_OWN, self.rng):
            return replace(aim, local_reason=self.rng.choice(strategy().talk["local_reasons"]))
        above = self._nearest(aim.unit)
        if above is None or happens(STRAIGHT_UP, self.rng):
            return _served(aim)
        if happens(COPY, self.rng):
            copied = self.aims[above].draft.outcome
            aim = replace(aim, draft=replace(aim.draft, outcome=copied))
        return replace(aim, parent=above)

    def _spoilt(self, aim: Aim) -> Aim:
        """Now and then somebody notes what they will do instead of what will come of it."""
        if not happens(ACTIVITY, self.rng) or self._signs_in_key(aim.owner):
            return aim
        outcome = self.rng.choice(strategy().talk["activities"])
        draft = LibraryDraft(
            outcome=outcome,
            kind=GoalKind.KPI,
            metric=Metric.CUMULATIVE,
            direction="up",
            measure="Done so far",
            unit_of_measure="times",
            data_source="Own calendar",
        )
        return replace(aim, draft=draft, code="", figures=figures_for(draft, self.rng))

    def _nearest(self, unit: int) -> int | None:
        """The goal of the unit or of the next one above that has one."""
        at: int | None = unit
        while at is not None:
            if at in self.of_units:
                return self.of_units[at]
            at = self.organization.units[at].parent
        return None

    def _how_many(self) -> int:
        if len(self.organization.people) >= LARGE:
            return 2
        return self.rng.choices((2, 3, 4), (25, 55, 20))[0]

    def _takes_part(self, person: InventedPerson) -> bool:
        round_ = self.round
        return person.works_on(self._day) and person.hired_on < round_.hired_before

    @property
    def _day(self) -> date:
        return min(self.round.period_ends_on, self.round.launched_on)

    def _signs_in(self, person: InventedPerson) -> bool:
        return self._signs_in_key(person.key)

    def _signs_in_key(self, key: int) -> bool:
        return any(sign_in.person == key for sign_in in self.organization.sign_ins)


def _served(aim: Aim) -> Aim:
    """Straight under the objective whose words the goal shares most."""
    said = f"{aim.draft.outcome} {aim.draft.why} {aim.draft.measure}".casefold()
    hits = [sum(word in said for word in one.words) for one in strategy().objectives]
    return replace(aim, objective=hits.index(max(hits)))


def _offered(person: InventedPerson, *, leads: bool) -> list[tuple[str, LibraryDraft]]:
    family = person.posts[-1].job_family if person.posts else ""
    own = [row for row in _usable() if family in row[1].job_families]
    general = [row for row in _usable() if not row[1].job_families]
    of_leads = [row for row in general if row[0].startswith("leading")]
    for_all = [row for row in general if not row[0].startswith("leading")]
    return own + (of_leads if leads else for_all)


@cache
def _usable() -> tuple[tuple[str, LibraryDraft], ...]:
    return tuple(row for row in goals_that_come_along().items() if _can_be_counted(row[1]))


def _can_be_counted(draft: LibraryDraft) -> bool:
    """Made-up figures would tell sums that should stay small, and quotients, wrongly."""
    if draft.metric == Metric.CUMULATIVE and draft.direction == "down":
        return False
    return draft.metric != Metric.RATE or draft.unit_of_measure == "%"
