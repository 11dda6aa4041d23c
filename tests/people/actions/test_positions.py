from datetime import UTC, date, datetime

import pytest

from evenhand.audit.models import Entry
from evenhand.kernel.acting import Role
from evenhand.kernel.periods import FOREVER
from evenhand.kernel.verdict import Refused
from evenhand.people.actions import change_manager, change_matrix_manager, change_position
from evenhand.people.changes import PositionDetails
from evenhand.people.models import ManagementChain, Position, ReportingLine
from evenhand.people.queries import manager_of
from tests.factories.access import acting, with_role
from tests.factories.people import (
    SINCE,
    PersonFactory,
    PositionFactory,
    ReportingLineFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = date(2026, 6, 1)
BEFORE = date(2026, 5, 31)


@pytest.fixture
def by():
    return with_role(Role.SPECIALIST)


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


class TestManager:
    def test_a_new_line_begins_and_the_old_one_stays(self, by):
        old, new = PersonFactory.create_batch(2)
        person = PersonFactory(manager=old)

        change_manager(person, new, on=DAY, by=by, at=AT)

        assert manager_of(person.pk, BEFORE) == old
        assert manager_of(person.pk, DAY) == new

    def test_everyone_below_gets_the_new_line_above(self, by):
        old, new = PersonFactory.create_batch(2)
        lead = PersonFactory(manager=old)
        person = PersonFactory(manager=lead)

        change_manager(lead, new, on=DAY, by=by, at=AT)

        above = ManagementChain.objects.filter(descendant=person, depth=2)
        assert set(above.values_list("ancestor", "starts_on", "ends_on")) == {
            (old.pk, SINCE, DAY),
            (new.pk, DAY, FOREVER),
        }

    def test_it_is_on_record(self, by):
        old, new = PersonFactory.create_batch(2)
        person = PersonFactory(manager=old)

        change_manager(person, new, on=DAY, by=by, at=AT)

        entry = Entry.objects.get(code="person.manager_changed", about_id=person.pk)
        assert entry.details == {"on": "2026-06-01", "old": old.pk, "new": new.pk}
        assert entry.by_id == by.person_id

    def test_a_correction_on_the_same_day_replaces_the_line(self, by):
        old, wrong, right = PersonFactory.create_batch(3)
        person = PersonFactory(manager=old)
        change_manager(person, wrong, on=DAY, by=by, at=AT)

        change_manager(person, right, on=DAY, by=by, at=AT)

        lines = ReportingLine.objects.filter(person=person).order_by("starts_on")
        assert [line.manager for line in lines] == [old, right]

    def test_going_back_to_the_former_manager_on_the_same_day_leaves_one_line(self, by):
        old, wrong = PersonFactory.create_batch(2)
        person = PersonFactory(manager=old)
        change_manager(person, wrong, on=DAY, by=by, at=AT)

        change_manager(person, old, on=DAY, by=by, at=AT)

        line = ReportingLine.objects.get(person=person)
        assert (line.starts_on, line.ends_on) == (SINCE, FOREVER)

    def test_someone_can_report_to_nobody(self, by):
        person = PersonFactory(manager=PersonFactory())

        change_manager(person, None, on=DAY, by=by, at=AT)

        assert manager_of(person.pk, DAY) is None

    def test_a_change_can_lie_ahead(self, by):
        new = PersonFactory()
        person = PersonFactory(manager=PersonFactory())

        change_manager(person, new, on=date(2030, 1, 1), by=by, at=AT)

        assert manager_of(person.pk, date(2030, 1, 1)) == new

    def test_nothing_is_changed_before_a_change_that_is_already_noted(self, by):
        person = PersonFactory(manager=PersonFactory())
        change_manager(person, PersonFactory(), on=DAY, by=by, at=AT)

        with refused("later_change"):
            change_manager(person, PersonFactory(), on=BEFORE, by=by, at=AT)

    def test_nobody_is_their_own_manager(self, by):
        person = PersonFactory()

        with refused("own_manager"):
            change_manager(person, person, on=DAY, by=by, at=AT)

    @pytest.mark.parametrize("steps", [1, 2])
    def test_nobody_reports_to_somebody_below_them(self, by, steps):
        person = below = PersonFactory()
        for _ in range(steps):
            below = PersonFactory(manager=below)

        with refused("manager_stands_below"):
            change_manager(person, below, on=DAY, by=by, at=AT)

    def test_nor_to_somebody_who_will_stand_below_them(self, by):
        person, later_below = PersonFactory.create_batch(2)
        ReportingLineFactory(person=later_below, manager=person, starts_on=date(2027, 1, 1))

        with refused("manager_stands_below"):
            change_manager(person, later_below, on=DAY, by=by, at=AT)

    def test_but_to_somebody_who_once_stood_below_them(self, by):
        person, once_below = PersonFactory.create_batch(2)
        ReportingLineFactory(person=once_below, manager=person, ends_on=BEFORE)

        change_manager(person, once_below, on=DAY, by=by, at=AT)

        assert manager_of(person.pk, DAY) == once_below

    def test_nobody_reports_to_somebody_who_has_left(self, by):
        with refused("manager_not_employed"):
            change_manager(PersonFactory(), PersonFactory(left_on=BEFORE), on=DAY, by=by, at=AT)

    def test_a_line_ends_when_the_manager_is_known_to_leave(self, by):
        leaving = PersonFactory(left_on=date(2027, 1, 1))
        person = PersonFactory()

        change_manager(person, leaving, on=DAY, by=by, at=AT)

        assert ReportingLine.objects.get(person=person).ends_on == date(2027, 1, 1)

    def test_only_while_one_works_here(self, by):
        with refused("not_employed"):
            change_manager(PersonFactory(left_on=BEFORE), PersonFactory(), on=DAY, by=by, at=AT)

    def test_the_same_again_is_nothing_new(self, by):
        manager = PersonFactory()

        with refused("nothing_new"):
            change_manager(PersonFactory(manager=manager), manager, on=DAY, by=by, at=AT)

    def test_only_the_specialist_changes_lines(self):
        with refused("not_the_specialist"):
            change_manager(
                PersonFactory(), PersonFactory(), on=DAY, by=acting(PersonFactory()), at=AT
            )


def test_a_matrix_manager_is_noted_beside_the_manager(by):
    manager, matrix = PersonFactory.create_batch(2)
    person = PersonFactory(manager=manager)

    change_matrix_manager(person, matrix, on=DAY, by=by, at=AT)

    assert manager_of(person.pk, DAY) == manager
    assert ReportingLine.objects.get(person=person, kind="matrix").manager == matrix


class TestPosition:
    def test_a_new_position_begins_and_the_old_one_stays(self, by):
        person = PersonFactory(title="Nurse")
        ward = UnitFactory()

        change_position(person, PositionDetails(ward, "Head nurse"), on=DAY, by=by, at=AT)

        titles = Position.objects.filter(person=person).order_by("starts_on")
        assert [(p.title, p.starts_on) for p in titles] == [
            ("Nurse", SINCE),
            ("Head nurse", DAY),
        ]
        changed = Entry.objects.get(code="person.position_changed").details["changed"]
        assert changed["title"] == ["Nurse", "Head nurse"]

    def test_a_unit_that_is_closed_takes_nobody(self, by):
        closed = UnitFactory(ends_on=BEFORE)

        with refused("unit_closed"):
            change_position(PersonFactory(), PositionDetails(closed), on=DAY, by=by, at=AT)

    def test_someone_without_a_position_gets_one(self, by):
        person = PersonFactory(unit=None)

        change_position(person, PositionDetails(UnitFactory(), "Poet"), on=DAY, by=by, at=AT)

        assert person.positions.get().title == "Poet"

    def test_the_same_position_again_is_nothing_new(self, by):
        position = PositionFactory(title="Poet")
        same = PositionDetails(position.unit, "Poet")

        with refused("nothing_new"):
            change_position(position.person, same, on=DAY, by=by, at=AT)
