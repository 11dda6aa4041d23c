"""From a workbook to rows of cells."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import python_calamine
from django.utils.translation import gettext as _

from evenhand.spreadsheets.delimited import Grid, too_many_columns
from evenhand.spreadsheets.headers import likeness
from evenhand.spreadsheets.packages import damaged, encrypted, inspect
from evenhand.spreadsheets.tables import Limits, UnusableFile
from evenhand.spreadsheets.vocabulary import Vocabulary

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MOST_SHEETS = 30
_FIRST_ROWS = 20
_EXACT = 1e15

Cell = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet that looks most like what is wanted."""

    name: str
    grid: Grid
    notes: tuple[str, ...]


def is_workbook(raw: bytes) -> bool:
    return raw.startswith((ZIP, OLE, b"PK\x05\x06"))


def read_workbook(raw: bytes, limits: Limits, words: Vocabulary, wanted: str = "") -> Sheet:
    if raw.startswith(OLE):
        if _ENCRYPTED_PACKAGE in raw:
            raise encrypted()
    else:
        inspect(raw, limits)
    try:
        with python_calamine.load_workbook(io.BytesIO(raw)) as book:
            return _chosen(_grids(book, limits, wanted), words)
    except UnusableFile:
        raise
    except python_calamine.PasswordError as locked:
        raise encrypted() from locked
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as broken:
        raise damaged() from broken
    except BaseException as panic:
        # The reader is written in Rust; where it gives up it raises an exception of its own kind.
        if type(panic).__name__ != "PanicException":
            raise
        raise damaged() from panic


def _grids(book: python_calamine.CalamineWorkbook, limits: Limits, wanted: str) -> dict[str, Grid]:
    """The sheets that hold anything, or the one that is wanted."""
    names = _visible_names(book)
    if wanted and wanted not in names:
        raise UnusableFile(
            code="no_such_sheet",
            message=_("The workbook has no sheet named “%(name)s”.") % {"name": wanted},
        )
    grids = {name: _grid(book, name, limits) for name in ([wanted] if wanted else names)}
    grids = {name: grid for name, grid in grids.items() if any(map(any, grid))}
    if not grids:
        raise UnusableFile(
            code="empty",
            message=_("The workbook is empty. Please choose the file with your list in it."),
        )
    return grids


def _chosen(grids: dict[str, Grid], words: Vocabulary) -> Sheet:
    best = max(grids, key=lambda name: likeness(grids[name][:_FIRST_ROWS], words))
    others = [name for name in grids if name != best]
    if not others:
        return Sheet(best, grids[best], ())
    note = _("The workbook has several sheets. We read “%(sheet)s” and left out: %(others)s.")
    return Sheet(best, grids[best], (note % {"sheet": best, "others": ", ".join(others)},))


def _visible_names(book: python_calamine.CalamineWorkbook) -> list[str]:
    shown = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        and sheet.visible == python_calamine.SheetVisibleEnum.Visible
    ]
    return (shown or book.sheet_names)[:_MOST_SHEETS]


def _grid(book: python_calamine.CalamineWorkbook, name: str, limits: Limits) -> Grid:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_width > limits.columns and any(map(any, sheet.to_python(nrows=_FIRST_ROWS))):
        raise too_many_columns(limits)
    return [_texts(row) for row in sheet.to_python(skip_empty_area=False)]


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell if type(cell) is str else _text(cell) for cell in row]


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
