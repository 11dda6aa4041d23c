"""How the map of goals and the roll-up bear an organization in which everybody has four goals."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import connection, transaction
from django.utils import timezone

from bench.importing import operator
from bench.measuring import Table, p95, repeated, timed
from bench.pages import measure_page, signed_in
from evenhand.access.models import RoleGrant
from evenhand.goals.charting import Kind, Place, nodes_below
from evenhand.goals.kinds import GoalState, Openness, RollUpFrom
from evenhand.goals.models import Goal, GoalOwner, StrategicObjective
from evenhand.goals.rolling import roll_up
from evenhand.kernel.acting import Role
from evenhand.kernel.bulk import insert_rows, update_rows
from evenhand.kernel.periods import FOREVER
from evenhand.people.kinds import LineKind
from evenhand.people.models import Person, Position, ReportingLine

EACH = 4
OBJECTIVES = 20
MOST_DEPTH = 8
MEASURED = 100_000
RUNS = 20
# So many in a hundred goals support an objective themselves, support nothing, or were given up.
DIRECT, ORPHANS, DROPPED = 10, 5, 1

GOAL_COLUMNS = (
    "id", "outcome", "description", "kind", "metric", "ambition", "measure", "unit_of_measure",
    "data_source", "baseline", "target", "starts_on", "due_on", "cadence_days", "owner", "author",
    "scope", "unit", "state", "openness", "created_at", "agreed_at", "drop_is_approved",
    "objective", "parent", "local_reason", "top_objective", "depth", "is_near_copy",
    "rolls_up_from", "share_of_parent", "score", "library_code",
)  # fmt: skip
OWNER_COLUMNS = ("goal", "person", "weight", "starts_on", "ends_on")


def bench_alignment(table: Table) -> None:
    """Four goals for everybody, each below one of the manager; then the roll-up and the pages."""
    today, now = timezone.localdate(), timezone.now()
    with timed() as growing:
        count = _grow(today, now)
    print(f"  {count:,} goals grown in {growing.seconds:.0f} s", flush=True)
    connection.cursor().execute("ANALYZE")
    _bench_roll_up(table)
    if connection.vendor == "postgresql":
        connection.cursor().execute("VACUUM ANALYZE")
    _bench_branch(table, today)
    _bench_pages(table, count, today)


def _grow(today: date, now: datetime) -> int:
    year = date(today.year, 1, 1), date(today.year + 1, 1, 1)
    owner = Person.objects.order_by("pk").first()
    objectives = [
        StrategicObjective.objects.create(
            title=f"Objective {n}", owner=owner, starts_on=year[0], ends_on=year[1]
        ).pk
        for n in range(OBJECTIVES)
    ]
    rows = list(_goals(objectives, year, now))
    insert_rows(Goal, GOAL_COLUMNS, rows)
    owners = ((row[0], row[14], 100 // EACH, year[0], FOREVER) for row in rows)
    insert_rows(GoalOwner, OWNER_COLUMNS, owners)
    return len(rows)


def _goals(objectives: list[int], year: tuple[date, date], now: datetime) -> Iterator[tuple]:
    """Rows from the top of the organization down, so that a parent comes before its children."""
    lines = ReportingLine.objects.filter(kind=LineKind.PRIMARY, ends_on=FOREVER)
    manager_of = dict(lines.values_list("person_id", "manager_id"))
    leaders = set(manager_of.values())
    unit_of = dict(Position.objects.filter(ends_on=FOREVER).values_list("person_id", "unit_id"))
    chance = random.Random(14)
    placed: dict[int, tuple[int, int | None]] = {}
    for person in _from_the_top(unit_of, manager_of):
        for number in range(EACH):
            pk = person * EACH + number
            above = placed.get(manager_of.get(person, 0) * EACH + number)
            parent, depth, top, objective = None, 1, None, None
            throw = chance.randrange(100)
            if above and above[0] < MOST_DEPTH and throw >= DIRECT + ORPHANS:
                parent, depth, top = manager_of[person] * EACH + number, above[0] + 1, above[1]
            elif throw >= ORPHANS:
                objective = top = chance.choice(objectives)
            state = GoalState.DROPPED if chance.randrange(100) < DROPPED else GoalState.ACTIVE
            source = RollUpFrom.CHILDREN if person in leaders else RollUpFrom.OWN
            openness = Openness.TEAM if chance.randrange(4) else Openness.ORGANIZATION
            placed[pk] = depth, None if state == GoalState.DROPPED else top
            yield (
                pk, f"Outcome {number} of {person} is reached by the end of the year", "", "kpi",
                "level", "committed", "Share", "%", "Report", Decimal(0), Decimal(100), year[0],
                year[1] - timedelta(days=1 + pk % 90), 30, person, person, "person",
                unit_of[person], state, openness, now, now, False, objective, parent, "", top,
                depth, False, source, 1 + number, Decimal(chance.randrange(101)) / 100, "",
            )  # fmt: skip


def _from_the_top(unit_of: dict[int, int], manager_of: dict[int, int]) -> list[int]:
    steps: dict[int, int] = {}

    def depth(person: int) -> int:
        if person not in steps:
            above = manager_of.get(person)
            steps[person] = 0 if above is None else depth(above) + 1
        return steps[person]

    return sorted(unit_of, key=lambda person: (depth(person), person))


def _bench_roll_up(table: Table) -> None:
    """New scores for very many goals, rolled up to the top; the limit writes the same rows only."""
    leaves = list(
        Goal.objects.filter(rolls_up_from=RollUpFrom.OWN)
        .order_by("pk")
        .values_list("pk", flat=True)[:MEASURED]
    )
    with timed() as rolling, transaction.atomic():
        roll_up(leaves)
    written = list(
        Goal.objects.filter(rolled_coverage__isnull=False).values_list(
            "rolled_score", "rolled_coverage", "pk"
        )
    )
    with timed() as bare, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT parent_id, SUM(share_of_parent * score) / SUM(share_of_parent)"
            " FROM goals_goal WHERE parent_id IS NOT NULL AND state <> 'dropped' GROUP BY parent_id"
        )
        cursor.fetchall()
        update_rows(Goal, ("rolled_score", "rolled_coverage"), written)
    table.add(
        f"roll-up of {len(leaves):,} goals into {len(written):,} above",
        f"{rolling.seconds:.1f} s",
        f"{bare.seconds:.1f} s",
        f"{rolling.seconds / bare.seconds:.1f}",
        "limit: one GROUP BY and executemany of the very rows it wrote",
    )
    one = leaves[len(leaves) // 2]
    slow = p95(repeated(RUNS, lambda: _measure_again(one))) * 1000
    table.add("roll-up of one goal to the top, p95", f"{slow:.0f} ms", "", "", "")


@transaction.atomic
def _measure_again(goal_id: int) -> None:
    new = Decimal(random.randrange(101)) / 100
    Goal.objects.filter(pk=goal_id).update(score=new)
    roll_up([goal_id])


def _bench_branch(table: Table, today: date) -> None:
    """Fifty goals below one, for a manager, beside the bare rows from their index."""
    wide = Goal.objects.values_list("parent_id").exclude(parent=None).order_by("parent_id")
    parent_id = wide[len(wide) // 2][0]
    actor = operator(today)
    sql = "SELECT * FROM goals_goal WHERE parent_id = %s ORDER BY due_on, id LIMIT 51"

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, [parent_id])
            cursor.fetchall()

    slow = p95(repeated(RUNS, lambda: nodes_below(actor, Place(Kind.GOAL, parent_id)))) * 1000
    limit = p95(repeated(RUNS, bare)) * 1000
    table.add(
        "a branch of the map, p95",
        f"{slow:.1f} ms",
        f"{limit:.1f} ms",
        f"{slow / limit:.1f}",
        "limit: the bare rows",
    )


def _bench_pages(table: Table, count: int, today: date) -> None:
    leaf = Goal.objects.filter(depth__gte=4).order_by("-pk").select_related("owner").first()
    objective = StrategicObjective.objects.order_by("pk").first()
    lines = ReportingLine.objects.filter(ends_on=FOREVER, person=leaf.owner)
    people = {
        "specialist": _holder(Role.SPECIALIST, today, 1),
        "executive": _holder(Role.EXECUTIVE, today, 2),
        "manager": lines.first().manager,
        "person": leaf.owner,
    }
    clients = {who: signed_in(person) for who, person in people.items()}
    unit = leaf.unit_id
    for name, who, url in (
        ("home, to compare", "person", "/"),
        ("map", "specialist", "/alignment/"),
        ("map", "person", "/alignment/"),
        ("map by unit", "specialist", "/alignment/?by=unit"),
        ("an objective on the map", "specialist", f"/alignment/?at=o{objective.pk}"),
        ("an objective on the map", "person", f"/alignment/?at=o{objective.pk}"),
        ("a goal on the map", "person", f"/alignment/?at=g{leaf.pk}"),
        ("a goal's manager's goal, below", "manager", f"/alignment/below/?at=g{leaf.parent_id}"),
        ("a unit on the map", "specialist", f"/alignment/?at=u{unit}"),
        ("a unit on the map", "person", f"/alignment/?at=u{unit}"),
        ("goals that support nothing", "specialist", "/alignment/?at=nothing"),
        ("goals that support nothing", "person", "/alignment/?at=nothing"),
        ("goals below a given up one", "specialist", "/alignment/?at=broken"),
        ("goals below a given up one", "person", "/alignment/?at=broken"),
        ("my goals on the map", "person", "/alignment/?at=mine"),
        ("alignment in figures", "specialist", "/alignment/figures/"),
        ("alignment in figures", "manager", "/alignment/figures/"),
        ("results of groups", "executive", "/alignment/results/"),
        ("strategy", "person", "/strategy/"),
    ):
        measure_page(f"{name}, {who}, {count:,} goals", clients[who], url, table)


def _holder(role: Role, today: date, place: int) -> Person:
    person = Person.objects.order_by("-pk")[place]
    RoleGrant.objects.get_or_create(person=person, role=role, starts_on=today)
    return person
