"""How another system's values for very many goals are taken over, beside the bare rows."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection, transaction
from django.utils import timezone

from bench.importing import operator
from bench.measuring import Table, timed
from evenhand.access.kinds import digest_of
from evenhand.goals.actions.feeding import CHECK_IN_COLUMNS, Brought, Delivery, bring_values
from evenhand.goals.bringing import BroughtValue
from evenhand.goals.kinds import GoalState, RollUpFrom
from evenhand.goals.measuring import OF_GOAL
from evenhand.goals.models import CheckIn, DataSource, Goal
from evenhand.goals.values import Value
from evenhand.kernel.acting import Actor
from evenhand.kernel.bulk import update_rows
from evenhand.people.models import Person

VALUES = 100_000


def bench_feeding(table: Table) -> None:
    """A first night that names goals by number, a second by key, and the second once more."""
    today, now = timezone.localdate(), timezone.now()
    person = Person.objects.order_by("pk")[0]
    by = Actor(person.pk, person.name, today, operator(today).grants)
    source = DataSource.objects.create(
        name="Bench",
        owner_id=by.person_id,
        digest=digest_of("bench"),
        hint="ench",
        created_at=now,
        expires_at=now + timedelta(days=1),
    )
    goals = list(
        Goal.objects.filter(state=GoalState.ACTIVE, rolls_up_from=RollUpFrom.OWN)
        .order_by("pk")
        .values_list("pk", flat=True)[:VALUES]
    )
    nights = [
        [
            _row(goal, number, today - timedelta(days=2), named=True)
            for number, goal in enumerate(goals)
        ],
        [_row(goal, number, today - timedelta(days=1)) for number, goal in enumerate(goals)],
    ]
    names = (
        "values for goals named by number",
        "values of the next night",
        "the same values again",
    )
    for name, rows in zip(names, (*nights, nights[1]), strict=True):
        with timed() as bringing:
            done = bring_values(source, Delivery(rows), by=by, at=now)
        bare = _bare_seconds(source, today) if name != names[2] else 0.0
        _say(table, f"{len(rows):,} {name}", done, bringing.seconds, bare)


def _row(goal: int, number: int, day: date, *, named: bool = False) -> BroughtValue:
    value = Value(day, Decimal(number % 101))
    return (
        BroughtValue(number, value, "", goal) if named else BroughtValue(number, value, str(goal))
    )


def _say(table: Table, name: str, done: Brought, seconds: float, bare: float) -> None:
    counts = done.plan.counts()
    ratio = f"{seconds / bare:.1f}" if bare else ""
    limit = f"{bare:.1f} s" if bare else ""
    more = f"executemany of the very rows it wrote; {counts['new']:,} new, {counts['same']:,} same"
    table.add(name, f"{seconds:.1f} s", limit, ratio, more)


def _bare_seconds(source: DataSource, today: date) -> float:
    """The same check-ins of another day, and the same scores, by executemany; then taken back."""
    columns = [f.column for f in CheckIn._meta.local_fields if f.name in CHECK_IN_COLUMNS]
    said = CheckIn.objects.filter(source=source).order_by("-pk")
    rows = list(said.values_list(*columns)[:VALUES])
    scores = list(Goal.objects.filter(feeds__source=source).values_list(*OF_GOAL, "pk"))
    day = columns.index("measured_on")
    other = [(*row[:day], today - timedelta(days=9), *row[day + 1 :]) for row in rows]
    with transaction.atomic():
        with timed() as watch:
            _insert(columns, other)
            update_rows(Goal, OF_GOAL, scores)
        transaction.set_rollback(True)
    return watch.seconds


def _insert(columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    marks = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO goals_checkin ({', '.join(columns)}) VALUES ({marks})"
    stored = [tuple(str(v) if isinstance(v, Decimal) else v for v in row) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(sql, stored)
