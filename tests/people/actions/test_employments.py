from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.audit.models import Entry
from evenhand.kernel.acting import Role
from evenhand.kernel.periods import FOREVER
from evenhand.kernel.verdict import Refused
from evenhand.people.actions import (
    add_person,
    change_person_details,
    end_employment,
    end_leave,
    return_person,
    start_leave,
)
from evenhand.people.changes import Beginning, PersonDetails, PositionDetails
from evenhand.people.models import ManagementChain, Person, ReportingLine
from evenhand.people.queries import find_people, manager_of
from tests.factories.access import with_role
from tests.factories.people import (
    SINCE,
    PersonFactory,
    ReportingLineFactory,
    UnitFactory,
    company,
)

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = date(2026, 6, 1)
BEFORE = date(2026, 5, 31)
ADA = PersonDetails("9", "Ada", "Lovelace", "ada@example.org")


@pytest.fixture
def by():
    return with_role(Role.SPECIALIST)


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


class TestAdding:
    def test_someone_new_works_here_with_position_and_manager(self, by):
        manager = PersonFactory(manager=PersonFactory())
        position = PositionDetails(company(), "Poet")

        ada = add_person(ADA, Beginning(DAY, position, manager), by=by, at=AT)

        assert ada.employments.get().starts_on == DAY
        assert ada.positions.get().title == "Poet"
        assert ManagementChain.objects.filter(descendant=ada).count() == 3
        assert [row.name for row in find_people(by, "lovel ad")] == ["Ada Lovelace"]

    @pytest.mark.parametrize(
        ("details", "code"),
        [
            (PersonDetails("9", "", ""), "name_missing"),
            (PersonDetails("taken", "A", "B"), "number_taken"),
            (PersonDetails("9", "A", "B", "TAKEN@example.org"), "email_taken"),
        ],
    )
    def test_a_name_is_needed_and_numbers_and_addresses_are_not_shared(self, by, details, code):
        PersonFactory(number="taken", email="taken@example.org")

        with refused(code):
            add_person(details, Beginning(DAY), by=by, at=AT)

        assert not Person.objects.filter(number="9").exists()


class TestDetails:
    def test_a_new_name_is_found_and_the_trail_says_only_what_changed(self, by):
        person = PersonFactory(number="9", email="a@example.org")

        change_person_details(person, ADA, by=by, at=AT)

        assert [row.id for row in find_people(by, "lovelace")] == [person.pk]
        entry = Entry.objects.get(code="person.details_changed")
        assert set(entry.details["changed"]) == {"given_name", "family_name", "email"}

    def test_the_same_again_leaves_no_trace(self, by):
        ada = add_person(ADA, Beginning(DAY), by=by, at=AT)

        change_person_details(ada, ADA, by=by, at=AT)

        assert not Entry.objects.filter(code="person.details_changed").exists()


class TestLeaving:
    def test_everything_ends_with_the_employment(self, by):
        person = PersonFactory(manager=PersonFactory())
        start_leave(person, on=BEFORE, by=by, at=AT)

        end_employment(person, on=DAY, by=by, at=AT)

        for rows in (
            person.employments,
            person.positions,
            person.lines_to_managers,
            person.leaves,
        ):
            assert rows.get().ends_on == DAY

    def test_reports_pass_to_the_next_manager_above(self, by):
        head = PersonFactory()
        leaver = PersonFactory(manager=head)
        report = PersonFactory(manager=leaver)
        matrix = ReportingLineFactory(manager=leaver, kind="matrix")

        end_employment(leaver, on=DAY, by=by, at=AT)

        assert manager_of(report.pk, BEFORE) == leaver
        assert manager_of(report.pk, DAY) == head
        assert ManagementChain.objects.on(DAY).get(descendant=report, depth=1).ancestor == head
        matrix.refresh_from_db()
        assert matrix.ends_on == DAY
        assert Entry.objects.filter(
            code="person.manager_changed", about_id=report.pk, details__because="manager left"
        ).exists()

    def test_without_anybody_above_reports_have_no_manager(self, by):
        leaver = PersonFactory()
        report = PersonFactory(manager=leaver)

        end_employment(leaver, on=DAY, by=by, at=AT)

        assert manager_of(report.pk, DAY) is None

    def test_a_line_planned_for_later_passes_on_as_well(self, by):
        head = PersonFactory()
        leaver = PersonFactory(manager=head)
        later = date(2027, 1, 1)
        line = ReportingLineFactory(manager=leaver, starts_on=later)

        end_employment(leaver, on=DAY, by=by, at=AT)

        assert manager_of(line.person_id, later) == head

    @pytest.mark.parametrize("day", [SINCE, date(2019, 1, 1)])
    def test_nobody_leaves_before_a_day_of_work(self, by, day):
        with refused("not_employed"):
            end_employment(PersonFactory(), on=day, by=by, at=AT)


class TestReturning:
    def test_a_second_employment_begins(self, by):
        person = PersonFactory(left_on=date(2024, 1, 1))

        return_person(person, Beginning(DAY), by=by, at=AT)

        days = person.employments.order_by("starts_on").values_list("starts_on", "ends_on")
        assert list(days) == [(SINCE, date(2024, 1, 1)), (DAY, FOREVER)]

    def test_who_is_here_cannot_return(self, by):
        with refused("already_employed"):
            return_person(PersonFactory(), Beginning(DAY), by=by, at=AT)

    def test_a_closed_unit_stops_the_whole_return(self, by):
        person = PersonFactory(left_on=date(2024, 1, 1))
        closed = PositionDetails(UnitFactory(ends_on=BEFORE))

        with refused("unit_closed"):
            return_person(person, Beginning(DAY, closed), by=by, at=AT)

        assert person.employments.count() == 1


class TestLeave:
    def test_leaves_do_not_overlap(self, by):
        person = PersonFactory()
        start_leave(person, on=BEFORE, by=by, at=AT)

        with refused("already_away"):
            start_leave(person, on=DAY, until=date(2026, 7, 1), by=by, at=AT)

    def test_a_leave_has_a_day_and_lies_within_employment(self, by):
        with refused("ends_before_it_starts"):
            start_leave(PersonFactory(), on=DAY, until=DAY, by=by, at=AT)
        with refused("not_employed"):
            start_leave(PersonFactory(left_on=BEFORE), on=DAY, by=by, at=AT)

    def test_who_is_back_is_back(self, by):
        leave = start_leave(PersonFactory(), on=BEFORE, by=by, at=AT)

        end_leave(leave, on=DAY, by=by, at=AT)

        leave.refresh_from_db()
        assert leave.ends_on == DAY
        with refused("not_away"):
            end_leave(leave, on=date(2026, 7, 1), by=by, at=AT)


def test_only_the_specialist_changes_people():
    by = with_role(Role.HR_PARTNER)
    person = PersonFactory()
    ways = [
        lambda: add_person(ADA, Beginning(DAY), by=by, at=AT),
        lambda: change_person_details(person, ADA, by=by, at=AT),
        lambda: end_employment(person, on=DAY, by=by, at=AT),
        lambda: return_person(person, Beginning(DAY), by=by, at=AT),
        lambda: start_leave(person, on=DAY, by=by, at=AT),
    ]

    for way in ways:
        with refused("not_the_specialist"):
            way()
    assert not ReportingLine.objects.exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets only one write anyway")
class TestWaitingForAnother:
    """While a file of people is applied, nobody changes a person beside it."""

    def test_details_are_changed_one_at_a_time(self, by):
        person = PersonFactory()
        with CaptureQueriesContext(connection) as asked:
            change_person_details(person, ADA, by=by, at=AT)

        assert waits(asked)

    def test_leaves_begin_and_end_one_at_a_time(self, by):
        person = PersonFactory()
        with CaptureQueriesContext(connection) as begun:
            leave = start_leave(person, on=BEFORE, by=by, at=AT)
        with CaptureQueriesContext(connection) as ended:
            end_leave(leave, on=DAY, by=by, at=AT)

        assert waits(begun)
        assert waits(ended)


def waits(asked):
    return any("pg_advisory_xact_lock" in query["sql"] for query in asked)
