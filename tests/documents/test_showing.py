from typing import get_args

from evenhand.analytics.report import Block
from evenhand.documents.showing import PARTS, shown, shown_table
from tests.factories.reports import long_table, make_report, report_of


def test_every_kind_of_block_has_its_part():
    assert set(PARTS) == set(get_args(Block))


def test_a_long_table_shows_its_first_rows_and_folds_the_rest_away():
    table = shown_table(long_table(100))

    assert (len(table.first), table.folded, table.left_out) == (20, 80, 0)


def test_nobody_opens_a_fold_for_a_row_or_two():
    assert shown_table(long_table(22)).folded == 0
    assert shown_table(long_table(23)).folded == 3


def test_on_paper_a_table_ends_and_says_how_many_rows_are_missing():
    (section,) = shown(report_of(long_table(100)), most_rows=60).sections
    (block,) = section.blocks

    assert (len(block.table.first), block.table.folded) == (60, 0)
    assert block.table.left_out == 40


def test_sections_are_counted_from_one():
    assert [part.number for part in shown(make_report()).sections] == [1, 2, 3, 4]
