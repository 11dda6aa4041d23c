import csv
import io
from datetime import UTC, date, datetime

import pytest

from evenhand.spreadsheets.cells import as_text, harmless


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 30", "-1", "@cmd", "\tx", "\rx", "\n=1", " =1+1", "@SUM(A1)"]
)
def test_nothing_becomes_a_formula(text):
    assert harmless(text) == f"'{text}"
    assert as_text(text) == f"'{text}"


def test_an_empty_byte_hides_no_formula():
    assert harmless("\0=1+1") == "'=1+1"


@pytest.mark.parametrize("text", ["", "Ada", "a=b", "3 - 1", "Zoë"])
def test_other_text_stays_as_it_is(text):
    assert harmless(text) == text


def test_a_harmless_cell_survives_csv():
    file = io.StringIO()
    csv.writer(file).writerow([harmless('=HYPERLINK("x")')])

    assert next(csv.reader(io.StringIO(file.getvalue()))) == ['\'=HYPERLINK("x")']


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Ada", "Ada"),
        (-2, "-2"),
        (0.5, "0.5"),
        (None, ""),
        (date(2026, 11, 22), "2026-11-22"),
        (datetime(2026, 11, 22, 9, 5, tzinfo=UTC), "2026-11-22 09:05"),
    ],
)
def test_everything_else_is_written_plainly(cell, text):
    assert as_text(cell) == text
