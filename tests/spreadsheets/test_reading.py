import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.spreadsheets.tables import Limits, Table, UnusableFile
from tests.spreadsheets.building import csv_bytes, read_table

HEADER = ("Employee ID", "First name", "Last name")
ANN = ("007", "Ann", "Lee")
PLAIN = csv_bytes(HEADER, ANN)


def refusal_of(source, **limits):
    with pytest.raises(UnusableFile) as refusal:
        read_table(source, limits=Limits(**limits))
    assert refusal.value.message.endswith((".", "?"))
    return refusal.value.code


def table_or_refusal(raw):
    try:
        return read_table(raw)
    except UnusableFile as refusal:
        return refusal


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode()))
def test_any_bytes_are_a_table_or_refused_kindly(raw):
    table = table_or_refusal(raw)

    if isinstance(table, UnusableFile):
        assert table.code
        assert table.message
    else:
        assert isinstance(table, Table)
        assert all(len(row) == len(table.header) for row in table.rows)


@given(st.binary(max_size=200))
def test_a_header_does_not_make_nonsense_dangerous(raw):
    table = table_or_refusal(PLAIN + raw)

    assert isinstance(table, UnusableFile) or len(table.rows) == len(table.row_numbers)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "utf-16-le"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_unicode_is_read_with_and_without_a_mark(mark, encoding):
    raw = mark + csv_bytes(HEADER, ("1", "Zoë", "Łukasz"), encoding=encoding)

    table = read_table(raw)

    assert table.header == HEADER
    assert table.rows == [["1", "Zoë", "Łukasz"]]
    assert table.encoding == encoding
    assert table.notes == ()


def test_western_european_bytes_are_read_and_said_so():
    table = read_table(csv_bytes(HEADER, ("1", "Zoë", "Müller"), encoding="cp1252"))

    assert table.encoding == "cp1252"
    assert table.rows == [["1", "Zoë", "Müller"]]
    assert "Windows-1252" in table.notes[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_sign_between_cells_is_found(delimiter):
    table = read_table(csv_bytes(HEADER, ("1", "Ann, Mary", "Lee; or Li"), delimiter=delimiter))

    assert table.delimiter == delimiter
    assert table.rows == [["1", "Ann, Mary", "Lee; or Li"]]


def test_a_declared_sign_is_believed():
    table = read_table(b"sep=;\r\nEmployee ID;Name\r\n1;Lee, Ann\r\n")

    assert table.delimiter == ";"
    assert table.row_numbers == [3]


def test_rows_keep_the_numbers_a_spreadsheet_shows():
    raw = b'\r\nEmployee ID,Name,Department\r\n1,"Lee,\nAnn",Sales\r\n,,\r\n\r\n2,Bo,Sales\r\n'

    table = read_table(raw)

    assert table.rows == [["1", "Lee,\nAnn", "Sales"], ["2", "Bo", "Sales"]]
    assert table.row_numbers == [3, 6]


def test_trailing_empty_columns_are_dropped():
    table = read_table(b"Employee ID,Name,,\n1,Ann,,\n2,Bo,,\n")

    assert table.header == ("Employee ID", "Name")
    assert table.problems == ()


def test_short_rows_are_filled_and_mentioned():
    table = read_table(b"Employee ID,Name,Department\n1,Ann,Sales\n2,Bo\n3,Cy,Sales\n")

    assert table.rows[1] == ["2", "Bo", ""]
    assert [(p.row, p.code, p.is_error) for p in table.problems] == [(None, "too_few_cells", False)]


def test_a_row_with_too_many_cells_is_refused_without_repeating_them():
    table = read_table(b"Employee ID,Name,Race\n1,Lee,Ann,White\n2,Bo,Asian\n")

    [problem] = table.problems
    assert (problem.row, problem.code, problem.is_error) == (2, "too_many_cells", True)
    assert "White" not in problem.value + problem.message


def test_empty_bytes_within_are_left_out_and_said_so():
    table = read_table(b"Employee ID,Name\n1,A\0nn\n")

    assert table.rows == [["1", "Ann"]]
    assert "NUL" in table.notes[0]


def test_a_cell_of_ten_megabytes_is_named_and_not_kept():
    raw = csv_bytes(HEADER, ANN, ("008", "x" * 10_000_000, "Li"))

    table = read_table(raw)

    [problem] = table.problems
    assert (problem.row, problem.column, problem.code) == (3, "First name", "cell_too_long")
    assert len(problem.value) == 60
    assert table.rows[1] == ["008", "", "Li"]


def test_a_long_cell_in_a_protected_column_is_not_shown():
    table = read_table(csv_bytes(("Employee ID", "Name", "Race"), ("1", "Ann", "White " * 1_000)))

    assert table.problems[0].value == "•••"


def test_a_quotation_mark_without_its_partner_is_suspected():
    raw = b'Employee ID,Name,Sex\n1,"Ann,F\n' + b"2,Bo Somebody,M\n" * 500

    table = read_table(raw)

    short, long = table.problems
    assert (short.code, long.code) == ("too_few_cells", "cell_too_long")
    assert "quotation mark" in long.message
    assert long.value == "Ann"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"\r\n ,\r\n", "empty"),
        (b"Employee ID,Name\n", "no_rows"),
        (b"1,2,3\n4,5,6\n", "no_header"),
        (b"%PDF-1.7\n\x01\x02\x03\x04\x05\x06\x07\x08" * 20, "not_text"),
        (bytes(range(256)), "not_text"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(raw, code):
    assert refusal_of(raw) == code


def test_a_file_too_large_is_not_even_opened(tmp_path):
    large = tmp_path / "people.csv"
    large.write_bytes(PLAIN * 10)

    assert refusal_of(large, file_bytes=100) == "file_too_large"
    assert refusal_of(PLAIN * 10, file_bytes=100) == "file_too_large"


def test_rows_and_columns_have_limits():
    assert refusal_of(csv_bytes(HEADER, *[ANN] * 20), rows=5) == "too_many_rows"
    assert refusal_of(csv_bytes(["Name"] * 40, ["Ann"] * 40), columns=30) == "too_many_columns"


def test_a_missing_file_is_named(tmp_path):
    assert refusal_of(tmp_path / "nowhere.csv") == "no_file"
