"""What an import copes with, and what it refuses in words that say where and what to do."""

import zipfile
from io import BytesIO

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.audit.models import Entry
from evenhand.demographics.models import ProtectedFacts
from evenhand.integrations.models import PeopleImport, PlannedChange, PlannedProblem
from evenhand.integrations.people_files.kinds import ManagerNotFound
from evenhand.integrations.people_files.reading import read_table
from evenhand.integrations.planning import plan_import
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from evenhand.people.models import (
    Employment,
    ManagementChain,
    Person,
    Position,
    ReportingLine,
    Unit,
)
from evenhand.spreadsheets.tables import UnusableFile
from tests.factories.access import TODAY, acting, with_role
from tests.factories.people import PersonFactory
from tests.integrations.files import (
    HR,
    REFERENCE,
    SAMPLE,
    bring,
    csv_of,
    needs_reference,
    plan_of,
    read,
)
from tests.spreadsheets.building import workbook_bytes

pytestmark = pytest.mark.django_db

HEADER = ["Employee ID", "Name", "Manager", "Department", "Hire date"]
ADA = ["1", "Lund, Ada", "", "Labs", "2015-02-28"]
BO = ["2", "Okafor, Bo", "Ada Lund", "Labs", "2016-03-15"]
EVERYTHING = (Person, Unit, Employment, Position, ReportingLine, ManagementChain, ProtectedFacts)
EVERYTHING += (PeopleImport, Entry)


@pytest.fixture
def by():
    return with_role(Role.SPECIALIST, number="SPEC", family_name="Zweig")


@pytest.fixture
def at():
    return timezone.now()


def everything():
    return [list(model.objects.order_by("pk").values_list()) for model in EVERYTHING]


def codes(plan):
    return {problem.code for problem in plan.problems}


class TestCopesWith:
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_marks_code_pages_semicolons_and_tabs(self, by, at, encoding, delimiter):
        accented = ["1", "Müller, Zoë", "", "Café", "2015-02-28"]

        bring(csv_of(HEADER, accented, encoding=encoding, delimiter=delimiter), by, at)

        assert Person.objects.get(number="1").name == "Zoë Müller"

    def test_trailing_blanks_and_empty_rows(self, by, at):
        blanks = [f"{cell}   " for cell in BO]

        plan = bring(csv_of(HEADER, ADA, ["", "", "", "", ""], blanks, ["  "] * 5), by, at)

        assert plan.counts()["added"] == 2
        assert Person.objects.get(number="2").family_name == "Okafor"

    def test_managers_named_but_not_numbered(self, by, at):
        bring(csv_of(HEADER, ADA, BO), by, at)

        assert ReportingLine.objects.get(person__number="2").manager.number == "1"

    def test_managers_who_are_here_but_not_in_the_file(self, by, at):
        PersonFactory(number="77", given_name="Ada", family_name="Lund")

        bring(csv_of(HEADER, BO), by, at)

        assert ReportingLine.objects.get(person__number="2").manager.number == "77"

    def test_two_header_rows(self, by, at):
        technical = ["EMP_ID", "FULL_NAME", "MGR_NAME", "DEPT", "HIRE_DT"]

        assert bring(csv_of(technical, HEADER, ADA, BO), by, at).counts()["added"] == 2

    def test_an_excel_file(self, by, at):
        bring(workbook_bytes(People=[HEADER, ADA, BO]), by, at)

        assert Person.objects.filter(number__in=("1", "2")).count() == 2


class TestRefuses:
    """Each of these names the row and changes nothing."""

    @pytest.mark.parametrize(
        ("rows", "code"),
        [
            ([ADA, [*ADA[:1], "Other, Name", *ADA[2:]]], "duplicate_number"),
            ([["", *ADA[1:]]], "missing_number"),
            ([[*ADA[:2], "Bo Okafor", *ADA[3:]], BO], "reporting_cycle"),
            ([[*ADA[:2], "Nobody Here", *ADA[3:]]], "manager_unknown"),
            ([[*ADA[:2], "Gone Away", *ADA[3:]]], "manager_departed"),
            ([[*ADA[:4], "2020-02-31"]], "bad_date"),
            ([["=SUM(A1)", *ADA[1:]]], "formula"),
            ([[*ADA[:1], "x" * 5_000, *ADA[2:]]], "cell_too_long"),
            ([[*ADA[:2], "Ada Lund", *ADA[3:]]], "manager_is_self"),
        ],
    )
    def test_a_row_that_cannot_be_right(self, by, at, rows, code):
        PersonFactory(
            number="G", given_name="Gone", family_name="Away", left_on=TODAY.replace(day=1)
        )
        before = everything()

        plan = bring(csv_of(HEADER, *rows, ["5", "Oh, Cy", "", "Labs", "2020-01-31"]), by, at)

        assert code in codes(plan)
        assert not plan.is_clean
        assert everything() == before

    def test_days_that_could_be_two_days_are_asked_never_guessed(self, by, at):
        before = everything()

        plan = bring(csv_of(HEADER, [*ADA[:4], "03/04/2020"]), by, at)

        assert codes(plan) >= {"question_open"}
        assert everything() == before

    def test_a_cell_of_ten_megabytes(self, by, at):
        plan = bring(csv_of(HEADER, [*ADA[:1], "x" * 10_000_000, *ADA[2:]]), by, at)

        assert "cell_too_long" in codes(plan)
        assert max(len(problem.value) + len(problem.message) for problem in plan.problems) < 1_000

    def test_a_workbook_that_unpacks_to_a_flood(self):
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
            book.writestr("[Content_Types].xml", "<Types/>")
            book.writestr("xl/workbook.xml", "<workbook/>")
            book.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)

        with pytest.raises(UnusableFile):
            read_table(packed.getvalue())

    def test_somebody_who_may_not(self, by, at):
        before = everything()

        with pytest.raises(Refused):
            bring(csv_of(HEADER, ADA), acting(PersonFactory()), at)

        assert everything()[-2:] == before[-2:]


class TestProtectedFacts:
    HEADER = [*HEADER, "Sex", "Race", "Birth date", "Disability"]
    FACTS = ["Female", "Martian", "1980-05-31", "Left wing"]

    def test_they_are_kept_apart_sealed_and_put_right(self, by, at):
        bring(csv_of(self.HEADER, [*ADA, *self.FACTS]), by, at)
        kept = ProtectedFacts.objects.get(person__number="1")
        assert (kept.race, kept.birth_on, kept.disability) == ("Martian", "1980-05-31", "Left wing")

        again = bring(csv_of(self.HEADER, [*ADA, *self.FACTS]), by, at)
        changed = bring(csv_of(self.HEADER, [*ADA, *self.FACTS[:1], "", *self.FACTS[2:]]), by, at)

        assert not again.has_changes
        assert not changed.has_changes
        assert ProtectedFacts.objects.get(person__number="1").race == ""

    def test_without_a_column_they_stay(self, by, at):
        bring(csv_of(self.HEADER, [*ADA, *self.FACTS]), by, at)

        bring(csv_of(HEADER, ADA), by, at)

        assert ProtectedFacts.objects.get(person__number="1").race == "Martian"

    def test_no_plan_problem_record_or_log_ever_names_them(self, by, at, caplog):
        wrong = [*BO, "Female", "=Martian(1)", "31.31.1980", "Left wing"]
        raw = csv_of(self.HEADER, [*ADA, *self.FACTS], wrong)
        plan = plan_of(raw, by)
        bring(csv_of(self.HEADER, [*ADA, *self.FACTS]), by, at)

        told = repr(plan) + repr(plan.records) + caplog.text
        told += repr([list(m.objects.values()) for m in (Entry, PlannedChange, PlannedProblem)])
        told += repr(list(PeopleImport.objects.values()))
        for secret in ("Martian", "1980-05-31", "31.31.1980", "Left wing"):
            assert secret not in told


class TestTheSample:
    def test_it_comes_in_and_is_unchanged_the_second_time(self, by, at):
        raw = SAMPLE.read_bytes()
        people = len(raw.decode().splitlines()) - 1

        assert bring(raw, by, at).counts()["added"] == people
        again = bring(raw, by, at)

        assert again.counts()["unchanged"] == people
        assert not again.has_changes

    def test_edited_rows_are_the_only_ones_that_change(self, by, at):
        raw = SAMPLE.read_text(encoding="utf-8")
        bring(raw.encode(), by, at)
        lines = raw.splitlines()
        lines[1] = lines[1].replace("Chief Executive Officer", "Managing Director")

        plan = bring("\n".join(lines).encode(), by, at)

        assert [change.facts[0][0] for change in plan.shown] == ["title"]


@needs_reference
class TestRealFiles:
    def test_the_hr_dataset_comes_in_once_its_missing_managers_are_decided(self, by, at):
        raw = (HR / "HRDataset_v14.csv").read_bytes()
        before = everything()
        refused = bring(raw, by, at)
        assert codes(refused) >= {"manager_unknown"}
        assert everything() == before

        plan = bring(raw, by, at, managers=ManagerNotFound.LEAVE_EMPTY)

        assert plan.counts()["added"] == 311
        assert Employment.objects.on(TODAY).exclude(person__number="SPEC").count() == 207
        assert ProtectedFacts.objects.count() == 311

    @pytest.mark.parametrize("number", [1, 3, 4])
    def test_its_copies_say_the_same(self, by, at, number):
        leniently = {"managers": ManagerNotFound.LEAVE_EMPTY}
        bring((HR / "HRDataset_v14.csv").read_bytes(), by, at, **leniently)

        copy = (HR / "variants" / f"variant_{number}.csv").read_bytes()

        assert bring(copy, by, at, **leniently).counts()["unchanged"] == 311

    @pytest.mark.parametrize("number", [2, 5])
    def test_its_damaged_copies_change_nothing(self, by, at, number):
        before = everything()
        copy = (HR / "variants" / f"variant_{number}.csv").read_bytes()

        assert not bring(copy, by, at, managers=ManagerNotFound.LEAVE_EMPTY).is_clean
        assert everything() == before

    def test_ten_thousand_people_come_in_and_are_unchanged_the_second_time(self, by, at):
        raw = (REFERENCE / "employees_10k" / "employee.csv").read_bytes()

        assert bring(raw, by, at).counts()["added"] == 10_000
        assert bring(raw, by, at).counts()["unchanged"] == 10_000


CELLS = st.one_of(
    st.sampled_from(["", "1", "2", "3", "Ada Lund", "Lund, Ada", "Labs", "A > B", "2020-02-30"]),
    st.sampled_from(["2015-02-28", "03/04/2020", "=1+1", "a@x.org", "x" * 300, "\u200b", "'"]),
    st.text(max_size=8),
)
FILES = st.lists(st.lists(CELLS, min_size=3, max_size=7), max_size=6)


class TestAnyFile:
    # People of earlier examples stay: a file then meets those who are there.
    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(rows=FILES)
    def test_applies_whole_or_changes_nothing(self, rows, by, at):
        before = everything()
        raw = csv_of([*HEADER, "E-mail", "Exit date"], *rows, encoding="utf-8")
        try:
            table, _wish = read(raw, by.on)
            plan = bring(raw, by, at)
        except (UnusableFile, Refused):
            assert everything() == before
            return
        if not plan.is_clean:
            assert everything() == before
            return
        table, wish = read(raw, by.on)
        again = plan_import(table, wish.mapping, on=by.on)
        assert not again.has_changes
        assert {p.number for p in plan.records.people} <= set(
            Person.objects.values_list("number", flat=True)
        )
