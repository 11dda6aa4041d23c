"""How long a launch takes, beside one plain INSERT..SELECT of the same rows."""

from datetime import timedelta

from django.utils import timezone

from bench.copying import seconds_to_insert_select
from bench.importing import operator
from bench.measuring import Table, timed
from evenhand.cycles.actions import CyclePlan, create_cycle
from evenhand.cycles.kinds import StageKind
from evenhand.cycles.models import Cycle, Participation
from evenhand.cycles.templates import write_template
from evenhand.jobs.performing import perform_now
from evenhand.reviews.launching import ask_for_launch
from evenhand.reviews.models import Review


def bench_launch(table: Table) -> Cycle:
    """Launch a cycle for everybody in the database, in an empty set of reviews."""
    today, now = timezone.localdate(), timezone.now()
    by = operator(today)
    version = write_template("Bench", by=by, at=now)
    plan = CyclePlan("Bench", version, today.replace(month=1, day=1), today + timedelta(days=40))
    days = (today - timedelta(days=9), today + timedelta(days=9))
    cycle = create_cycle(plan, dict.fromkeys(StageKind, days), by=by, at=now)
    job = ask_for_launch(cycle, by=by, at=now)
    with timed() as launch:
        perform_now(job.pk, timezone.now)
    cycle.refresh_from_db()
    limit, rows = seconds_to_insert_select((Participation, Review))
    table.add(
        f"launch for {Participation.objects.count():,} people ({rows:,} rows)",
        f"{launch.seconds:.1f} s",
        f"{limit:.1f} s",
        f"{launch.seconds / limit:.1f}",
        f"the cycle is {cycle.get_state_display()}",
    )
    return cycle
