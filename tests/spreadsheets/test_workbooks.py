import io
import struct
import zipfile
from datetime import date

import pytest

from evenhand.spreadsheets.tables import Limits, UnusableFile
from tests.spreadsheets.building import read_table, workbook_bytes

PEOPLE = [
    ["Employee ID", "Full name", "Hire date", "Department"],
    [10026, "Ann Lee", date(2020, 3, 4), "Sales"],
    [10027.0, "Bo Li", date(2021, 12, 31), "Sales"],
]
GOOD = workbook_bytes(People=PEOPLE)


def refusal_of(raw, **limits):
    with pytest.raises(UnusableFile) as refusal:
        read_table(raw, limits=Limits(**limits))
    return refusal.value.code


def repacked(raw, **changed):
    """The same workbook with parts replaced or added."""
    out = io.BytesIO()
    parts = dict(changed)
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, old.read(name)))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def test_days_and_numbers_become_plain_text():
    table = read_table(GOOD)

    assert table.rows == [
        ["10026", "Ann Lee", "2020-03-04", "Sales"],
        ["10027", "Bo Li", "2021-12-31", "Sales"],
    ]
    assert (table.sheet, table.row_numbers) == ("People", [2, 3])


def test_the_sheet_with_people_is_chosen_and_the_others_are_named():
    table = read_table(workbook_bytes(Notes=[["Hello", "there"]] * 9, Staff=PEOPLE, Empty=[]))

    assert table.sheet == "Staff"
    assert "Notes" in table.notes[0]


def test_a_sheet_can_be_asked_for():
    raw = workbook_bytes(Now=PEOPLE, Then=PEOPLE[:2])

    assert len(read_table(raw, sheet="Then").rows) == 1
    with pytest.raises(UnusableFile, match="no sheet named"):
        read_table(raw, sheet="Soon")


def test_the_result_of_a_formula_is_read():
    raw = repacked(
        GOOD,
        **{
            "xl/worksheets/sheet1.xml": zipfile.ZipFile(io.BytesIO(GOOD))
            .read("xl/worksheets/sheet1.xml")
            .replace(b"<v>10027</v>", b"<f>A2+1</f><v>10027</v>")
        },
    )

    assert read_table(raw).rows[1][0] == "10027"


def test_a_password_is_noticed():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

    assert refusal_of(ole + "EncryptedPackage".encode("utf-16-le")) == "encrypted"
    assert refusal_of(ole) == "damaged"


def test_a_workbook_cut_short_is_damaged():
    assert refusal_of(GOOD[: len(GOOD) // 2]) == "damaged"


def test_another_package_is_no_workbook():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<w/>")

    assert refusal_of(out.getvalue()) == "another_kind"


def test_a_part_that_unpacks_to_far_more_is_not_opened():
    raw = repacked(GOOD, **{"xl/media/zeros.bin": bytes(30_000_000)})

    assert refusal_of(raw) == "unpacks_too_large"


def test_many_parts_that_unpack_to_far_more_are_not_opened():
    noise = b"".join(struct.pack("<I", n * 2654435761 % 2**32) for n in range(60_000))
    raw = repacked(GOOD, **{f"xl/media/{n}.bin": noise for n in range(5)})

    assert refusal_of(raw, unpacked_bytes=1_000_000) == "unpacks_too_large"


def test_too_many_parts_are_not_opened():
    raw = repacked(GOOD, **{f"xl/media/{n}.bin": b"" for n in range(50)})

    assert refusal_of(raw, entries=40) == "unpacks_too_large"


def test_a_directory_that_lies_about_sizes_is_found_out():
    raw = bytearray(repacked(GOOD, **{"xl/media/zeros.bin": bytes(30_000_000)}))
    entry = raw.rindex(b"xl/media/zeros.bin") - 46
    assert raw[entry : entry + 4] == b"PK\x01\x02"
    raw[entry + 24 : entry + 28] = struct.pack("<I", 1_000)

    assert refusal_of(bytes(raw)) in {"unpacks_too_large", "damaged"}


def test_a_cell_at_the_far_corner_is_not_waited_for():
    sheet = zipfile.ZipFile(io.BytesIO(GOOD)).read("xl/worksheets/sheet1.xml")
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    raw = repacked(GOOD, **{"xl/worksheets/sheet1.xml": sheet.replace(b"</sheetData>", far)})

    assert refusal_of(raw) == "sheet_too_large"


@pytest.mark.parametrize("hidden", [b" r='XFD1048576'", b'\nr="XFD1048576"', b' r="&#88;FD9"'])
def test_a_far_cell_cannot_hide_behind_its_spelling(hidden):
    sheet = zipfile.ZipFile(io.BytesIO(GOOD)).read("xl/worksheets/sheet1.xml")
    far = b"<row><c" + hidden + b"><v>1</v></c></row></sheetData>"
    raw = repacked(GOOD, **{"xl/worksheets/sheet1.xml": sheet.replace(b"</sheetData>", far)})

    assert refusal_of(raw) == "damaged"


def test_a_long_text_repeated_in_every_cell_is_not_opened():
    rows = [["Employee ID", "Name"], *[[n, "same"] for n in range(3_000)]]
    good = workbook_bytes(People=rows)
    strings = zipfile.ZipFile(io.BytesIO(good)).read("xl/sharedStrings.xml")
    raw = repacked(
        good, **{"xl/sharedStrings.xml": strings.replace(b"same", b"abcdefgh" * 120_000)}
    )

    assert refusal_of(raw, packing_ratio=100_000) == "unpacks_too_large"


def test_a_long_text_in_one_cell_is_named():
    good = workbook_bytes(People=[*PEOPLE, [10028, "same", date(2022, 1, 1), "Sales"]])
    strings = zipfile.ZipFile(io.BytesIO(good)).read("xl/sharedStrings.xml")
    raw = repacked(
        good, **{"xl/sharedStrings.xml": strings.replace(b"same", b"abcdefgh" * 125_000)}
    )

    [problem] = read_table(raw, limits=Limits(packing_ratio=100_000)).problems

    assert (problem.row, problem.column, problem.code) == (4, "Full name", "cell_too_long")
