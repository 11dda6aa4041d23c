import pytest

from evenhand.analytics.report import Cell, Table, Words
from evenhand.analytics.storing import report_to_text
from evenhand.analytics.summarizing import summary_of_numbers, summary_of_report
from tests.factories.analytics import NUMBERS
from tests.factories.reports import RATERS, make_report, report_of

NAMES = [name for name, *_ in RATERS]


def test_no_rater_is_named_in_a_summary():
    whole = make_report()
    assert any(name in report_to_text(whole) for name in NAMES)

    said = report_to_text(summary_of_report(whole, NAMES))

    assert not any(name in said for name in NAMES)


def test_raters_and_actions_are_left_out_and_groups_stay():
    keys = [section.key for section in summary_of_report(make_report(), NAMES).sections]

    assert "raters" not in keys
    assert "actions" not in keys
    assert {"dependence", "gaps"} <= set(keys)


def test_a_block_that_names_a_rater_is_left_out_wherever_it_stands():
    named = Table("Teams", (), ((Cell("Simon Roup"), Cell("4", 4)),))
    report = make_report(sections=[section_with(named, Words(("Nobody is named.",)))])

    (section,) = summary_of_report(report, NAMES).sections

    assert section.blocks == (Words(("Nobody is named.",)),)


@pytest.mark.parametrize("name", ['Jo "Ace" Lee', "Ann \\ Bo", "Tab\tWang"])
def test_no_sign_in_a_name_brings_it_into_a_summary(name):
    named = Table("Teams", (), ((Cell(name), Cell("4", 4)),))

    (section,) = summary_of_report(make_report(sections=[section_with(named)]), [name]).sections

    assert section.blocks == ()


def section_with(*blocks):
    (section,) = report_of(*blocks).sections
    return type(section)("calibration", section.question, "Some moved.", tuple(blocks))


def test_numbers_lose_their_raters_and_whatever_is_not_known_to_be_open():
    said = summary_of_numbers(NUMBERS | {"a_later_number": 1})

    assert said["raters_detail"] == []
    assert said["groups"] == NUMBERS["groups"]
    assert "a_later_number" not in said


def test_no_number_is_told_more_exactly_in_a_summary_than_a_page_would():
    cells = (Cell("17%", 0.17234567), Cell("311", 311.0), Cell("12,345", 12345))

    (section,) = summary_of_report(make_report(sections=[with_row(cells)]), []).sections
    said = summary_of_numbers(
        NUMBERS | {"share_rater": 0.17234567, "share_rater_interval": [0.1, 1]}
    )

    assert [cell.number for cell in section.blocks[0].rows[0]] == [0.172, 311.0, 12345]
    assert (said["share_rater"], said["share_rater_interval"]) == (0.172, [0.1, 1])


def with_row(cells):
    return section_with(Table("Shares", (), (cells,)))
