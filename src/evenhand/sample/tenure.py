"""When people came, left, returned, rose and were away."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from evenhand.kernel.periods import FOREVER
from evenhand.sample.chances import happens
from evenhand.sample.organization import Spell

YEAR = 365
OLDEST = 15 * YEAR
CHIEF_FOR = 16 * YEAR  # so that somebody has always been at the top
NEWEST = 40
SETTLED = 5 * YEAR


@dataclass(slots=True)
class Tenure:
    """The dates of one seat. Who leads does so from `leads_from` on."""

    came_on: date
    left_on: date = FOREVER
    leads_from: date = FOREVER
    gap: Spell | None = None
    leaves: list[Spell] = field(default_factory=list)

    def employments(self) -> tuple[Spell, ...]:
        if self.gap is None:
            return (Spell(self.came_on, self.left_on),)
        return (Spell(self.came_on, self.gap.starts_on), Spell(self.gap.ends_on, self.left_on))


def of_chief(today: date) -> Tenure:
    came_on = today - timedelta(days=CHIEF_FOR)
    return Tenure(came_on, leads_from=came_on)


def of_lead(today: date, *, level: int, settled: bool, rng: Random) -> Tenure:
    """Leads came earlier than others, most of them in another job."""
    typical = 9 * YEAR - 400 * min(level, 6)
    days = min(OLDEST, round(rng.gammavariate(3.2, typical / 3.2)) + 250)
    days = max(days, SETTLED) if settled else days
    led_for = days if happens(22, rng) else max(100, round(days * rng.uniform(0.15, 0.85)))
    led_for = max(led_for, 4 * YEAR) if settled else led_for
    came_on = _ago(today, days)
    leads_from = came_on if led_for >= days else today - timedelta(days=led_for)
    return Tenure(came_on, leads_from=leads_from)


def of_member(today: date, *, settled: bool, rng: Random) -> Tenure:
    if settled:
        return Tenure(_ago(today, rng.randint(SETTLED, 9 * YEAR)))
    if happens(3.5, rng):
        return Tenure(_ago(today, rng.randint(5, NEWEST)))
    days = min(OLDEST, round(rng.gammavariate(1.4, 4.2 * YEAR / 1.4)) + NEWEST)
    tenure = Tenure(_ago(today, days - rng.randint(0, 25) if days == OLDEST else days))
    if days > 4 * YEAR and happens(4, rng):
        away_from = tenure.came_on + timedelta(days=rng.randint(YEAR, days - 2 * YEAR - 200))
        tenure.gap = Spell(away_from, away_from + timedelta(days=rng.randint(200, 2 * YEAR)))
    tenure.leaves.extend(_leaves(tenure, today, rng))
    return tenure


def of_leaver(today: date, rng: Random) -> Tenure:
    left_on = today - timedelta(days=round(rng.triangular(3, 3 * YEAR, 200)))
    stayed = min(OLDEST - 3 * YEAR, round(rng.expovariate(1 / (3.5 * YEAR))) + 120)
    return Tenure(_ago(left_on, stayed), left_on)


def of_former_lead(leads_from: date, today: date, rng: Random) -> Tenure:
    """Somebody who led a team until the day its present lead took over."""
    room = (leads_from - (today - timedelta(days=OLDEST))).days
    led_for = min(max(30, room), rng.randint(YEAR, 5 * YEAR))
    came_on = leads_from - timedelta(days=led_for)
    return Tenure(came_on, leads_from, leads_from=came_on)


def _leaves(tenure: Tenure, today: date, rng: Random) -> Iterator[Spell]:
    worked = (today - (tenure.gap.ends_on if tenure.gap else tenure.came_on)).days
    if worked > YEAR and happens(4, rng):
        since = rng.randint(10, 170)
        yield Spell(*_days(today, -since, rng.randint(max(20, 180 - since), 240)))
    elif worked > 3 * YEAR and happens(10, rng):
        since = rng.randint(300, 2 * YEAR)
        yield Spell(*_days(today, -since, -since + rng.randint(40, 250)))


def _days(today: date, first: int, last: int) -> tuple[date, date]:
    return today + timedelta(days=first), today + timedelta(days=last)


def _ago(day: date, days: int) -> date:
    """So many days before, moved to the first or the fifteenth of its month where it fits."""
    exact = day - timedelta(days=days)
    if days < 2 * NEWEST:
        return exact
    return exact.replace(day=1 if exact.day < 15 else 15)  # noqa: PLR2004  # a day of the month


def clipped(spell: Spell, to: Iterable[Spell]) -> Iterator[Spell]:
    """The parts of a spell that lie in one of several others."""
    for other in to:
        starts_on = max(spell.starts_on, other.starts_on)
        ends_on = min(spell.ends_on, other.ends_on)
        if starts_on < ends_on:
            yield Spell(starts_on, ends_on)
