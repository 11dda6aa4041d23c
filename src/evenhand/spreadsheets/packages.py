"""Looking into a packed workbook before anything opens it."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenhand.spreadsheets.tables import Limits, UnusableFile

_CHUNK = 1 << 20
_SMALL = 1_000_000
_STRINGS_PART = re.compile(r"sharedstrings", re.IGNORECASE)
_COLUMN = re.compile(rb' r="([A-Z]{0,3})[0-9]')
_ROW = re.compile(rb' r="[A-Z]{0,3}([0-9]{1,7})"')
# Ways to write a cell's place that spreadsheet programs do not use: they could hide a far one.
_UNUSUAL = (
    b" r='",
    b" r =",
    b" r= ",
    b"\tr=",
    b"\nr=",
    b"\rr=",
    b"\tr ",
    b"\nr ",
    b"\rr ",
    b'r="&',
)


@dataclass(slots=True)
class _Seen:
    """What the parts of a workbook would cost to open."""

    unpacked: int = 0
    longest_string: int = 0
    string_cells: int = 0


def inspect(raw: bytes, limits: Limits) -> None:
    """Refuse a workbook that unpacks to far more than it seems, without opening it."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            _check_directory(package, limits)
            _check_parts(package, limits)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OverflowError,
    ) as broken:
        raise damaged() from broken


def _check_directory(package: zipfile.ZipFile, limits: Limits) -> None:
    entries = package.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > limits.entries or len(names) < len(entries):
        raise _bomb()
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise _bomb()
    for entry in entries:
        if entry.flag_bits & 1:
            raise encrypted()
        if entry.file_size > max(_SMALL, entry.compress_size * limits.packing_ratio):
            raise _bomb()
    if not any(name.lower().startswith("xl/workbook") for name in names):
        raise _another_kind()
    if any(name.lower() == "xl/workbook.bin" for name in names):
        raise _another_kind()


def _check_parts(package: zipfile.ZipFile, limits: Limits) -> None:
    """Unpack every part once, counting, because a directory can lie about sizes."""
    seen = _Seen()
    for entry in package.infolist():
        promised = entry.file_size
        # Read on until the data end, not only to where the directory says they do.
        entry.file_size = limits.unpacked_bytes + 1
        content = _unpacked(package, entry, limits.unpacked_bytes - seen.unpacked)
        if len(content) != promised:
            raise _bomb()
        seen.unpacked += promised
        if _STRINGS_PART.search(entry.filename):
            seen.longest_string = max(seen.longest_string, _longest_string(content))
        elif b"sheetData" in content:
            _check_sheet(content, seen, limits)
        elif content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            raise damaged()
    if seen.longest_string * seen.string_cells > limits.unpacked_bytes * 4:
        raise _bomb()


def _unpacked(package: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    with package.open(entry) as part:
        while piece := part.read(_CHUNK):
            size += len(piece)
            if size > most:
                raise _bomb()
            pieces.append(piece)
    return b"".join(pieces)


def _check_sheet(content: bytes, seen: _Seen, limits: Limits) -> None:
    """A cell far down and far right makes a sheet of billions of empty ones."""
    if any(unusual in content for unusual in _UNUSUAL):
        raise damaged()
    columns, rows = _COLUMN.findall(content), _ROW.findall(content)
    if not len(columns) == len(rows) == content.count(b' r="'):
        raise damaged()
    last_column = max(map(_column, set(columns)), default=0)
    last_row = max(map(int, set(rows)), default=0)
    if last_row * last_column > limits.area:
        raise _sheet_too_large(last_row, last_column)
    seen.string_cells += content.count(b't="s"') + content.count(b"t='s'")


def _longest_string(content: bytes) -> int:
    return max(len(piece) for piece in content.split(b"si>"))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _sheet_too_large(row: int, column: int) -> UnusableFile:
    message = _(
        "A sheet reaches down to row %(row)d and across to column %(column)d. Please copy the rows"
        " you need to a new workbook and try again."
    )
    return UnusableFile(code="sheet_too_large", message=message % {"row": row, "column": column})


def _bomb() -> UnusableFile:
    return UnusableFile(
        code="unpacks_too_large",
        message=_(
            "This workbook unpacks to far more than such a list needs, so we did not open it."
            " Please save the sheet as “CSV UTF-8” and try again."
        ),
    )


def damaged() -> UnusableFile:
    return UnusableFile(
        code="damaged",
        message=_(
            "We could not open this workbook; it may be damaged. Please open it in your spreadsheet"
            " program, save it again as .xlsx or “CSV UTF-8”, and try once more."
        ),
    )


def encrypted() -> UnusableFile:
    return UnusableFile(
        code="encrypted",
        message=_(
            "This workbook is protected with a password. Please save a copy without the password"
            " and try again."
        ),
    )


def _another_kind() -> UnusableFile:
    return UnusableFile(
        code="another_kind",
        message=_(
            "This is not an Excel workbook (.xlsx). Please save the list as .xlsx or as “CSV UTF-8”"
            " and try again."
        ),
    )
