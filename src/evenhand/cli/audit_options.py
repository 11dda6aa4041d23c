"""What can be said to `evenhand audit`."""

import argparse
from pathlib import Path

from evenhand.analytics.audit.ratings import Choices

SMALLEST_K = 3
Options = argparse._ArgumentGroup  # noqa: SLF001  what argparse gives, without a public name


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a CSV or Excel file of ratings")
    parser.add_argument("--sheet", default="", help="which sheet of a workbook to read")
    parser.add_argument("--yes", action="store_true", help="take the guess and ask nothing")
    configure_columns(parser.add_argument_group("columns, guessed where none is named"))
    configure_reading(parser.add_argument_group("how to read them"))
    files = parser.add_argument_group("what to write")
    files.add_argument("--out", type=Path, metavar="HTML", help="the report, as one page")
    for face, metavar in (("json", "JSON"), ("excel", "XLSX"), ("pdf", "PDF")):
        files.add_argument(f"--{face}", type=Path, metavar=metavar)


def configure_columns(parser: Options) -> None:
    for flag, meaning in (
        ("person", "who was rated"),
        ("rater", "who gave the rating"),
        ("rating", "the rating"),
        ("before", "the rating before calibration"),
        ("unit", "the unit"),
        ("occasion", "the review period"),
        ("date", "when the rating was given"),
        ("text", "the written comment"),
        ("notes", "the days of the notes behind a rating, set apart by semicolons"),
    ):
        parser.add_argument(f"--{flag}", default="", metavar="COLUMN", help=meaning)
    for flag, use, meaning in (
        ("item", "items", "the rating of a single question (may be repeated)"),
        ("group", "groups", "a group to compare (may be repeated)"),
        ("control", "controls", "what else may explain a rating (may be repeated)"),
    ):
        parser.add_argument(
            f"--{flag}", dest=use, action="append", default=[], metavar="COLUMN", help=meaning
        )
    parser.add_argument(
        "--raters-wide",
        nargs="+",
        default=[],
        metavar="COLUMN",
        help="a row for each person and a column for each rater: these columns",
    )


def configure_reading(parser: Options) -> None:
    parser.add_argument("--scale", default="", help='the levels, such as "Poor < Fair < Good"')
    parser.add_argument("--favourable", default="", metavar="LEVEL", help="good from this level")
    parser.add_argument("--adverse", default="", metavar="LEVEL", help="low up to this level")
    parser.add_argument("--dates", default="", choices=["day", "month"], help="which comes first")
    parser.add_argument(
        "--k", type=smallest, default=Choices().k, help="the fewest people a number may be about"
    )
    parser.add_argument(
        "--tainted",
        action="append",
        default=[],
        metavar="COLUMN",
        help="a control that the same raters may have shaped, such as pay (may be repeated)",
    )


def smallest(text: str) -> int:
    if not text.isdecimal() or int(text) < SMALLEST_K:
        message = f"please make it a number, at least {SMALLEST_K}"
        raise argparse.ArgumentTypeError(message)
    return int(text)
