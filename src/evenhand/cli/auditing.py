"""`evenhand audit FILE`: what the ratings in a file say about raters and groups.

It needs no database. Ends with 0 when the report is written, 1 when somebody decided against it,
2 when the file cannot be used; then nothing is written.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils import timezone

from evenhand.analytics.audit.auditing import About, Audited, audit
from evenhand.analytics.audit.ratings import Choices
from evenhand.analytics.audit.tables.building import Built, build
from evenhand.analytics.audit.tables.columns import Columns, UnusableRatings, Wishes, found
from evenhand.analytics.audit.tables.reading import read_table
from evenhand.analytics.audit.tables.recognising import RATING_OR_WIDE, Doubt, Guess, recognise
from evenhand.analytics.audit.tables.telling import tell_reading
from evenhand.analytics.report import Findings, Report, Words
from evenhand.cli import asking
from evenhand.cli.asking import say
from evenhand.cli.audit_options import add_options
from evenhand.cli.keeping import Unwritable, check_places, keep_all
from evenhand.documents.pages import page_of
from evenhand.documents.pdf import pdf_of
from evenhand.documents.workbooks import workbook_of
from evenhand.spreadsheets.tables import Problem, Table, UnusableFile

DONE, NOTHING, UNUSABLE = 0, 1, 2
TOLD_AT_MOST = 20
MOST_ASKED = 5
RATINGS = {"rating", "items", "raters_wide"}
LONG_ONLY = {"rater", "before", "date", "text", "notes"}
FLAGS = {
    RATING_OR_WIDE: "--rating, or --raters-wide where each rater has a column",
    "items": "--item",
    "groups": "--group",
    "controls": "--control",
}
HINTS = {
    "unknown_scale": 'Say it with --scale "lowest < ... < highest".',
    "bad_scale": 'Say it with --scale "lowest < ... < highest".',
    "not_a_level": 'If the scale is another, say it with --scale "lowest < ... < highest".',
    "date_order": "Say it with --dates day or --dates month.",
    "no_rating": "Say it with --rating, --item or --raters-wide.",
    "no_such_level": "Say it with --favourable and --adverse.",
    "thresholds_cross": "Say it with --favourable and --adverse.",
}

FACES: dict[str, Callable[[Audited], bytes]] = {
    "out": lambda audited: page_of(audited.report).encode(),
    "json": lambda audited: as_json(audited),  # noqa: PLW0108  it stands below
    "excel": lambda audited: workbook_of(audited.report),
    "pdf": lambda audited: pdf_of(audited.report),
}


def configure(parser: argparse.ArgumentParser) -> None:
    add_options(parser)


def run(args: argparse.Namespace) -> int:
    try:
        places = places_of(args)
        say(f"Reading {args.file.name}.")
        table = read_table(args.file, sheet=args.sheet)
        built, was_asked = understood(table, args)
        choices = choices_of(args, table)
        reading = tell_reading(built)
        for line in reading.paragraphs:
            say(line)
        if not args.scale:
            say(HINTS["not_a_level"])
        if was_asked and not asking.agrees("Shall we go on?"):
            say("Nothing was written.")
            return NOTHING
        about = About(f"Ratings in {args.file.name}", timezone.localdate())
        audited = with_reading(audit(built.ratings, choices, about, say_step), reading)
        say(f"Writing {', '.join(str(place) for place in places.values())}.")
        keep_all({place: FACES[face](audited) for face, place in places.items()})
    except (UnusableFile, Unwritable) as unusable:
        return give_up([str(unusable)])
    except UnusableRatings as unusable:
        return give_up(told(unusable.problems))
    except EOFError:
        return give_up(["The answers ended before the questions did."])
    tell(audited.report, places.values())
    return DONE


def places_of(args: argparse.Namespace) -> dict[str, Path]:
    """Where each face of the report goes; without a word a page beside us."""
    places = {face: getattr(args, face) for face in FACES if getattr(args, face)}
    places = places or {"out": Path(f"{args.file.stem}-audit.html")}
    check_places(list(places.values()), source=args.file)
    return places


def understood(table: Table, args: argparse.Namespace) -> tuple[Built, bool]:
    """The ratings of the table, and whether somebody was asked about it."""
    on = timezone.localdate()
    columns, ask = columns_for(table, args)
    wishes = Wishes(columns, args.scale, args.favourable, args.adverse, args.dates)
    for _try in range(MOST_ASKED):
        try:
            return build(table, wishes, on=on), ask
        except UnusableRatings as unusable:
            settled = asking.ask_to_settle(wishes, unusable) if ask else None
            if settled is None:
                raise
            wishes = settled
    return build(table, wishes, on=on), ask


def columns_for(table: Table, args: argparse.Namespace) -> tuple[Columns, bool]:
    """The columns that were named, and the others guessed: agreed to, or certain.

    Whoever names both the person and the rating has said what the file is, and nothing is guessed.
    """
    given: dict[str, Any] = {
        use: tuple(said) if isinstance(said, list) else said
        for use in (*asking.ONE, *asking.SEVERAL)
        if (said := getattr(args, use))
    }
    if "person" in given and given.keys() & RATINGS:
        return Columns(**given), False
    guess = with_said(recognise(table, on=timezone.localdate()), given)
    if asking.can_ask() and not args.yes:
        return asking.ask_columns(table, guess), True
    if not guess.is_certain:
        raise UnusableRatings([doubtful(doubt) for doubt in guess.doubts])
    return found(guess.columns, table.header), False


def with_said(guess: Guess, given: dict[str, Any]) -> Guess:
    """The guess with what was said in its place; what was said is in no doubt."""
    settled = set(given)
    if settled & RATINGS:
        settled |= {*RATINGS, RATING_OR_WIDE}
        given = dict.fromkeys(RATINGS - given.keys(), ()) | {"rating": ""} | given
    if given.get("raters_wide"):
        settled |= LONG_ONLY
        given = dict.fromkeys(LONG_ONLY, "") | given
    named = [name for use, name in Columns(**given).named() if name and use != "unit"]
    columns = replace(guess.columns.without(named), **given)
    return Guess(columns, tuple(doubt for doubt in guess.doubts if doubt.use not in settled))


def doubtful(doubt: Doubt) -> Problem:
    """What would have to be asked, said as what to write on the command line."""
    flag = FLAGS.get(doubt.use, f"--{doubt.use}")
    listed = ", ".join(f"“{name}”" for name in doubt.candidates[:TOLD_AT_MOST])
    maybe = f" It may be one of: {listed}." if listed else ""
    message = f"{doubt.message}{maybe} Please say it with {flag}."
    return Problem(None, "", "", "in_doubt", message)


def choices_of(args: argparse.Namespace, table: Table) -> Choices:
    columns = Columns(rating=table.header[0], controls=tuple(args.tainted))
    tainted = found(columns, table.header).controls if args.tainted else ()
    return Choices(k=args.k, tainted=frozenset(tainted))


def with_reading(audited: Audited, reading: Words) -> Audited:
    """The report says itself how its file was read."""
    report = replace(audited.report, methods=(reading, *audited.report.methods))
    return replace(audited, report=report)


def say_step(_done: int, _total: int, note: str) -> None:
    say(f"{note}.")


def as_json(audited: Audited) -> bytes:
    text = json.dumps(audited.numbers, ensure_ascii=False, indent=2, allow_nan=False)
    return f"{text}\n".encode()


def told(problems: Sequence[Problem]) -> list[str]:
    """The first problems, what more there are, and what to write on the command line."""
    lines = [problem.message for problem in problems[:TOLD_AT_MOST]]
    if len(problems) > TOLD_AT_MOST:
        lines.append(f"And {len(problems) - TOLD_AT_MOST:,} more.")
    codes = dict.fromkeys(problem.code for problem in problems)
    return [*lines, *dict.fromkeys(HINTS[code] for code in codes if code in HINTS)]


def give_up(lines: Sequence[str]) -> int:
    for line in (*lines, "Nothing was written."):
        say(line)
    return UNUSABLE


def tell(report: Report, places: Iterable[Path]) -> None:
    """The answers in short; the report has all that stands behind them."""
    lines = [report.title]
    for section in report.sections:
        lines += ["", section.question, f"  {section.answer}"]
        found = (block.findings for block in section.blocks if isinstance(block, Findings))
        lines += [f"  - {one.text} {one.action}" for findings in found for one in findings]
    lines += ["", f"Written: {', '.join(str(place) for place in places)}"]
    print(asking.plainly("\n".join(lines), sys.stdout))
