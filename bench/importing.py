"""How long an HR file takes to come in, beside the same rows written by executemany or COPY."""

import random
from datetime import date

from django.utils import timezone

from bench.copying import seconds_to_write_again
from bench.measuring import Table, peak_mebibytes, timed
from evenhand.audit.models import Entry
from evenhand.demographics.models import ProtectedFacts
from evenhand.integrations.importing import Source, Wish, import_file
from evenhand.integrations.people_files.reading import read_table
from evenhand.integrations.people_files.recognising import recognise
from evenhand.kernel.acting import Actor, Grant, Role
from evenhand.people.models import (
    Employment,
    Leave,
    ManagementChain,
    Person,
    Position,
    ReportingLine,
    Unit,
    UnitPlacement,
    UnitTree,
)
from evenhand.sample.inventing import invent
from evenhand.sample.people_file import people_file

WRITTEN = (
    Unit,
    UnitPlacement,
    UnitTree,
    Person,
    Employment,
    Leave,
    Position,
    ReportingLine,
    ManagementChain,
    ProtectedFacts,
    Entry,
)


def operator(on: date) -> Actor:
    return Actor(0, "Bench", on, frozenset({Grant(Role.SPECIALIST)}))


def bench_import(people: int, table: Table) -> None:
    """Bring a made-up file of so many people into an empty database, then the same file again."""
    today = timezone.localdate()
    raw = people_file(invent(people, rng=random.Random(1), today=today)).encode()
    with timed() as first:
        added = _bring(raw, today)
    with timed() as again:
        unchanged = _bring(raw, today)
    limit, rows = seconds_to_write_again(WRITTEN)
    table.add(
        f"import of {people:,} people ({rows:,} rows)",
        f"{first.seconds:.1f} s",
        f"{limit:.1f} s",
        f"{first.seconds / limit:.1f}",
        f"again: {again.seconds:.1f} s; {added:,} added, then {unchanged:,} changed;"
        f" peak {peak_mebibytes():.0f} MiB",
    )


def _bring(raw: bytes, today: date) -> int:
    sheet = read_table(raw)
    wish = Wish(recognise(sheet, on=today).mapping)
    source = Source("people.csv", raw)
    plan = import_file(source, sheet, wish, by=operator(today), at=timezone.now())
    if not plan.is_clean:
        message = f"The file was refused: {plan.problems[:3]}"
        raise SystemExit(message)
    counts = plan.counts()
    return counts["added"] + counts["changed"]
