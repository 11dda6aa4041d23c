import pytest

from evenhand.analytics.report import Cell
from evenhand.documents.formats import format_of, is_number_only, kept_harmless, wide_enough

MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("text", "number", "wanted"),
    [
        ("1,204", 1204, "#,##0"),
        ("17", 17, "0"),
        ("0.66", 0.6571, "0.00"),
        (".031", 0.0312, "0.000"),
        ("6.4%", 0.0641, "0.0%"),
        ("6.4%", 6.41, '0.0"%"'),
        ("100%", 1.0, "0%"),
        ("+0.61", 0.611, f"+0.00;{MINUS}0.00;0.00"),
        (f"{MINUS}0.09 ({MINUS}0.17, 0.01)", -0.09, "0.00"),
        ("highest", 1.0, "General"),
        ("", 3.0, "General"),
        ("5", None, "General"),
    ],
)
def test_a_number_is_shown_like_its_text(text, number, wanted):
    assert format_of(Cell(text, number)) == wanted


@pytest.mark.parametrize("text", ["1,204", ".031", f"{MINUS}0.09", "+5", "6.4%", "6.4 %", "17"])
def test_a_bare_number_needs_no_words_beside_it(text):
    assert is_number_only(text)


@pytest.mark.parametrize("text", ["", "highest", "0.1 (0.0, 0.2)", "< .001", "%", "12 of 40", "-"])
def test_all_else_does(text):
    assert not is_number_only(text)


def test_a_signed_number_keeps_its_sign_and_a_formula_is_disarmed():
    assert kept_harmless("+0.61 (+0.32, +0.90)") == "+0.61 (+0.32, +0.90)"
    assert kept_harmless("+1+A1") == "'+1+A1"
    assert kept_harmless("=1") == "'=1"


def test_a_column_is_wide_enough_within_reason():
    assert wide_enough([]) == 8 + 2
    assert wide_enough(["x" * 20]) == 22
    assert wide_enough(["x" * 500]) == 60
