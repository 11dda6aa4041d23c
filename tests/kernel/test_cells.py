import csv
import io

import pytest

from evenhand.kernel.cells import harmless


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-1", "@cmd", "\tx", "\rx", " =1+1"])
def test_nothing_becomes_a_formula(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ada", "a=b", "3 - 1", "Zoë"])
def test_other_text_stays_as_it_is(text):
    assert harmless(text) == text


def test_a_harmless_cell_survives_csv():
    file = io.StringIO()
    csv.writer(file).writerow([harmless('=HYPERLINK("x")')])

    assert next(csv.reader(io.StringIO(file.getvalue()))) == ['\'=HYPERLINK("x")']
