from datetime import UTC, date, datetime

import pytest

from evenhand.audit.models import Entry
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from evenhand.people.actions import close_unit, create_unit, move_unit, rename_unit
from evenhand.people.changes import UnitDetails
from evenhand.people.charting import units_above
from tests.factories.access import TODAY, acting, with_role
from tests.factories.people import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = date(2026, 6, 1)


@pytest.fixture
def by():
    return with_role(Role.SPECIALIST)


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def test_a_new_unit_stands_in_its_parent(by):
    top = UnitFactory()

    ward = create_unit(UnitDetails("W", "Ward", top), on=DAY, by=by, at=AT)

    assert units_above(ward) == [top]
    assert Entry.objects.get(code="unit.created").details["parent"] == top.code


def test_a_code_is_given_once(by):
    UnitFactory(code="W")

    with refused("code_taken"):
        create_unit(UnitDetails("W", "Ward"), on=DAY, by=by, at=AT)


def test_a_new_name_is_on_record(by):
    unit = UnitFactory(name="Ward")

    rename_unit(unit, "Ward 1", by=by, at=AT)

    assert Entry.objects.get(code="unit.renamed").details == {"old": "Ward", "new": "Ward 1"}


def test_a_unit_moves_with_all_that_stands_in_it(by):
    here, there = UnitFactory(), UnitFactory()
    ward = UnitFactory(parent=here)
    team = UnitFactory(parent=ward)

    move_unit(ward, there, on=DAY, by=by, at=AT)

    assert units_above(team) == [there, ward]
    assert ward.placements.count() == 2


def test_a_unit_can_move_to_the_top_and_be_put_right_on_the_same_day(by):
    here, there = UnitFactory(), UnitFactory()
    ward = UnitFactory(parent=here)
    move_unit(ward, None, on=DAY, by=by, at=AT)
    assert units_above(ward) == []

    move_unit(ward, there, on=DAY, by=by, at=AT)

    assert units_above(ward) == [there]


def test_a_unit_does_not_move_into_itself_ahead_of_time_or_into_a_closed_one(by):
    top = UnitFactory()
    ward = UnitFactory(parent=top)

    with refused("unit_stands_below"):
        move_unit(top, ward, on=DAY, by=by, at=AT)
    with refused("unit_stands_below"):
        move_unit(top, top, on=DAY, by=by, at=AT)
    with refused("unit_moves_today"):
        move_unit(ward, None, on=date(2027, 1, 1), by=by, at=AT)
    with refused("unit_closed"):
        move_unit(ward, UnitFactory(ends_on=DAY), on=DAY, by=by, at=AT)


def test_a_unit_is_closed_when_nobody_is_in_it(by):
    top = UnitFactory()
    ward = UnitFactory(parent=top)
    PersonFactory(unit=ward, left_on=TODAY)

    with refused("unit_in_use"):
        close_unit(ward, on=DAY, by=by, at=AT)
    with refused("unit_in_use"):
        close_unit(top, on=TODAY, by=by, at=AT)
    close_unit(ward, on=TODAY, by=by, at=AT)

    ward.refresh_from_db()
    assert ward.ends_on == TODAY
    assert units_above(ward) == [top]


def test_only_the_specialist_changes_units():
    by = acting(PersonFactory())
    unit = UnitFactory()

    for way in (
        lambda: create_unit(UnitDetails("W", "Ward"), on=DAY, by=by, at=AT),
        lambda: rename_unit(unit, "Ward", by=by, at=AT),
        lambda: move_unit(unit, None, on=DAY, by=by, at=AT),
        lambda: close_unit(unit, on=DAY, by=by, at=AT),
    ):
        with refused("not_the_specialist"):
            way()
