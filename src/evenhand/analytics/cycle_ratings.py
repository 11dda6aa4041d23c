"""The overall ratings of a cycle's submitted manager reviews, as an audit looks at them.

The same number of queries however many people take part. Protected facts are opened here and
nowhere else, and leave this module only as groups.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from evenhand.analytics.audit.ratings import Coded, Numbers, Ratings, Scale
from evenhand.analytics.audit.tables.scales import thresholds
from evenhand.cycles.models import Cycle, Participation
from evenhand.demographics.models import ProtectedFacts
from evenhand.people.models import Employment, Person, Position, Unit
from evenhand.reviews.kinds import RatingOrigin, ReviewKind, ReviewState
from evenhand.reviews.models import Rating

CHUNK = 20_000
FORTY = 40
DAYS_A_YEAR = 365.25


@dataclass(slots=True)
class _Row:
    """One review: whom, by whom, where, and what was given, settled and when."""

    person: int
    unit: int
    rater: int = 0
    given: float | None = None
    settled: float | None = None
    at: float = 0.0

    @property
    def stands(self) -> float | None:
        return self.given if self.settled is None else self.settled


@dataclass(frozen=True, slots=True)
class Gathered:
    """Ratings, and by the name under which each person stands there the person's key."""

    ratings: Ratings
    people: Mapping[str, int]
    facts_opened: int


@dataclass(frozen=True, slots=True)
class _Facts:
    """Words about people, by the key of the person."""

    groups: Mapping[str, Mapping[int, str]]
    opened: int = 0


@dataclass(frozen=True, slots=True)
class _Circumstances:
    """What may explain a rating, by the key of the person."""

    words: dict[str, dict[int, str]]
    years: dict[int, float] = field(default_factory=dict)


def ratings_of(cycle: Cycle, on: date, *, with_health: bool = False) -> Gathered:
    """Read what was rated in a cycle, as it stands on a day. Whoever was taken out is left out.

    Disability is compared only `with_health`: it needs groups of ten at least everywhere.
    """
    rows = {key: row for key, row in _overall(cycle).items() if row.stands is not None}
    listed = list(rows.values())
    names = _names(cycle)
    persons = [row.person for row in listed]
    facts = _protected_facts(cycle, with_health=with_health)
    about = _circumstances(cycle, on)
    is_calibrated = any(row.settled is not None for row in listed)
    ratings = Ratings(
        person=Coded.of([names[key] for key in persons]),
        value=_numbers(row.stands for row in listed),
        scale=_scale(cycle),
        rater=Coded.of([names[row.rater] for row in listed]),
        unit=_units(cycle, [row.unit for row in listed]),
        groups=_by_name(facts.groups, persons),
        controls=_by_name(about.words, persons),
        measured=_tenure(about.years, persons),
        items=_items(cycle, list(rows)),
        before=_numbers(row.given for row in listed) if is_calibrated else None,
        order=_numbers(row.at for row in listed),
    )
    return Gathered(ratings, {names[key]: key for key in persons}, facts.opened)


def _given(cycle: Cycle) -> QuerySet[Rating]:
    """The ratings of submitted manager reviews of those who take part."""
    return Rating.objects.filter(
        review__cycle=cycle,
        review__kind=ReviewKind.MANAGER,
        review__state=ReviewState.SUBMITTED,
        review__participation__withdrawn_at=None,
    )


def _overall(cycle: Cycle) -> dict[int, _Row]:
    """By review; a later number of the same origin replaces an earlier one, also by nothing."""
    rows: dict[int, _Row] = {}
    found = _given(cycle).filter(
        question=None, origin__in=(RatingOrigin.GIVEN, RatingOrigin.CALIBRATED)
    )
    for review, person, unit, author, origin, value, at in (
        found.order_by("review_id", "number", "pk")
        .values_list(
            "review_id",
            "review__subject_id",
            "review__unit_id",
            "author_id",
            "origin",
            "value",
            "given_at",
        )
        .iterator(chunk_size=CHUNK)
    ):
        row = rows.setdefault(review, _Row(person, unit))
        rated = None if value is None else float(value)
        if origin == RatingOrigin.GIVEN:
            row.rater, row.given, row.at = author, rated, at.timestamp()
        else:
            row.settled = rated
    return {key: row for key, row in rows.items() if row.rater}


def _items(cycle: Cycle, reviews: list[int]) -> dict[str, Numbers]:
    """The ratings of single questions, by the question's words."""
    place = {review: number for number, review in enumerate(reviews)}
    texts: dict[int, str] = {}
    columns: dict[int, Numbers] = {}
    found = _given(cycle).filter(question__isnull=False, origin=RatingOrigin.GIVEN)
    for review, question, text, value in (
        found.order_by("number", "pk")
        .values_list("review_id", "question_id", "question__text", "value")
        .iterator(chunk_size=CHUNK)
    ):
        if review in place:
            texts[question] = text
            column = columns.setdefault(question, np.full(len(reviews), np.nan))
            column[place[review]] = np.nan if value is None else float(value)
    names = _distinct({key: (text, str(key)) for key, text in texts.items()})
    return {names[key]: columns[key] for key in sorted(columns)}


def _scale(cycle: Cycle) -> Scale:
    levels = list(cycle.version.levels.order_by("value").values_list("value", "label"))
    values = tuple(float(value) for value, _label in levels)
    favourable, adverse = thresholds(values)
    return Scale(values, tuple(label for _value, label in levels), favourable, adverse)


def _names(cycle: Cycle) -> dict[int, str]:
    """Everybody who rated or was rated, each under a name of their own."""
    given = _given(cycle)
    found: dict[int, tuple[str, str]] = {}
    for key in ("review__subject_id", "author_id"):
        people = Person.objects.filter(pk__in=given.values(key)).order_by()
        for pk, number, first, last in people.values_list(
            "pk", "number", "given_name", "family_name"
        ):
            found[pk] = (f"{first} {last}".strip(), number)
    return _distinct(found)


def _units(cycle: Cycle, keys: list[int]) -> Coded:
    units = Unit.objects.filter(pk__in=_given(cycle).values("review__unit_id")).order_by()
    names = _distinct(
        {pk: (name, code) for pk, name, code in units.values_list("pk", "name", "code")}
    )
    return Coded.of([names[key] for key in keys])


def _distinct(found: Mapping[int, tuple[str, str]]) -> dict[int, str]:
    """Names; where two are alike, with what tells them apart behind."""
    times = Counter(name for name, _apart in found.values())
    return {
        key: name if times[name] == 1 else f"{name} ({apart})"
        for key, (name, apart) in found.items()
    }


def _protected_facts(cycle: Cycle, *, with_health: bool) -> _Facts:
    last_day = cycle.period_ends_on
    names = {"sex": _("Sex"), "race": _("Race"), "age": _("Age"), "disability": _("Disability")}
    groups: dict[str, dict[int, str]] = {name: {} for name in names.values()}
    rated = _given(cycle).values("review__subject_id")
    kept = ["sex", "race", "birth_on", *(["disability"] if with_health else [])]
    facts = ProtectedFacts.objects.filter(person__in=rated).order_by()
    opened = 0
    for person, sex, race, birth_on, *disability in facts.values_list("person_id", *kept).iterator(
        chunk_size=CHUNK
    ):
        opened += 1
        groups[names["sex"]][person] = sex
        groups[names["race"]][person] = race
        groups[names["age"]][person] = _age_band(birth_on, last_day)
        groups[names["disability"]][person] = disability[0] if disability else ""
    said = {name: words for name, words in groups.items() if any(words.values())}
    return _Facts(said, opened)


def _age_band(birth_on: str, day: date) -> str:
    try:
        born = date.fromisoformat(birth_on)
    except ValueError:
        return ""
    birthday_is_to_come = (day.month, day.day) < (born.month, born.day)
    age = day.year - born.year - birthday_is_to_come
    return _("Under 40") if age < FORTY else _("40 and over")


def _circumstances(cycle: Cycle, on: date) -> _Circumstances:
    """As they were frozen at launch; job family and tenure as they were on that day."""
    day = on if cycle.launched_at is None else min(on, cycle.launched_at.date())
    parts = Participation.objects.filter(cycle=cycle, withdrawn_at=None).order_by()
    grade = dict(parts.values_list("person_id", "grade"))
    country = dict(parts.values_list("person_id", "country"))
    among = parts.values("person_id")
    positions = Position.objects.on(day).filter(person__in=among).order_by("pk")
    family = dict(positions.values_list("person_id", "job_family"))
    employed = Employment.objects.on(day).filter(person__in=among).order_by("pk")
    years = {
        person: (day - starts_on).days / DAYS_A_YEAR
        for person, starts_on in employed.values_list("person_id", "starts_on")
    }
    words = {_("Grade"): grade, _("Job family"): family, _("Country"): country}
    return _Circumstances(
        {name: said for name, said in words.items() if len(set(said.values())) > 1}, years
    )


def _tenure(years: Mapping[int, float], persons: list[int]) -> dict[str, Numbers]:
    tenure = _numbers(years.get(person) for person in persons)
    return {} if np.isnan(tenure).all() else {_("Years here"): tenure}


def _by_name(words: Mapping[str, Mapping[int, str]], persons: list[int]) -> dict[str, Coded]:
    return {
        name: Coded.of([said.get(person, "") for person in persons]) for name, said in words.items()
    }


def _numbers(values: Iterable[float | None] | Iterator[float | None]) -> Numbers:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
