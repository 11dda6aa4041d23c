import pytest

from evenhand.analytics.report import Cell, Column, Table, Tone
from evenhand.documents.cells import LOOKS, reasons_of, row_of

WORDS, NUMBER = Column("A"), Column("B", is_number=True)


def table_of(*cells):
    return Table("Table", (WORDS,), tuple((cell,) for cell in cells))


def second(cell, column=WORDS):
    """How a cell looks that is not the first of its row."""
    return row_of((Cell(""), cell), (WORDS, column)).removeprefix('<th scope="row"></th>')


def test_every_tone_has_its_look():
    assert set(LOOKS) == set(Tone)
    assert len(set(LOOKS.values())) == len(Tone)


def test_the_first_cell_is_the_heading_of_its_row():
    assert row_of((Cell("Women"),), (WORDS,)) == '<th scope="row">Women</th>'


@pytest.mark.parametrize(
    ("cell", "column", "drawn"),
    [
        (Cell("0.66", 0.66), NUMBER, '<td class="number">0.66</td>'),
        (Cell("0.66", 0.66, Tone.BAD), NUMBER, '<td class="number bad">0.66</td>'),
        (
            Cell("look", tone=Tone.LOOK, is_tag=True),
            WORDS,
            '<td><span class="tag warn">look</span></td>',
        ),
        (Cell("", tone=Tone.LOOK, is_tag=True), WORDS, "<td></td>"),
        (Cell("<b>&", tone=Tone.SOFT), WORDS, '<td class="soft">&lt;b&gt;&amp;</td>'),
    ],
)
def test_a_cell_looks_like_what_it_says(cell, column, drawn):
    assert second(cell, column) == drawn


def test_a_hidden_cell_shows_a_dash_and_its_reason_and_never_its_number():
    drawn = second(Cell("fewer than <10> people", 7.0, is_hidden=True), NUMBER)

    assert ">—<" in drawn
    assert "fewer than &lt;10&gt; people" in drawn
    assert "7" not in drawn


def test_a_row_that_does_not_fit_its_headings_is_no_row():
    with pytest.raises(ValueError, match="zip"):
        row_of((Cell("A"),), (WORDS, NUMBER))


def test_each_reason_is_said_once_and_a_mere_dash_takes_the_reason_of_the_others():
    hidden = {"is_hidden": True}
    why = Cell("fewer than 10 people", **hidden)

    assert reasons_of(table_of(why, why, Cell("—", **hidden))) == ("fewer than 10 people",)
    assert reasons_of(table_of(Cell("—", **hidden))) == ("not shown, to protect people",)
    assert reasons_of(table_of(Cell("12", 12.0))) == ()
