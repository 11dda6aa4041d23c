"""Performs what auditors ask for: the trail verified, and what they found in a file."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from evenhand.access.queries import actor_of
from evenhand.audit.actions import record
from evenhand.audit.chain import facts_of
from evenhand.audit.models import Entry
from evenhand.audit.policies import may_audit
from evenhand.audit.queries import ORDER, Search, found_entries, places_of
from evenhand.audit.sealing import head
from evenhand.audit.verifying import verify_chain
from evenhand.jobs.files import name_of, write_file
from evenhand.jobs.models import Job
from evenhand.jobs.performing import Running
from evenhand.kernel.acting import Actor
from evenhand.spreadsheets.cells import harmless

BATCH = 2000

Facts = dict[str, Any]


def perform_verification(running: Running) -> None:
    """Walk the whole chain and say what was found."""
    auditor = _auditor(running)
    last = head()
    total = last.position if last else 0
    found = verify_chain(
        running.arguments.get("head", ""), tell=lambda done: running.advance(done, max(total, done))
    )
    result = {
        "sealed": found.sealed,
        "unsealed": found.unsealed,
        "head": found.head,
        "first_broken": found.first_broken,
        "entry_id": found.entry_id,
        "damage": found.damage.value if found.damage else "",
        "url": running.arguments.get("url", ""),
    }
    _keep("audit.verified", running, auditor, whole=found.is_whole, sealed=found.sealed)
    running.finish(result)


def perform_export(running: Running) -> None:
    """Write the entries that fit a search to a file, the newest first."""
    auditor = _auditor(running)
    is_csv = running.arguments["format"] == "csv"
    write = csv_lines if is_csv else json_lines
    name = f"audit-trail.{'csv' if is_csv else 'jsonl'}"
    found = found_entries(auditor, Search.from_arguments(running.arguments["search"]))
    total, done = found.count(), 0
    entries = found.order_by(*ORDER).iterator(chunk_size=BATCH)
    with write_file(running.job_id, name) as file:
        for batch in _batches(entries):
            file.write(write(_facts(batch), is_first=done == 0).encode())
            done += len(batch)
            running.advance(done, max(total, done))
    _keep("audit.exported", running, auditor, entries=done)
    running.finish({"entries": done}, name_of(running.job_id, name))


def csv_lines(rows: Sequence[Facts], *, is_first: bool) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    if is_first:
        # The mark at the beginning tells spreadsheets that this is UTF-8.
        text.write("\ufeff")
        writer.writerow(rows[0])
    for row in rows:
        details = json.dumps(row["details"], ensure_ascii=False, sort_keys=True)
        writer.writerow([_cell(value) for value in (row | {"details": details}).values()])
    return text.getvalue()


def json_lines(rows: Sequence[Facts], *, is_first: bool) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _cell(value: object) -> str:
    return "" if value is None else harmless(str(value))


def _facts(entries: Sequence[Entry]) -> list[Facts]:
    places = places_of(entries)
    rows = []
    for entry in entries:
        seal = places.get(entry.pk)
        place = {"position": seal and seal.position, "digest": seal.digest if seal else ""}
        rows.append(facts_of(entry) | place)
    return rows


def _batches(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while batch := list(islice(entries, BATCH)):
        yield batch


def _auditor(running: Running) -> Actor:
    """Who asked, with the roles held now: an auditor of yesterday gets nothing today."""
    asked_by = running.asked_by
    auditor = actor_of(asked_by.person_id, asked_by.name, on=asked_by.on)
    may_audit(auditor).enforce()
    return auditor


def _keep(code: str, running: Running, auditor: Actor, **details: object) -> None:
    job = Job.objects.get(pk=running.job_id)
    record(code, about=job, by=auditor, at=running.clock(), **details)
