"""What a file changes, seen beside the people who are there already."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from evenhand.integrations.kinds import ChangeKind, Fact
from evenhand.integrations.people_files.kinds import ManagerNotFound
from evenhand.kernel.acting import Role
from evenhand.people.models import Employment, Leave, Person, Position, ReportingLine, Unit
from tests.factories.access import TODAY, with_role
from tests.factories.people import PersonFactory, UnitFactory
from tests.integrations.files import bring, csv_of, plan_of

pytestmark = pytest.mark.django_db

HEADER = ["Employee ID", "First name", "Last name", "E-mail", "Manager ID", "Department"]
HEADER += ["Job title", "Hire date", "Exit date"]
ADA = ["1", "Ada", "Lund", "ada@x.org", "", "Labs", "Head", "2015-02-28", ""]
BO = ["2", "Bo", "Okafor", "bo@x.org", "1", "Labs", "Chemist", "2016-03-15", ""]
CY = ["3", "Cy", "Oh", "cy@x.org", "1", "Labs", "Chemist", "2017-08-21", ""]
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def by():
    return with_role(Role.SPECIALIST, number="SPEC")


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def three(by, at):
    bring(csv_of(HEADER, ADA, BO, CY), by, at)


def row(base, **said):
    places = {"number": 0, "given": 1, "family": 2, "email": 3, "manager": 4, "unit": 5}
    places |= {"title": 6, "hired": 7, "left": 8}
    changed = list(base)
    for name, value in said.items():
        changed[places[name]] = value
    return changed


def counts(plan):
    return {name: n for name, n in plan.counts().items() if n and name != "absent"}


def facts_of(plan, number):
    [change] = [c for c in plan.shown if c.number == number]
    return {fact: (old, new) for fact, old, new, _on in change.facts}


def codes(plan):
    return [(problem.row, problem.code) for problem in plan.problems]


def line_of(number, on=TODAY):
    line = ReportingLine.objects.on(on).filter(person__number=number, kind="primary").first()
    return line.manager.number if line else None


class TestAgain:
    def test_the_same_file_again_changes_nothing(self, by, at, three):
        again = bring(csv_of(HEADER, ADA, BO, CY), by, at)

        assert counts(again) == {"unchanged": 3}
        assert not again.has_changes

    def test_a_plan_alone_changes_nothing(self, by):
        assert plan_of(csv_of(HEADER, ADA), by).counts()["added"] == 1
        assert not Person.objects.filter(number="1").exists()


class TestAdded:
    def test_what_the_file_says_holds_from_the_first_day(self, by, at, three):
        bo = Person.objects.get(number="2")

        assert bo.employments.get().starts_on == date(2016, 3, 15)
        assert bo.positions.get().title == "Chemist"
        assert line_of("2", date(2016, 3, 15)) == "1"

    def test_leavers_come_in_with_their_days(self, by, at):
        bring(csv_of(HEADER, ADA, row(BO, left="2020-06-30")), by, at)

        assert Employment.objects.get(person__number="2").ends_on == date(2020, 7, 1)

    def test_a_manager_hired_later_leads_from_that_day(self, by, at):
        bring(csv_of(HEADER, row(ADA, hired="2018-01-15"), BO), by, at)

        assert (line_of("2", date(2018, 1, 14)), line_of("2", date(2018, 1, 15))) == (None, "1")

    def test_new_people_need_a_name(self, by):
        plan = plan_of(csv_of(["Employee ID", "Department"], ["1", "Labs"], ["2", "Labs"]), by)

        assert codes(plan) == [(2, "missing_name"), (3, "missing_name")]

    def test_an_address_of_somebody_else_is_refused(self, by):
        PersonFactory(number="9", email="ada@x.org")

        assert codes(plan_of(csv_of(HEADER, ADA), by)) == [(2, "email_taken")]

    def test_addresses_can_be_exchanged(self, by, at, three):
        rows = (row(ADA, email="bo@x.org"), row(BO, email="ada@x.org"), CY)
        bring(csv_of(HEADER, *rows), by, at)

        assert Person.objects.get(number="1").email == "bo@x.org"


class TestChanged:
    def test_a_manager_change_begins_a_new_line_and_the_past_stays(self, by, at, three):
        plan = bring(csv_of(HEADER, ADA, BO, row(CY, manager="2")), by, at)

        assert facts_of(plan, "3") == {Fact.MANAGER: ("Ada Lund (1)", "Bo Okafor (2)")}
        assert (line_of("3", YESTERDAY), line_of("3", TODAY)) == ("1", "2")
        assert ReportingLine.objects.filter(person__number="3").count() == 2

    def test_a_change_begins_on_the_day_the_file_says(self, by, at, three):
        header = [*HEADER, "Position since"]
        rows = [[*r, ""] for r in (ADA, BO)] + [[*row(CY, title="Lead"), "2026-03-01"]]
        bring(csv_of(header, *rows), by, at)

        titles = Position.objects.filter(person__number="3").order_by("starts_on")
        assert [(p.title, p.starts_on) for p in titles] == [
            ("Chemist", date(2017, 8, 21)),
            ("Lead", date(2026, 3, 1)),
        ]

    def test_names_are_put_right(self, by, at, three):
        plan = bring(csv_of(HEADER, ADA, row(BO, family="Olsen"), CY), by, at)

        assert facts_of(plan, "2") == {Fact.FAMILY_NAME: ("Okafor", "Olsen")}
        assert Person.objects.get(number="2").name == "Bo Olsen"

    def test_a_manager_nobody_can_find_never_ends_a_line_that_exists(self, by, at, three):
        raw = csv_of(HEADER, ADA, row(BO, manager="99"), CY)

        assert codes(plan_of(raw, by)) == [(3, "manager_unknown")]
        left_empty = bring(raw, by, at, managers=ManagerNotFound.LEAVE_EMPTY)

        assert counts(left_empty) == {"unchanged": 3, "warnings": 1}
        assert line_of("2") == "1"

    def test_an_empty_cell_ends_the_line(self, by, at, three):
        bring(csv_of(HEADER, ADA, row(BO, manager=""), CY), by, at)

        assert (line_of("2", YESTERDAY), line_of("2")) == ("1", None)

    def test_what_the_file_has_no_column_for_stays(self, by, at, three):
        plan = bring(csv_of(HEADER[:3], ADA[:3], row(BO, given="Bob")[:3], CY[:3]), by, at)

        assert facts_of(plan, "2") == {Fact.GIVEN_NAME: ("Bo", "Bob")}
        assert line_of("2") == "1"
        assert Position.objects.on(TODAY).get(person__number="2").title == "Chemist"

    def test_a_change_known_for_later_stays(self, by, at, three):
        later = TODAY + timedelta(days=30)
        bo = Person.objects.get(number="2")
        bo.positions.update(ends_on=later)
        unit = bo.positions.get().unit
        Position.objects.create(person=bo, unit=unit, title="Later", starts_on=later)

        bring(csv_of(HEADER, ADA, row(BO, title="Senior"), CY), by, at)

        titles = bo.positions.order_by("starts_on").values_list("title", flat=True)
        assert list(titles) == ["Chemist", "Senior", "Later"]


class TestLeftAndReturned:
    def test_the_last_day_is_the_last_day(self, by, at, three):
        plan = bring(csv_of(HEADER, ADA, row(BO, left=YESTERDAY.isoformat()), CY), by, at)

        assert counts(plan) == {"left": 1, "unchanged": 2}
        assert Employment.objects.get(person__number="2").ends_on == TODAY

    def test_a_last_day_to_come_is_a_change_and_can_be_taken_back(self, by, at, three):
        leaving = row(BO, left=(TODAY + timedelta(days=40)).isoformat())
        assert counts(bring(csv_of(HEADER, ADA, leaving, CY), by, at))["changed"] == 1
        assert counts(bring(csv_of(HEADER, ADA, leaving, CY), by, at)) == {"unchanged": 3}

        assert counts(bring(csv_of(HEADER, ADA, BO, CY), by, at))["changed"] == 1

        bo = Person.objects.get(number="2")
        assert bo.employments.get().is_open_ended
        assert bo.positions.get().is_open_ended
        assert bo.lines_to_managers.get().is_open_ended

    def test_whoever_is_not_in_the_file_stays_unless_it_lists_everybody(self, by, at, three):
        raw = csv_of(HEADER, ADA, BO, ["SPEC", "Sam", "Spec", "s@x.org", "1", "Labs", "", "", ""])
        assert plan_of(raw, by).counts()["left"] == 0

        plan = bring(raw, by, at, is_complete=True)

        assert [c.number for c in plan.shown if c.kind == ChangeKind.LEFT] == ["3"]
        assert not Employment.objects.on(TODAY).filter(person__number="3").exists()

    def test_a_refused_row_does_not_mean_that_somebody_left(self, by, at, three):
        raw = csv_of(HEADER, ADA, BO, row(CY, hired="no day"))

        plan = plan_of(raw, by, is_complete=True)

        assert "3" not in [change.number for change in plan.shown]

    def test_somebody_who_comes_back_has_a_second_employment(self, by, at, three):
        bring(csv_of(HEADER, ADA, row(BO, left="2026-01-31"), CY), by, at)

        plan = bring(csv_of(HEADER, ADA, row(BO, hired="2026-06-01"), CY), by, at)

        assert counts(plan) == {"returned": 1, "unchanged": 2}
        days = Employment.objects.filter(person__number="2").order_by("starts_on")
        assert [e.starts_on for e in days] == [date(2016, 3, 15), date(2026, 6, 1)]
        again = bring(csv_of(HEADER, ADA, row(BO, hired="2026-06-01"), CY), by, at)
        assert counts(again) == {"unchanged": 3}

    def test_a_manager_who_leaves_is_followed_by_the_next_above(self, by, at, three):
        bring(csv_of(HEADER, ADA, BO, row(CY, manager="2")), by, at)

        left = row(BO, left=YESTERDAY.isoformat())
        refused = plan_of(csv_of(HEADER, ADA, left, row(CY, manager="2")), by)
        assert codes(refused) == [(4, "manager_departed")]

        bring(csv_of(HEADER[:3] + HEADER[7:], *[r[:3] + r[7:] for r in (ADA, left, CY)]), by, at)
        assert line_of("3") == "1"


class TestUnits:
    def test_units_are_made_from_their_path_and_named_in_the_plan(self, by, at):
        header = [*HEADER[:5], "Department path", *HEADER[6:]]
        plan = bring(csv_of(header, row(ADA, unit="Acme > Labs > Acids")), by, at)

        made = [(c.name, c.facts) for c in plan.shown if c.kind == ChangeKind.UNIT]
        assert [name for name, _facts in made] == ["Acme", "Labs", "Acids"]
        assert Unit.objects.get(name="Acids").placements.get().parent.name == "Labs"

    def test_a_name_finds_the_one_unit_that_is_called_so(self, by, at):
        labs = UnitFactory(name="Labs", parent=UnitFactory(name="Acme"))

        bring(csv_of(HEADER, ADA), by, at)

        assert Position.objects.get(person__number="1").unit == labs

    def test_of_several_called_so_one_stays_where_one_is(self, by, at):
        north, south = UnitFactory(name="North"), UnitFactory(name="South")
        UnitFactory(name="Labs", parent=north)
        labs = UnitFactory(name="Labs", parent=south)
        PersonFactory(number="1", unit=labs)

        plan = bring(csv_of(HEADER, ADA, BO), by, at)

        assert Position.objects.on(TODAY).get(person__number="1").unit == labs
        assert codes(plan) == [(None, "unit_name_shared")]
        assert counts(bring(csv_of(HEADER, ADA, BO), by, at)) == {"unchanged": 2}

    def test_a_closed_unit_is_refused(self, by):
        UnitFactory(code="L1", name="Labs", ends_on=date(2024, 1, 1))
        header = ["Employee ID", "Name", "Department code", "Department"]

        plan = plan_of(csv_of(header, ["1", "Ada Lund", "L1", "Labs"]), by)

        assert codes(plan) == [(2, "unit_closed")]


class TestLeavesAndMatrixManagers:
    HEADER = [*HEADER, "Leave from", "Leave to", "Matrix manager ID"]

    def brought(self, by, at, *said):
        return bring(
            csv_of(self.HEADER, [*ADA, "", "", ""], [*BO, *said], [*CY, "", "", ""]), by, at
        )

    def test_leaves_begin_are_put_right_and_end(self, by, at):
        self.brought(by, at, "2026-11-01", "2026-12-31", "")
        assert Leave.objects.get().ends_on == date(2027, 1, 1)

        self.brought(by, at, "2026-11-01", "2026-11-30", "")
        assert Leave.objects.get().ends_on == date(2026, 12, 1)
        assert counts(self.brought(by, at, "2026-11-01", "2026-11-30", "")) == {"unchanged": 3}

        self.brought(by, at, "", "", "")
        assert Leave.objects.get().ends_on == TODAY

    def test_a_matrix_manager_leads_beside_the_manager(self, by, at):
        self.brought(by, at, "", "", "3")
        assert ReportingLine.objects.get(kind="matrix").manager.number == "3"
        assert counts(self.brought(by, at, "", "", "3")) == {"unchanged": 3}

    def test_an_unknown_matrix_manager_is_told_and_passed_over(self, by, at):
        assert codes(self.brought(by, at, "", "", "99")) == [(3, "matrix_manager_unknown")]
        assert not ReportingLine.objects.filter(kind="matrix").exists()


class TestQueries:
    def test_a_plan_costs_as_many_queries_for_many_as_for_one(
        self, by, at, django_assert_num_queries
    ):
        many = [
            [str(n), "Al", f"Kim {n}", "", "", "Labs", "", "2020-01-31", ""] for n in range(300)
        ]
        bring(csv_of(HEADER, *many), by, at)

        with django_assert_num_queries(9):
            plan_of(csv_of(HEADER, ADA), by)
        with django_assert_num_queries(9):
            plan_of(csv_of(HEADER, *many), by)
