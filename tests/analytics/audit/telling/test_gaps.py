import re
from dataclasses import replace

import numpy as np
import pytest

from evenhand.analytics.audit.measuring.gaps import measure_gaps
from evenhand.analytics.audit.measuring.gaps_results import Event
from evenhand.analytics.audit.ratings import Choices, Coded
from evenhand.analytics.audit.telling.figures import MINUS
from evenhand.analytics.audit.telling.gaps import tell_gaps
from evenhand.analytics.report import IntervalChart, NotSaid, Table, Tone, Words
from tests.factories.groups import mixed_staff, staff

SIMPSON = (("F", 18, 0, 20), ("F", 24, 0, 80), ("M", 72, 0, 80), ("M", 6, 0, 20))


def told(ratings, **choices):
    return tell_gaps(measure_gaps(ratings, Choices(**choices)))


def blocks(section, kind):
    return [block for block in section.blocks if isinstance(block, kind)]


def tables(section):
    return [*blocks(section, Table), *(chart.table for chart in blocks(section, IntervalChart))]


def everything(section):
    """Every text of a section, one a line."""
    texts = [section.question, section.answer]
    for block in section.blocks:
        if isinstance(block, Words):
            texts += block.paragraphs
        if isinstance(block, NotSaid):
            texts += [block.what, block.why, block.remedy]
    for table in tables(section):
        texts += [table.title, table.note, *(column.label for column in table.columns)]
        texts += [cell.text for row in table.rows for cell in row]
    return "\n".join(texts)


def words(section):
    return " ".join(text for block in blocks(section, Words) for text in block.paragraphs)


def row(table, label):
    return next(row for row in table.rows if row[0].text == label)


@pytest.fixture
def mixed():
    rng = np.random.default_rng(3)
    ratings = mixed_staff(rng)
    facts = {"grade": Coded(rng.integers(0, 3, ratings.n), ("a", "b", "c"))}
    return replace(
        ratings, controls=facts, unit=Coded(rng.integers(0, 5, ratings.n), tuple("vwxyz"))
    )


def test_a_gap_is_told_with_people_rates_and_an_interval():
    section = told(staff(("F", 12, 0, 40), ("M", 48, 0, 80)))

    assert section.answer.startswith(
        "1 comparison was made, of 120 people. 1 asks for a closer look"
    )
    assert (
        "F: 30% of 40 people were rated “Above or Outstanding”, against 60% of 80 (M); the"
        f" difference is {MINUS}30.0 percentage points ({MINUS}45." in words(section)
    )
    table = blocks(section, Table)[0]
    assert table.title == "Rated “Above or Outstanding”, by sex"
    *_cells, tag = row(table, "F")
    assert (tag.text, tag.tone, tag.is_tag) == ("look here", Tone.BAD, True)
    assert row(table, "M")[3].text == "highest"


def test_nothing_is_called_fair(mixed):
    for ratings in (mixed, staff(*SIMPSON, unit=("A", "B", "A", "B"))):
        assert not re.search(r"\b(un)?fair", everything(told(ratings)), re.IGNORECASE)


def test_every_row_has_a_cell_for_every_column(mixed):
    small = Coded(np.where(np.arange(600) < 3, 2, np.arange(600) % 2), ("p", "q", "r"))
    section = told(replace(mixed, groups={**mixed.groups, "site": small}))

    assert len(tables(section)) > 8
    for table in tables(section):
        assert {len(row) for row in table.rows} <= {len(table.columns)}


def test_no_gap_seen_says_how_large_a_gap_would_have_stayed_unseen(mixed):
    section = told(mixed)

    assert "no proof that there is no gap" in section.answer
    assert re.search(r"a gap of less than \d+ percentage points would often", words(section))
    assert row(blocks(section, Table)[0], "F")[-1].text in {"no gap seen", ""}


def test_a_few_people_are_too_few_to_tell():
    section = told(staff(("F", 5, 1, 12), ("M", 6, 1, 14)))

    table = blocks(section, Table)[0]
    tags = {row[-1].text for row in table.rows}
    assert "no gap seen" not in tags
    assert tags & {"too few to tell", "hangs on one person"}


def test_words_and_tables_agree_on_what_is_too_few():
    text = words(told(staff(("F", 15, 13, 40), ("M", 15, 13, 40))))

    assert "“Above or Outstanding”: too few people to tell M (40) from F (40)." in text
    assert "No gap in" not in text


def test_hidden_groups_are_named_and_nothing_else_is_said_of_them():
    section = told(staff(("A", 20, 5, 60), ("B", 18, 6, 50), ("C", 4, 3, 12), ("D", 1, 1, 3)))

    for table in blocks(section, Table)[:2]:
        assert row(table, "D")[-1].text == "not shown, to protect small groups"
        assert row(table, "C")[-1].text == row(table, "D")[-1].text
        assert all(cell.number is None for label in "CD" for cell in row(table, label))
    assert not re.search(r"\b[CD]\b", words(section))


def test_a_gap_that_lies_between_units_is_told_with_the_question_it_raises():
    section = told(staff(*SIMPSON, unit=("A", "B", "A", "B")))

    assert "Within units the difference of F is 0.0 percentage points" in words(section)
    assert "who comes to work in which unit" in words(section)


def test_a_gap_that_the_whole_hides_is_told():
    cells = (("F", 10, 0, 100), ("F", 120, 0, 200), ("M", 60, 0, 200), ("M", 85, 0, 100))

    section = told(staff(*cells, unit=("A", "B", "A", "B")))

    assert "which the whole hides" in words(section)


def test_the_chart_and_its_table_say_the_same():
    chart = blocks(told(staff(("F", 12, 4, 40), ("M", 48, 2, 80))), IntervalChart)[0]

    mark, cells = chart.marks[0], chart.table.rows[0]
    assert mark.middle == pytest.approx(-30)
    assert mark.low < mark.middle < mark.high
    assert [cell.number for cell in cells[4:7]] == [mark.middle, mark.low, mark.high]


def test_gaps_at_equal_circumstances_stand_beside_the_raw_ones(mixed):
    section = told(mixed)
    first = blocks(section, Table)[0]

    labels = [column.label for column in first.columns]
    assert "Gap at equal circumstances" in labels
    assert re.search(r"grade, unit", first.note)
    cell = next(r for r in first.rows if r[-1].text)[labels.index("Gap at equal circumstances")]
    assert re.fullmatch(
        r"[+-]?\d\.\d\d \(-?\d\.\d\d to -?\d\.\d\d\)", cell.text.replace(MINUS, "-")
    )


def test_splits_say_what_they_do_not_prove(mixed):
    section = told(mixed)

    split = next(table for table in blocks(section, Table) if table.title.endswith("split"))
    assert "not proof of discrimination" in split.note
    assert len(split.rows) == 6


def test_a_ratio_just_below_four_fifths_does_not_look_like_four_fifths():
    near = blocks(told(staff(("F", 398, 0, 1000), ("M", 500, 0, 1000))), Table)[0]
    exact = blocks(told(staff(("F", 400, 0, 1000), ("M", 500, 0, 1000))), Table)[0]

    assert (row(near, "F")[3].text, row(exact, "F")[3].text) == ("0.796", "0.80")


def test_people_rated_more_than_once_are_said_to_count_once():
    ratings = staff(("F", 12, 2, 40), ("M", 48, 4, 80))
    twice = replace(ratings, person=Coded(np.r_[0, 0, 2:120], ratings.person.labels))

    assert "1 person was rated more than once and counts once" in words(told(twice))


def test_the_few_of_whom_a_group_is_not_known_are_said_to_be_left_out():
    ratings = staff(("F", 12, 2, 40), ("M", 48, 4, 80), ("", 1, 0, 1))

    assert "5 people were left out everywhere here" in words(told(ratings))


def test_what_cannot_be_said_says_why():
    section = told(staff(("F", 20, 5, 60), ("M", 1, 1, 3)))

    refused = blocks(section, NotSaid)[0]
    assert refused.what == "Differences by sex"
    assert "enough people" in refused.why
    assert refused.remedy


def test_without_groups_it_says_what_would_help():
    ratings = replace(staff(("F", 12, 2, 40), ("M", 20, 4, 60)), groups={})

    assert blocks(told(ratings), NotSaid)[0].remedy == "Name one or more, such as sex or age."


def test_many_levels_are_told_by_the_first_that_counts():
    answers = measure_gaps(mixed_staff(np.random.default_rng(5)), Choices())
    names = {Event.FAVOURABLE: ("7", "8", "9", "10"), Event.ADVERSE: ("1", "2", "3", "4")}

    text = everything(tell_gaps(replace(answers, named=names)))

    assert "“7 or more”" in text
    assert "“4 or less”" in text
