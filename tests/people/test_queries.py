from datetime import date

import pytest

from evenhand.people import queries
from evenhand.people.charting import count_people, find_units, unit_tree, units_above
from evenhand.people.histories import person_record
from evenhand.people.models import Unit
from evenhand.people.queries import Among, directory, find_people, manager_of, reports_of
from tests.factories.access import TODAY, acting
from tests.factories.people import (
    LeaveFactory,
    PersonFactory,
    PositionFactory,
    ReportingLineFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return acting(PersonFactory(given_name="Zoe", family_name="Zweig"))


def names(rows):
    return [row.name for row in rows]


@pytest.mark.parametrize(
    "words", ["lind", "LINDQVIST åsa", "asa lin", "p-77", "asa@exa", "  lind  "]
)
def test_people_are_found_by_beginnings_in_any_order(actor, words):
    PersonFactory(given_name="Åsa", family_name="Lindqvist", number="P-77", email="asa@example.org")
    PersonFactory(given_name="Linus", family_name="Berg")

    assert "Åsa Lindqvist" in names(find_people(actor, words))


@pytest.mark.parametrize("words", ["qvist", "%", "_", "asa berg", "\0", "", "   "])
def test_nobody_is_found_by_what_begins_no_word(actor, words):
    PersonFactory(given_name="Åsa", family_name="Lindqvist")

    assert find_people(actor, words) == []


def test_a_row_tells_two_of_the_same_name_apart(actor):
    PersonFactory(given_name="Åsa", family_name="Lind", title="Nurse", unit=UnitFactory(name="W"))
    LeaveFactory(person=PersonFactory(given_name="Åsa", family_name="Lind", unit=None))

    nurse, other = find_people(actor, "lind")

    assert (nurse.detail, nurse.is_away, nurse.works_here) == ("Nurse · W", False, True)
    assert (other.detail, other.is_away) == (other.number, True)


def test_rows_show_the_position_of_the_day(actor):
    person = PersonFactory(family_name="Lind", unit=None)
    PositionFactory(person=person, title="Once", ends_on=date(2024, 1, 1))
    PositionFactory(person=person, title="Now", starts_on=date(2024, 1, 1))

    assert [row.title for row in find_people(actor, "lind")] == ["Now"]


@pytest.mark.parametrize("few", [0, 5_000])
def test_the_people_of_a_unit_are_found_whether_many_or_few(actor, monkeypatch, few):
    monkeypatch.setattr(queries, "FEW", few)
    unit = UnitFactory()
    PersonFactory(family_name="Below", given_name="A", unit=UnitFactory(parent=unit))
    PersonFactory(family_name="Inside", given_name="B", unit=unit)

    page = directory(actor, among=Among(unit_id=unit.pk))

    assert names(page.rows) == ["A Below", "B Inside"]


def test_reports_are_those_of_the_day_without_matrix_ones(actor):
    manager = PersonFactory()
    report = PersonFactory(manager=manager)
    ReportingLineFactory(manager=manager, ends_on=date(2024, 1, 1))
    ReportingLineFactory(manager=manager, kind="matrix")

    assert [row.id for row in reports_of(manager.pk, on=TODAY)] == [report.pk]
    assert [row.id for row in directory(actor, among=Among(manager_id=manager.pk)).rows] == [
        report.pk
    ]
    assert manager_of(report.pk, TODAY) == manager
    assert manager_of(manager.pk, TODAY) is None


def test_a_record_has_everything_dated_the_latest_first():
    manager = PersonFactory()
    person = PersonFactory(manager=manager)
    ReportingLineFactory(person=person, kind="matrix", starts_on=date(2024, 1, 1))
    LeaveFactory(person=person)

    record = person_record(person)

    assert [line.is_matrix for line in record.lines] == [True, False]
    assert record.manager_on(TODAY) == manager
    assert [len(record.positions), len(record.employments), len(record.leaves)] == [1, 1, 1]


def test_units_are_walked_with_everyone_below_counted():
    top = UnitFactory(name="Top")
    ward = UnitFactory(name="Ward", parent=top)
    UnitFactory(parent=top, name="Closed", ends_on=TODAY)
    PersonFactory.create_batch(2, unit=ward)
    PersonFactory(unit=top)
    PersonFactory(unit=ward, left_on=TODAY)

    assert [(r.name, r.units, r.people) for r in unit_tree(None, on=TODAY)] == [("Top", 1, 3)]
    assert [(r.name, r.units, r.people) for r in unit_tree(top, on=TODAY)] == [("Ward", 0, 2)]
    assert count_people([top.pk], on=TODAY) == {top.pk: 3}
    assert units_above(ward) == [top]


def test_units_are_found_by_name_or_code():
    ward = UnitFactory(name="Ward North", code="W-1")
    UnitFactory(name="Other")

    assert find_units(Unit.objects.all(), "north war") == [ward]
    assert find_units(Unit.objects.all(), "w-1") == [ward]
    assert find_units(Unit.objects.all(), "") == []
