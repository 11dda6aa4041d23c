"""What every seat has gone through: its managers in the past, its moves and its promotions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from evenhand.people.kinds import LineKind
from evenhand.sample import tenure
from evenhand.sample.chances import happens
from evenhand.sample.chart import Chart, Seat, Team
from evenhand.sample.organization import Line, Post, Spell
from evenhand.sample.tenure import Tenure, clipped
from evenhand.sample.vocabulary import job_families

TOP_OF_CRAFT = 6


@dataclass(frozen=True, slots=True)
class Move:
    """That somebody came from another team on a day."""

    on: date
    unit: int
    head: int


@dataclass(slots=True)
class Careers:
    """The tenures by seat, and who led a team before its present lead."""

    chart: Chart
    today: date
    tenures: dict[int, Tenure] = field(default_factory=dict)
    former_leads: dict[int, int] = field(default_factory=dict)
    moves: dict[int, Move] = field(default_factory=dict)

    def led(self, head: int | None, spell: Spell) -> Iterator[tuple[int, Spell]]:
        """Who led the group of a head over a time, backwards: the head, those before, those above.

        Whoever stands in has always a place higher up, so no line ever runs in a circle.
        """
        if head is None:
            return
        seat, own = self.chart.seats[head], self.tenures[head]
        starts_on = max(spell.starts_on, own.leads_from)
        if starts_on < spell.ends_on:
            yield head, Spell(starts_on, spell.ends_on)
        ends_on = min(spell.ends_on, own.leads_from)
        former = self.former_leads.get(head)
        if former is not None:
            since = max(spell.starts_on, self.tenures[former].leads_from)
            if since < ends_on:
                yield former, Spell(since, ends_on)
                ends_on = since
        if spell.starts_on < ends_on:
            yield from self.led(seat.manager, Spell(spell.starts_on, ends_on))

    def managers(self, seat: Seat) -> tuple[Line, ...]:
        found = [
            Line(manager, LineKind.PRIMARY, part.starts_on, part.ends_on)
            for manager, spell in self._managed(seat)
            for part in clipped(spell, self.tenures[seat.key].employments())
        ]
        return tuple(sorted(found, key=lambda line: line.starts_on))

    def _managed(self, seat: Seat) -> Iterator[tuple[int, Spell]]:
        own = self.tenures[seat.key]
        whole = Spell(own.came_on, own.left_on)
        move = self.moves.get(seat.key)
        if move:
            yield from self.led(move.head, Spell(whole.starts_on, move.on))
            whole = Spell(move.on, whole.ends_on)
        former = self.former_leads.get(seat.key)
        if former is not None and own.came_on < own.leads_from:
            under = Spell(max(own.came_on, self.tenures[former].leads_from), own.leads_from)
            if under.starts_on < under.ends_on:
                yield former, under
                yield from self.led(seat.manager, Spell(own.leads_from, whole.ends_on))
                whole = Spell(own.came_on, under.starts_on)
        if whole.starts_on < whole.ends_on:
            yield from self.led(seat.manager, whole)

    def posts(self, seat: Seat, rng: Random) -> tuple[Post, ...]:
        own, move = self.tenures[seat.key], self.moves.get(seat.key)
        steps = list(self._steps(seat, own, rng))
        if move and all(move.on != day for day, _, _ in steps):
            steps.append(_joined(steps, move.on))
            steps.sort()
        ends = [day for day, _, _ in steps[1:]] + [own.left_on]
        return tuple(
            self._post(seat, part, grade, leads=leads)
            for (day, grade, leads), end in zip(steps, ends, strict=True)
            for part in clipped(Spell(day, end), own.employments())
        )

    def _steps(self, seat: Seat, own: Tenure, rng: Random) -> Iterator[tuple[date, int, bool]]:
        """Day, grade and whether it leads: from the first day to the present grade."""
        if seat.leads and own.leads_from <= own.came_on:
            yield own.came_on, seat.grade, True
            return
        grade = min(seat.grade - 1, TOP_OF_CRAFT) if seat.leads else seat.grade
        until = own.leads_from if seat.leads else min(own.left_on, self.today)
        rises: list[date] = []
        day = until - timedelta(days=rng.randint(60, 1100))
        while day > own.came_on + timedelta(days=300) and len(rises) < grade - 1:
            rises.append(day)
            day -= timedelta(days=rng.randint(450, 1700))
        yield own.came_on, grade - len(rises), False
        for number, rise in enumerate(reversed(rises), start=1):
            yield rise, grade - len(rises) + number, False
        if seat.leads:
            yield own.leads_from, seat.grade, True

    def _post(self, seat: Seat, part: Spell, grade: int, *, leads: bool) -> Post:
        family = job_families()[seat.family]
        move = self.moves.get(seat.key)
        moved_later = move is not None and part.starts_on < move.on
        title, name = family.title(grade, leads=leads), family.name
        if seat.depth == 0:
            title, name = "Chief Executive Officer", "General management"
        return Post(
            unit=move.unit if move and moved_later else seat.unit,
            title=title,
            job_family=name,
            grade=grade,
            country=seat.site.country,
            city=seat.site.city,
            starts_on=part.starts_on,
            ends_on=part.ends_on,
        )

    def matrix_managers(self, seat: Seat, heads: Iterable[int], rng: Random) -> tuple[Line, ...]:
        """Some also work for the head of another department."""
        if seat.depth <= 2 or not happens(6, rng):  # noqa: PLR2004  # below departments
            return ()
        head = rng.choice(list(heads))
        own, other = self.tenures[seat.key], self.tenures[head]
        since = max(own.employments()[-1].starts_on, other.leads_from)
        since = max(since, self.today - timedelta(days=rng.randint(40, 900)))
        if self.chart.seats[head].depth >= seat.depth or head == seat.manager or since > self.today:
            return ()
        return (Line(head, LineKind.MATRIX, since, own.left_on),) if since < own.left_on else ()


def _joined(steps: list[tuple[date, int, bool]], day: date) -> tuple[date, int, bool]:
    """The step that a move on a day adds: the grade stays as it was."""
    grade = next((grade for on, grade, _ in reversed(steps) if on <= day), steps[0][1])
    return day, grade, False


def give_tenures(chart: Chart, today: date, settled: set[int], rng: Random) -> Careers:
    careers = Careers(chart, today)
    for seat in chart.seats:
        if seat.manager is None:
            careers.tenures[seat.key] = tenure.of_chief(today)
        elif seat.leads:
            careers.tenures[seat.key] = tenure.of_lead(
                today, level=seat.depth, settled=seat.key in settled, rng=rng
            )
        else:
            careers.tenures[seat.key] = tenure.of_member(
                today, settled=seat.key in settled, rng=rng
            )
    return careers


def let_people_leave(careers: Careers, count: int, rng: Random) -> None:
    """Add seats for those who left: most were members of a team, some had led one."""
    teams = careers.chart.teams
    own_lead = [team for team in teams if careers.chart.seats[team.head].unit == team.unit]
    rng.shuffle(own_lead)
    for number in range(count):
        if number % 6 == 1 and own_lead:
            _add_former_lead(careers, own_lead.pop(), rng)
        else:
            _add_leaver(careers, rng.choice(teams), rng)


def _add_leaver(careers: Careers, team: Team, rng: Random) -> None:
    head = careers.chart.seats[team.head]
    grade = min(TOP_OF_CRAFT, 1 + int(rng.triangular(0, 6, 2)))
    seat = _seat_like(careers.chart, head, team, grade)
    seat.manager, seat.depth = head.key, head.depth + 1
    careers.tenures[seat.key] = tenure.of_leaver(careers.today, rng)


def _add_former_lead(careers: Careers, team: Team, rng: Random) -> None:
    head = careers.chart.seats[team.head]
    own = careers.tenures[head.key]
    long_ago = careers.today - timedelta(days=tenure.OLDEST - tenure.YEAR)
    if own.leads_from < long_ago or head.manager is None:
        _add_leaver(careers, team, rng)
        return
    seat = _seat_like(careers.chart, head, team, head.grade)
    seat.manager, seat.depth, seat.leads = head.manager, head.depth, True
    careers.tenures[seat.key] = tenure.of_former_lead(own.leads_from, careers.today, rng)
    careers.former_leads[head.key] = seat.key


def _seat_like(chart: Chart, head: Seat, team: Team, grade: int) -> Seat:
    seat = Seat(
        key=len(chart.seats),
        unit=team.unit,
        manager=None,
        depth=0,
        family=head.family,
        grade=grade,
        site=head.site,
    )
    chart.seats.append(seat)
    return seat


def let_people_move(careers: Careers, settled: set[int], rng: Random) -> None:
    """Some came from a team nearby; a few of them only in the last weeks."""
    departments: dict[int, list[Team]] = {}
    for team in careers.chart.teams:
        departments.setdefault(team.department, []).append(team)
    for team in careers.chart.teams:
        nearby = departments[team.department]
        if len(nearby) == 1:
            continue
        for member in team.members:
            if member not in settled and happens(13, rng):
                _move(careers, member, rng.choice(nearby), rng)


def _move(careers: Careers, member: int, before: Team, rng: Random) -> None:
    seat, own = careers.chart.seats[member], careers.tenures[member]
    here = (careers.today - own.employments()[-1].starts_on).days
    if before.unit == seat.unit or here < 2 * tenure.YEAR:
        return
    if careers.chart.seats[before.head].depth >= seat.depth:
        return
    ago = rng.randint(4, 27) if happens(30, rng) else rng.randint(30, here - 200)
    careers.moves[member] = Move(careers.today - timedelta(days=ago), before.unit, before.head)
