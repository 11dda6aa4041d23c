"""The organization chart before anybody sits on it: units four deep and a seat for each person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, cycle, zip_longest
from random import Random

from evenhand.sample.chances import happens
from evenhand.sample.company import Company, Site
from evenhand.sample.organization import Storey
from evenhand.sample.vocabulary import DepartmentPlan, DivisionPlan, divisions

WIDEST = 13  # from so many leads on, somebody stands between them and their manager
BESIDE = 8  # so many leads share one such manager
ONE_DEPARTMENT = 12
SMALLEST_DIVISION = 7
LARGE_DEPARTMENT = 60
BIGGEST_DEPARTMENT = 450
SMALLEST_TEAM = 5
PAIR = 2
CROWD = 20
MEMBER_GRADES = ((1, 2, 3, 4, 5, 6), tuple(accumulate((6, 18, 30, 24, 14, 8))))


@dataclass(slots=True)
class PlannedUnit:
    key: int
    name: str
    storey: Storey
    parent: int | None
    head: int = 0


@dataclass(slots=True)
class Seat:
    key: int
    unit: int
    manager: int | None
    depth: int
    family: str
    grade: int
    site: Site
    leads: bool = False


@dataclass(slots=True)
class Team:
    unit: int
    department: int
    head: int
    members: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chart:
    units: list[PlannedUnit]
    seats: list[Seat]
    teams: list[Team]


def draw_chart(company: Company, seats: int, rng: Random) -> Chart:
    draft = _Draft(company, rng)
    top = draft.unit(company.name, Storey.COMPANY, None)
    chief = draft.seat(_Opening(top, None, divisions()[0], company.sites[0]), 9, leads=True)
    budgets = _budgets(seats - 1)
    for plan, budget in zip(divisions(), budgets, strict=False):
        draft.division(plan, budget, chief)
    return Chart(draft.units, draft.seats, draft.teams)


def _budgets(people: int) -> list[int]:
    """How many sit in each division; a small company has only the first few."""
    count = next((n for n, most in ((3, 30), (4, 60), (5, 90), (6, 140)) if people < most), 7)
    plans = divisions()[:count]
    whole = sum(plan.share for plan in plans)
    budgets = [max(SMALLEST_DIVISION, people * plan.share // whole) for plan in plans[1:]]
    return [people - sum(budgets), *budgets]


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a seat is to stand: its unit, its manager, whose words it speaks, in which city."""

    unit: PlannedUnit
    manager: Seat | None
    plan: DivisionPlan | DepartmentPlan
    site: Site


class _Draft:
    def __init__(self, company: Company, rng: Random) -> None:
        self.company = company
        self.rng = rng
        self.units: list[PlannedUnit] = []
        self.seats: list[Seat] = []
        self.teams: list[Team] = []
        self._has_crowd = False
        self._deal = _dealt(company.sites, rng)

    def unit(self, name: str, storey: Storey, parent: PlannedUnit | None) -> PlannedUnit:
        unit = PlannedUnit(len(self.units), name, storey, parent.key if parent else None)
        self.units.append(unit)
        return unit

    def seat(self, at: _Opening, grade: int, *, leads: bool = False) -> Seat:
        manager = at.manager
        seat = Seat(
            key=len(self.seats),
            unit=at.unit.key,
            manager=manager.key if manager else None,
            depth=manager.depth + 1 if manager else 0,
            family=at.plan.family,
            grade=grade,
            site=at.site,
            leads=leads,
        )
        self.seats.append(seat)
        return seat

    def site(self, country: str = "") -> Site:
        sites = [site for site in self.company.sites if country in {"", site.country}]
        if country:
            return self.rng.choices(sites, [site.share for site in sites])[0]
        return next(self._deal)

    def division(self, plan: DivisionPlan, budget: int, chief: Seat) -> None:
        unit = self.unit(plan.name, Storey.DIVISION, self.units[0])
        home = self.company.sites[0] if happens(60, self.rng) else self.site()
        head = self.seat(_Opening(unit, chief, plan, home), 9, leads=True)
        unit.head = head.key
        rest = budget - 1
        count = max(
            min(len(plan.departments), rest // plan.department_size), -(-rest // BIGGEST_DEPARTMENT)
        )
        if count < len(_families(plan)) or rest <= ONE_DEPARTMENT:
            self._only_department(plan, rest, unit, head)
            return
        managers = self._between(count, _Opening(unit, head, plan, home), 8)
        sizes = _shares(rest - len(managers), count, self.rng)
        for number, size in enumerate(sizes):
            department, site = self._department_plan(plan, number)
            manager = managers[number * len(managers) // count] if managers else head
            below = self.unit(department.name, Storey.DEPARTMENT, unit)
            self._department(_Opening(below, manager, department, site), size)

    def _only_department(
        self, plan: DivisionPlan, rest: int, unit: PlannedUnit, head: Seat
    ) -> None:
        """In a small division its head leads the only department, and perhaps its people, too."""
        first = plan.departments[0]
        families = _families(plan)
        name = plan.name if len(families) > 1 else first.name
        below = self.unit(name, Storey.DEPARTMENT, unit)
        below.head = head.key
        before = len(self.seats)
        self._teams(_Opening(below, head, first, head.site), rest, first.teams)
        members = (seat for seat in self.seats[before:] if not seat.leads)
        for seat, family in zip(members, cycle(families), strict=False):
            seat.family = family

    def _department_plan(self, plan: DivisionPlan, number: int) -> tuple[DepartmentPlan, Site]:
        """The departments of the plan first, then the same again in other cities."""
        again, at = divmod(number, len(plan.departments))
        department = plan.departments[at]
        if not again:
            return department, self.site(department.country)
        city = self.company.sites[again % len(self.company.sites)]
        series = again // len(self.company.sites)
        suffix = f"{city.city} {series + 1}" if series else city.city
        name = f"{department.name} {suffix}"
        return DepartmentPlan(name, department.family, department.teams), city

    def _department(self, at: _Opening, budget: int) -> None:
        head = self.seat(at, 8 if budget > LARGE_DEPARTMENT else 7, leads=True)
        at.unit.head = head.key
        assert isinstance(at.plan, DepartmentPlan)  # noqa: S101  # narrows the type
        self._teams(_Opening(at.unit, head, at.plan, at.site), budget - 1, at.plan.teams)

    def _teams(self, at: _Opening, budget: int, names: Sequence[str]) -> None:
        crowd = self._crowd(budget)
        sizes = [*crowd, *_team_sizes(budget - sum(crowd), self.rng)]
        expected = -(-len(sizes) // BESIDE) if len(sizes) > WIDEST else 0
        if expected:
            sizes = list(_team_sizes(budget - expected, self.rng))
        managers = self._between(expected * BESIDE if expected else 0, at, 7)
        for number, size in enumerate(sizes):
            manager = managers[number * len(managers) // len(sizes)] if managers else at.manager
            again, which = divmod(number, len(names))
            name = f"{names[which]} {again + 1}" if again else names[which]
            unit = self.unit(name, Storey.TEAM, at.unit)
            stays = 50 if budget > ONE_DEPARTMENT else 0
            site = at.site if happens(stays, self.rng) else self.site(_own_country(at.plan))
            self._team(_Opening(unit, manager, at.plan, site), size, at.unit)

    def _crowd(self, budget: int) -> list[int]:
        """One team clearly too large for its lead beside one of two, where there are people."""
        if self._has_crowd or budget < CROWD + PAIR + SMALLEST_TEAM:
            return []
        self._has_crowd = True
        return [CROWD, PAIR]

    def _team(self, at: _Opening, size: int, department: PlannedUnit) -> None:
        """A very small group works directly for the manager above."""
        head = at.manager
        if size >= SMALLEST_TEAM or size == PAIR:
            head = self.seat(at, self.rng.choice((5, 6)), leads=True)
            size -= 1
        assert head is not None  # noqa: S101  # only the chief has no manager
        at.unit.head = head.key
        team = Team(at.unit.key, department.key, head.key)
        grades, weights = MEMBER_GRADES
        for grade in self.rng.choices(grades, cum_weights=weights, k=size):
            member = self.seat(_Opening(at.unit, head, at.plan, at.site), grade)
            team.members.append(member.key)
        self.teams.append(team)

    def _between(self, leads: int, at: _Opening, grade: int) -> list[Seat]:
        """Managers between a head and more leads than one person can know."""
        if leads <= WIDEST:
            return []
        return [self.seat(at, grade, leads=True) for _ in range(-(-leads // BESIDE))]


def _dealt(sites: Sequence[Site], rng: Random) -> Iterator[Site]:
    """Sites like cards from a deck, the countries in turn, so that a small company has them all."""
    countries = list(dict.fromkeys(site.country for site in sites))
    while True:
        deck = [site for site in sites for _ in range(max(1, site.share // 7))]
        rng.shuffle(deck)
        piles = [[site for site in deck if site.country == country] for country in countries]
        for row in zip_longest(*piles):
            yield from (site for site in row if site)


def _own_country(plan: DivisionPlan | DepartmentPlan) -> str:
    return plan.country if isinstance(plan, DepartmentPlan) else ""


def _families(plan: DivisionPlan) -> list[str]:
    return list(dict.fromkeys(department.family for department in plan.departments))


def _shares(whole: int, count: int, rng: Random) -> list[int]:
    weights = [rng.uniform(0.7, 1.3) for _ in range(count)]
    marks = [round(whole * upto / sum(weights)) for upto in accumulate(weights)]
    return [mark - before for before, mark in zip([0, *marks], marks, strict=False)]


def _team_sizes(budget: int, rng: Random) -> Iterator[int]:
    """Sizes with the lead: most from 5 to 13, some pairs, some far too many."""
    while budget > 0:
        if happens(3, rng):
            size = PAIR
        elif happens(8, rng):
            size = rng.randint(19, 25)
        else:
            size = round(rng.triangular(SMALLEST_TEAM, 13, 8.5))
        size = budget if budget - size <= PAIR else size
        yield size
        budget -= size


def first_leads(chart: Chart) -> Iterator[Team]:
    """The teams whose lead has a manager who is not the chief."""
    for team in chart.teams:
        head = chart.seats[team.head]
        if head.unit == team.unit and head.depth > 1 and team.members:
            yield team
