import json

import pytest
from django.utils import timezone

from evenhand.audit.models import Entry
from evenhand.cli.main import main
from evenhand.integrations.actions import save_mapping
from evenhand.integrations.models import PeopleImport
from evenhand.integrations.people_files.mapping import Mapping
from evenhand.kernel.acting import Role
from evenhand.people.columns import Field
from evenhand.people.models import Person
from tests.factories.access import with_role
from tests.factories.people import PersonFactory
from tests.integrations.files import SAMPLE, csv_of

pytestmark = pytest.mark.django_db

HEADER = ["Employee ID", "Name", "Manager ID", "Department", "Hire date"]
ADA = ["1", "Lund, Ada", "", "Labs", "2015-02-28"]
BO = ["2", "Okafor, Bo", "1", "Labs", "2016-03-15"]


@pytest.fixture
def bring(tmp_path, capsys):
    """Run the command on some rows; gives the exit status, the report and what was printed."""

    def run(*rows, options=(), raw=None):
        path, report = tmp_path / "people.csv", tmp_path / "out.json"
        path.write_bytes(csv_of(*rows) if raw is None else raw)
        status = main(["import", "people", str(path), "--report", str(report), *options])
        return status, json.loads(report.read_text(encoding="utf-8")), capsys.readouterr()

    return run


class TestStatus:
    def test_zero_when_applied_and_again_when_nothing_is_left_to_do(self, bring):
        status, report, said = bring(HEADER, ADA, BO)

        assert (status, report["added"], report["problems"]) == (0, 2, [])
        assert "Applied." in said.out
        status, report, said = bring(HEADER, ADA, BO)
        assert (status, report["unchanged"]) == (0, 2)
        assert "Everything was so already." in said.out

    def test_zero_for_a_clean_dry_run_that_changes_nothing(self, bring):
        status, report, _said = bring(HEADER, ADA, options=["--dry-run"])

        assert (status, report["added"]) == (0, 1)
        assert not Person.objects.exists()
        assert not PeopleImport.objects.exists()

    def test_one_when_rows_are_refused_and_nothing_is_applied(self, bring):
        status, report, said = bring(HEADER, ADA, ["", *BO[1:]])

        assert (status, report["refused"]) == (1, 1)
        assert "Row 3" in said.err
        assert not Person.objects.exists()

    @pytest.mark.parametrize("raw", [b"", b"%PDF-1.7", b"PK\x03\x04broken", b"just words"])
    def test_two_when_the_file_cannot_be_used(self, bring, raw):
        status, report, said = bring(raw=raw)

        assert status == 2
        assert report["problems"][0]["row"] is None
        assert said.err

    def test_two_when_there_is_no_file(self, capsys):
        assert main(["import", "people", "no-such-file.csv"]) == 2
        assert "could not open" in capsys.readouterr().err

    def test_two_while_a_question_about_days_is_open(self, bring):
        rows = (HEADER, [*ADA[:4], "03/04/2020"])
        status, _report, said = bring(*rows)
        assert status == 2
        assert "--dates" in said.err

        assert bring(*rows, options=["--dates", "month-first"])[0] == 0
        starts_on = Person.objects.get().employments.get().starts_on
        assert (starts_on.month, starts_on.day) == (3, 4)


class TestReport:
    def test_it_has_the_counts_and_each_problem_with_its_place(self, bring):
        _status, report, _said = bring(HEADER, ADA, [*BO[:2], "99", *BO[3:]])

        assert set(report) == {"added", "changed", "left", "unchanged", "refused", "problems"}
        [problem] = report["problems"]
        assert (problem["row"], problem["column"], problem["value"]) == (3, "Manager ID", "99")
        assert problem["code"] == "manager_unknown"
        assert "We know nobody" in problem["message"]

    def test_the_counts_add_up_to_the_rows(self, bring):
        bring(HEADER, ADA, BO)
        _status, report, _said = bring(HEADER, ADA, [*BO[:3], "Sales", BO[4]], ["3", *ADA[1:]])

        assert [report[name] for name in ("added", "changed", "unchanged")] == [1, 1, 1]


class TestAnswers:
    def test_managers_can_be_left_empty(self, bring):
        rows = (HEADER, ADA, [*BO[:2], "99", *BO[3:]])
        assert bring(*rows)[0] == 1

        status, report, _said = bring(*rows, options=["--managers", "leave-empty"])

        assert (status, report["added"]) == (0, 2)
        assert report["problems"][0]["severity"] == "warning"

    def test_a_complete_file_ends_the_employment_of_who_is_not_in_it(self, bring):
        PersonFactory(number="9")
        assert bring(HEADER, ADA)[1]["left"] == 0

        assert bring(HEADER, ADA, options=["--complete"])[1]["left"] == 1

    def test_a_column_can_be_named(self, bring):
        rows = (["Wer", *HEADER[1:]], ADA)
        assert bring(*rows, options=["--column", "Wer=number"])[0] == 0
        assert bring(*rows, options=["--column", "Wer=nonsense"])[0] == 2
        assert bring(*rows, options=["--column", "Nobody=number"])[0] == 2


class TestMapping:
    MAPPING = Mapping({"Wer": Field.NUMBER, "Name": Field.FULL_NAME, "Department": Field.UNIT_NAME})

    def test_by_file(self, bring, tmp_path):
        path = tmp_path / "mapping.json"
        path.write_text(self.MAPPING.to_text(), encoding="utf-8")

        assert bring(["Wer", *HEADER[1:]], ADA, options=["--mapping", str(path)])[0] == 0

    def test_by_name(self, bring):
        by = with_role(Role.SPECIALIST)
        save_mapping("Monthly", self.MAPPING, by=by, at=timezone.now())

        assert bring(["Wer", *HEADER[1:]], ADA, options=["--mapping", "Monthly"])[0] == 0
        assert PeopleImport.objects.get().mapping_name == "Monthly"

    @pytest.mark.parametrize("text", [None, "not json", "[]", '{"columns": {"a": "nonsense"}}'])
    def test_one_that_cannot_be_used_is_told(self, bring, tmp_path, text):
        path = tmp_path / "mapping.json"
        if text is not None:
            path.write_text(text, encoding="utf-8")

        assert bring(HEADER, ADA, options=["--mapping", str(path)])[0] == 2


class TestOnRecord:
    def test_who_when_counts_and_the_digest_of_the_file(self, bring):
        bring(raw=SAMPLE.read_bytes())

        entry = Entry.objects.get(code="people.imported")
        brought = PeopleImport.objects.get()
        assert entry.by_name == "Command line"
        assert (entry.details["digest"], entry.details["added"]) == (brought.digest, brought.rows)
        assert brought.file == ""

    def test_nothing_protected_is_printed_or_reported(self, bring):
        header = [*HEADER, "Race", "Birth date"]
        _status, report, said = bring(header, [*ADA, "=Martian(1)", "1980-31-31"])

        assert "Martian" not in json.dumps(report) + said.out + said.err
        assert "1980-31-31" not in json.dumps(report) + said.out + said.err
