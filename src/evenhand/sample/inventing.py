"""Invents an organization: the same from the same seed, in a time that grows with its size."""

from datetime import date
from random import Random

from evenhand.sample import casting, protection
from evenhand.sample.careers import Careers, give_tenures, let_people_leave, let_people_move
from evenhand.sample.chances import happens
from evenhand.sample.chart import Chart, Seat, draw_chart
from evenhand.sample.company import LINDENMOOR, Company
from evenhand.sample.naming import AddressBook, draw_name
from evenhand.sample.organization import (
    InventedPerson,
    InventedUnit,
    Organization,
    Storey,
)

SMALLEST = 20
LEAVERS_IN_100 = 8
FIRST_NUMBER = 10_001


def invent(people: int, *, rng: Random, today: date) -> Organization:
    """A company of so many people, those who left among them."""
    if people < SMALLEST:
        message = f"An organization has {SMALLEST} people at least."
        raise ValueError(message)
    leavers = max(1, people * LEAVERS_IN_100 // 100)
    chart = draw_chart(LINDENMOOR, people - leavers, rng)
    cast = casting.choose_cast(chart)
    settled = cast.seats()
    careers = give_tenures(chart, today, settled, rng)
    let_people_leave(careers, leavers, rng)
    let_people_move(careers, settled, rng)
    return Organization(
        company=LINDENMOOR,
        today=today,
        units=_units(chart),
        people=_people(careers, LINDENMOOR, rng),
        sign_ins=casting.sign_ins(cast),
    )


def _units(chart: Chart) -> tuple[InventedUnit, ...]:
    codes: list[str] = []
    places: dict[int | None, int] = {}
    for unit in chart.units:
        place = places[unit.parent] = places.get(unit.parent, 0) + 1
        codes.append("L" if unit.parent is None else f"{codes[unit.parent]}-{place:02d}")
    return tuple(
        InventedUnit(unit.key, code, unit.name, unit.storey, unit.parent, unit.head)
        for unit, code in zip(chart.units, codes, strict=True)
    )


def _people(careers: Careers, company: Company, rng: Random) -> tuple[InventedPerson, ...]:
    heads = _department_heads(careers.chart)
    numbers = _numbers(careers)
    book = AddressBook(company.domain)
    return tuple(
        _person(seat, careers, f"LM-{numbers[seat.key]}", (heads, book), rng)
        for seat in careers.chart.seats
    )


def _person(
    seat: Seat,
    careers: Careers,
    number: str,
    shared: tuple[list[int], AddressBook],
    rng: Random,
) -> InventedPerson:
    heads, book = shared
    own, country = careers.tenures[seat.key], seat.site.country
    is_woman = happens(44, rng)
    name = draw_name(country, is_woman=is_woman, rng=rng)
    sex = protection.draw_sex(is_woman=is_woman, rng=rng)
    race = protection.draw_race(country, name.culture, rng)
    born_on = protection.draw_birthday(own.came_on, careers.today, grade=seat.grade, rng=rng)
    return InventedPerson(
        key=seat.key,
        number=number,
        given_name=name.given,
        family_name=name.family,
        email=book.address(name),
        pronouns=protection.pronouns_of(sex, rng),
        family_code=seat.family,
        employments=own.employments(),
        leaves=tuple(own.leaves),
        posts=careers.posts(seat, rng),
        managers=careers.managers(seat),
        matrix_managers=careers.matrix_managers(seat, heads, rng),
        leads=seat.leads,
        protected=protection.protect(sex, race, born_on, rng),
    )


def _department_heads(chart: Chart) -> list[int]:
    """Those another department may lend people to; present ones only."""
    return [unit.head for unit in chart.units if unit.storey == Storey.DEPARTMENT]


def _numbers(careers: Careers) -> dict[int, int]:
    """Numbers follow the first day at work."""
    order = sorted(careers.tenures, key=lambda key: (careers.tenures[key].came_on, key))
    return {key: number for number, key in enumerate(order, start=FIRST_NUMBER)}
