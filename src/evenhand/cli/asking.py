"""Asking on a terminal which column of a file says what."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TextIO, TypeVar

from evenhand.analytics.audit.tables.columns import Columns, UnusableRatings, Wishes
from evenhand.analytics.audit.tables.recognising import RATING_OR_WIDE, Guess
from evenhand.spreadsheets.tables import Table
from evenhand.spreadsheets.words import squeezed

Said = TypeVar("Said")

NONE = "-"
ONE = {
    "rating": "Which column holds the rating?",
    "person": "Which column names the person who was rated?",
    "rater": "Which column names who gave the rating?",
    "before": "Which column holds the rating before calibration?",
    "unit": "Which column names the unit?",
    "occasion": "Which column names the review period?",
    "date": "Which column says when the rating was given?",
    "text": "Which column holds the written comment?",
    "notes": "Which column holds the days of the notes behind a rating?",
}
SEVERAL = {
    "raters_wide": "Which columns hold one rater's ratings each?",
    "items": "Which columns hold ratings of single questions?",
    "groups": "Which groups should be compared?",
    "controls": "What else may explain a rating, such as position or years of service?",
}
RATINGS = ("rating", "items")
LONG = ("person", "rater", "before", "unit", "occasion", "date", "text")
WIDE = ("raters_wide", "person", "unit", "occasion")
ALWAYS = ("groups", "controls")


def can_ask() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask_columns(table: Table, guess: Guess) -> Columns:
    """Ask about each use, with the guess to accept; what was guessed well needs no typing."""
    say(f"The file has {len(table.rows):,} rows and these columns:\n")
    for number, name in enumerate(table.header, start=1):
        say(f"  {number:>3}  {name}")
    say(f"\nAnswer with a name or a number; Enter takes what stands in brackets, {NONE} is none.\n")
    columns = guess.columns
    if columns.is_wide:
        columns = _asked(table, columns, WIDE)
    if not columns.is_wide:
        columns = _asked(table, columns, RATINGS)
    if not columns.is_wide and not columns.rating and not columns.items:
        columns = replace(columns, rater="", raters_wide=_maybe_wide(guess))
        columns = _asked(table, columns, WIDE)
    if not columns.is_wide:
        columns = _asked(table, columns, LONG)
    return _asked(table, columns, ALWAYS)


def _maybe_wide(guess: Guess) -> tuple[str, ...]:
    """The columns that look like ratings, where no single one is the rating."""
    doubted = (one.candidates for one in guess.doubts if one.use == RATING_OR_WIDE)
    candidates = next(doubted, ())
    return candidates if len(candidates) > 1 else ()


def _asked(table: Table, columns: Columns, uses: Sequence[str]) -> Columns:
    for use in uses:
        guessed = getattr(columns, use)
        if use == "items" and columns.rating and not columns.items:
            continue  # without a guess few have them
        asked: dict[str, Any] = {
            use: (_ask_one if use in ONE else _ask_several)(table, use, guessed)
        }
        columns = replace(columns, **asked)
        if use == "raters_wide" and not columns.is_wide:
            break
    return columns


def ask_to_settle(wishes: Wishes, problem: UnusableRatings) -> Wishes | None:
    """The wishes after asking for what was missing; None where a question cannot help."""
    codes = {found.code for found in problem.problems}
    if codes <= {"unknown_scale", "bad_scale", "not_a_level"} and not codes <= {"not_a_level"}:
        say(problem.problems[0].message)
        return replace(wishes, scale=_answer("The levels from low to high, parted by <", ""))
    if codes == {"date_order"}:
        say(problem.problems[0].message)
        first = _ask("Which comes first, day or month?", "day", _first_of)
        return replace(wishes, dates=first)
    return None


def agrees(question: str) -> bool:
    return _answer(question, "yes").casefold() in {"y", "yes"}


def say(line: str) -> None:
    print(plainly(line, sys.stderr), file=sys.stderr, flush=True)


def plainly(text: str, stream: TextIO) -> str:
    """Text from a file must neither steer a terminal nor be more than the terminal can show."""
    harmless = "".join(c if c.isprintable() or c == "\n" else "\N{MIDDLE DOT}" for c in text)
    encoding = stream.encoding or "utf-8"
    return harmless.encode(encoding, "replace").decode(encoding)


def _ask_one(table: Table, use: str, guess: str) -> str:
    return _ask(ONE[use], guess or NONE, lambda said: _column(table.header, said))


def _ask_several(table: Table, use: str, guess: Sequence[str]) -> tuple[str, ...]:
    def read(said: str) -> tuple[str, ...] | None:
        if said == offered:
            return tuple(guess)
        parts = said.split(";" if ";" in said else ",")
        names = [_column(table.header, part.strip()) for part in parts]
        return None if None in names else tuple(name for name in names if name)

    offered = "; ".join(guess) or NONE
    return _ask(SEVERAL[use], offered, read)


def _ask(question: str, offered: str, read: Callable[[str], Said | None]) -> Said:
    while True:
        said = read(_answer(question, offered))
        if said is not None:
            return said
        say("  There is no such answer. Please try again.")


def _column(header: Sequence[str], said: str) -> str | None:
    """The column of that name or number; an empty name is no column."""
    if said in {NONE, ""}:
        return ""
    if said in header:
        return said
    if said.isdecimal() and 0 < int(said) <= len(header):
        return header[int(said) - 1]
    alike = [name for name in header if squeezed(name) == squeezed(said)]
    return alike[0] if len(alike) == 1 else None


def _first_of(said: str) -> str | None:
    return said if said in {"day", "month"} else None


def _answer(question: str, offered: str) -> str:
    asked = f"{question} [{offered}] " if offered else f"{question} "
    print(plainly(asked, sys.stderr), end="", file=sys.stderr, flush=True)
    return input().strip() or offered
