"""`evenhand import people FILE`: compare a file with the people here and apply it, or nothing.

Ends with 0 when applied or clean, 1 when rows are refused, 2 when the file cannot be used.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from django.utils import timezone

from evenhand.integrations.drafting import Plan
from evenhand.integrations.importing import Source, Wish, import_file
from evenhand.integrations.kinds import ChangeKind
from evenhand.integrations.models import SavedMapping
from evenhand.integrations.people_files.kinds import ManagerNotFound, Question
from evenhand.integrations.people_files.mapping import Mapping, UnusableMapping
from evenhand.integrations.people_files.reading import read_table
from evenhand.integrations.planning import plan_import
from evenhand.integrations.seeing import Look, first_look, key_of, look_again
from evenhand.kernel.acting import Actor, Grant, Role
from evenhand.kernel.verdict import Refused
from evenhand.people.columns import Field
from evenhand.spreadsheets.tables import Problem, Table, UnusableFile

CLEAN, REFUSED, UNUSABLE = 0, 1, 2
TOLD_AT_MOST = 50
ORDERS = {"day-first": "day", "month-first": "month"}


def configure(parser: argparse.ArgumentParser) -> None:
    tasks = parser.add_subparsers(required=True, metavar="WHAT")
    people = tasks.add_parser("people", help="import people from a CSV or Excel file")
    people.add_argument("file", type=Path, metavar="FILE")
    people.add_argument(
        "--mapping",
        metavar="NAME|FILE",
        default="",
        help="which column says what: a saved mapping by name, or a JSON file",
    )
    people.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="NAME=FIELD",
        help="what a column says, such as 'Staff no=number'; without a FIELD it is left out",
    )
    people.add_argument("--dates", choices=list(ORDERS), help="how to read days such as 03/04/2025")
    people.add_argument(
        "--managers",
        choices=["refuse", "leave-empty"],
        help="what to do with rows whose manager is unknown or has left",
    )
    people.add_argument(
        "--complete",
        action="store_true",
        help="the file lists everybody: whoever is not in it has left",
    )
    people.add_argument("--sheet", default="", help="which sheet of a workbook to read")
    people.add_argument("--dry-run", action="store_true", help="say what would change, no more")
    people.add_argument(
        "--report", type=Path, metavar="OUT.JSON", help="write counts and problems to this file"
    )
    people.set_defaults(task=import_people)


def run(args: argparse.Namespace) -> int:
    return int(args.task(args))


def import_people(args: argparse.Namespace) -> int:
    by = terminal()
    try:
        raw = read_table_bytes(args.file)
        source = Source(args.file.name, raw)
        table = read_table(raw, sheet=args.sheet)
        look, name = mapping_for(table, args, by)
        plan = plan_or_import(source, table, Wish(look.mapping, args.complete, name), args, by)
    except (UnusableFile, UnusableMapping) as unusable:
        return give_up(args, str(unusable), getattr(unusable, "code", "unusable_mapping"))
    except Refused as refusal:
        return give_up(args, str(refusal.verdict.reason), refusal.verdict.code)
    write_report(args.report, report_of(plan))
    tell(plan, look.open_questions, dry=args.dry_run)
    if plan.is_clean:
        return CLEAN
    return UNUSABLE if plan.whole_file_is_refused else REFUSED


def terminal() -> Actor:
    """Who can start this command holds the keys to the database anyway."""
    everywhere = frozenset({Grant(Role.SPECIALIST)})
    return Actor(0, "Command line", on=timezone.localdate(), grants=everywhere)


def mapping_for(table: Table, args: argparse.Namespace, by: Actor) -> tuple[Look, str]:
    """The mapping that was named, or what is recognised, with what the options say about it."""
    name, known = named_mapping(args.mapping)
    mapping = known.fitted_to(table.header) if known else first_look(table, on=by.on).mapping
    for said in args.column:
        mapping = with_column(mapping, said, table)
    if args.managers:
        way = ManagerNotFound(args.managers.replace("-", "_"))
        mapping = replace(mapping, manager_not_found=way)
    look = look_again(table, mapping, {}, on=by.on)
    answers = {key_of(q): answer for q in look.questions if (answer := order(q, args.dates))}
    return look_again(table, mapping, answers, on=by.on), name


def named_mapping(word: str) -> tuple[str, Mapping | None]:
    if not word:
        return "", None
    saved = SavedMapping.objects.filter(name=word).first()
    if saved is not None:
        return saved.name, Mapping.from_json(saved.mapping)
    path = Path(word)
    if not path.is_file():
        message = f"There is no saved mapping and no file called “{word}”."
        raise UnusableMapping(message)
    try:
        return path.name, Mapping.from_text(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as unreadable:
        message = f"The mapping {word} cannot be read."
        raise UnusableMapping(message) from unreadable


def with_column(mapping: Mapping, said: str, table: Table) -> Mapping:
    name, _equals, word = said.rpartition("=")
    if name not in table.header:
        message = f"The file has no column “{name}”."
        raise UnusableMapping(message)
    if not word:
        return mapping.without(*(f for c, f in mapping.columns.items() if c == name))
    if word not in set(Field):
        message = f"A column cannot say “{word}”. It can say: {', '.join(Field)}."
        raise UnusableMapping(message)
    return mapping.with_column(name, Field(word))


def order(question: Question, dates: str | None) -> str:
    """The answer to a question about days that `--dates` gives."""
    wanted = ORDERS.get(dates or "", "-")
    fitting = [choice.value for choice in question.choices if choice.value.startswith(wanted)]
    return fitting[0] if fitting else ""


def read_table_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as missing:
        message = f"We could not open the file {path.name}."
        raise UnusableFile(code="no_file", message=message) from missing


def plan_or_import(
    source: Source, table: Table, wish: Wish, args: argparse.Namespace, by: Actor
) -> Plan:
    if args.dry_run:
        return plan_import(table, wish.mapping, on=by.on, is_complete=wish.is_complete)
    return import_file(source, table, wish, by=by, at=timezone.now())


def report_of(plan: Plan) -> dict[str, object]:
    """Somebody who returns is a change, so that the counts add up to the rows."""
    counts = plan.counts()
    return {
        "added": counts[ChangeKind.ADDED],
        "changed": counts[ChangeKind.CHANGED] + counts[ChangeKind.RETURNED],
        "left": counts[ChangeKind.LEFT],
        "unchanged": counts["unchanged"],
        "refused": counts["refused"],
        "problems": [problem.as_json() for problem in plan.problems],
    }


def give_up(args: argparse.Namespace, message: str, code: str) -> int:
    print(message, file=sys.stderr)
    problem = Problem(None, "", "", code, message)
    counts = dict.fromkeys(("added", "changed", "left", "unchanged", "refused"), 0)
    write_report(args.report, {**counts, "problems": [problem.as_json()]})
    return UNUSABLE


def write_report(path: Path | None, report: dict[str, object]) -> None:
    if path is not None:
        path.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def tell(plan: Plan, questions: Iterable[Question], *, dry: bool) -> None:
    for line in told_problems(plan.problems):
        print(line, file=sys.stderr)
    if any(questions):
        print("Say it with --dates day-first or --dates month-first.", file=sys.stderr)
    counts = plan.counts()
    said = (f"{counts[kind]:,} {kind.label.lower()}" for kind in ChangeKind)
    print(f"{', '.join(said)}, {counts['unchanged']:,} unchanged, {counts['refused']:,} refused.")
    if plan.absent:
        print(f"{plan.absent:,} people here are not in the file and stay as they are.")
    print(ending(plan, dry=dry))


def ending(plan: Plan, *, dry: bool) -> str:
    if not plan.is_clean:
        return "Nothing was applied."
    if dry:
        return "Nothing was applied, as this was a dry run."
    return "Applied." if plan.has_changes else "Everything was so already."


def told_problems(problems: Iterable[Problem]) -> Iterator[str]:
    """Errors first; of very many only the first, the report has them all."""
    ordered = sorted(problems, key=lambda problem: not problem.is_error)
    yield from (problem.message for problem in ordered[:TOLD_AT_MOST])
    if len(ordered) > TOLD_AT_MOST:
        yield f"And {len(ordered) - TOLD_AT_MOST:,} more; --report FILE writes them all down."
