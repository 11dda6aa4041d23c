"""What happened to a person in a year: the facts that both sides of a review speak about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from evenhand.sample.chances import happens
from evenhand.sample.organization import InventedPerson
from evenhand.sample.prose import settle
from evenhand.sample.vocabulary import Deed, Work, work_of

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
CITIES = ("Göttingen", "Jena", "Bandung", "Semarang", "Rochester", "Madison")
LATE_DAY, EARLY_DAY = 26, 4
OVER_TIME = (
    "over the year",
    "over the summer",
    "in the first half of the year",
    "in the second half of the year",
    "between [February|March|April] and [June|July|August]",
    "from [January|February|March] to [May|June|September]",
    "in the [second|third] quarter",
    "in the course of the [spring|summer|year]",
)


@dataclass(frozen=True, slots=True)
class Circle:
    """Whose names may come up: the manager, and somebody from the team."""

    manager: str
    peer: str


@dataclass(frozen=True, slots=True)
class Period:
    """The time that is written about, and the day on which the two talked it over."""

    starts_on: date
    ends_on: date
    talked_on: date


def happenings(
    person: InventedPerson, circle: Circle, period: Period, rng: Random
) -> Mapping[str, str]:
    """The phrases of a person's year, by slot."""
    work = work_of(person.family_code, leads=person.leads)
    slots = _phrases(work, rng)
    slots |= _deeds(work, period, rng)
    slots["name"] = person.given_name.split(" ")[0]
    slots["boss"] = circle.manager
    slots["peer"] = circle.peer
    slots["site"] = _elsewhere(person.posts[-1].city, rng)
    slots["sign_day"] = _exact(period.talked_on)
    return slots


def _deeds(work: Work, period: Period, rng: Random) -> dict[str, str]:
    """Deeds with their days, spread over the period, the last some weeks before its end."""
    wins = rng.sample(work.wins, 3)
    deeds = {"": wins[0], "2": wins[1], "3": wins[2]}
    deeds |= {"_miss": rng.choice(work.misses), "_help": rng.choice(work.helps)}
    days = {name: _day(period, rng) for name in deeds}
    slots = {f"when{name}": _said(days[name], deed, rng) for name, deed in deeds.items()}
    for name in ("", "2", "3"):
        slots[f"win{name}"] = settle(deeds[name].deed, rng)
        slots[f"effect{name}"] = settle(deeds[name].outcome, rng)
    slots["miss"] = settle(deeds["_miss"].deed, rng)
    slots["cost"] = settle(deeds["_miss"].outcome, rng)
    slots["help"] = settle(deeds["_help"].deed, rng)
    slots["month"], slots["month2"] = MONTHS[days[""].month - 1], MONTHS[days["2"].month - 1]
    slots["month_before"] = MONTHS[days[""].month - 2]
    slots["next_month"] = MONTHS[days[""].month % 12]
    return slots


def _phrases(work: Work, rng: Random) -> dict[str, str]:
    slots = {"project": rng.choice(work.projects), "partner": rng.choice(work.partners)}
    slots["skill"], slots["skill2"] = rng.sample(work.skills, 2)
    slots["next"], slots["next2"] = rng.sample(work.nexts, 2)
    return slots


def _day(period: Period, rng: Random) -> date:
    length = (period.ends_on - period.starts_on).days - 14
    return period.starts_on + timedelta(days=rng.randint(8, length))


def _said(day: date, deed: Deed, rng: Random) -> str:
    month = MONTHS[day.month - 1]
    if deed.lasted:
        return settle(rng.choice(OVER_TIME), rng)
    if happens(45, rng):
        return f"in {month}"
    if happens(40, rng):
        return f"on {_exact(day)}"
    if day.day <= EARLY_DAY:
        return f"in the first days of {month}"
    if day.day >= LATE_DAY:
        return f"at the end of {month}"
    return f"in the {('first', 'second', 'third', 'fourth')[(day.day - 1) // 7]} week of {month}"


def _exact(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def _elsewhere(city: str, rng: Random) -> str:
    return rng.choice(_others(CITIES, city))


def _others(cities: Sequence[str], city: str) -> list[str]:
    return [other for other in cities if other != city]
