import json
import os
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.cli import asking
from evenhand.cli.main import main
from tests.reference import REFERENCE, needs_reference_data
from tests.spreadsheets.building import csv_bytes, workbook_bytes

HEADER = ("Employee ID", "Manager", "Rating", "Sex", "Department")
LEVELS = ("Below", "Meets", "Exceeds", "Meets")
ROWS = [
    (f"E{n}", f"Boss {n % 5}", LEVELS[n * 7 % 4], "FM"[n % 2], ("Sales", "IT")[n % 3 > 0])
    for n in range(60)
]
KEYS = {
    *("ratings", "persons", "raters", "connected", "variance", "share_rater", "reliability"),
    *("raters_detail", "groups", "suppressed", "refused"),
}


@pytest.fixture
def audited(tmp_path, monkeypatch, capsys):
    """Run the command in an empty folder; gives its status, what it said and what it wrote."""
    monkeypatch.chdir(tmp_path)

    def run(*rows, options=(), raw=None, name="ratings.csv"):
        (tmp_path / name).write_bytes(csv_bytes(*rows) if raw is None else raw)
        status = main(["audit", name, *options])
        written = {path.name for path in tmp_path.iterdir()} - {name}
        return status, capsys.readouterr(), written

    return run


@pytest.fixture
def answers(monkeypatch):
    """A person at the terminal who answers in turn, and then no more."""

    def answer(*said):
        lines = iter(said)

        def read():
            try:
                return next(lines)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr(asking, "can_ask", lambda: True)
        monkeypatch.setattr("builtins.input", read)

    return answer


class TestDone:
    def test_a_certain_guess_is_told_and_audited(self, audited):
        status, said, written = audited(HEADER, *ROWS)

        assert (status, written) == (0, {"ratings-audit.html"})
        assert "60 ratings of 60 people by 5 raters." in said.err
        assert "Below < Meets < Exceeds" in said.err
        assert "Written: ratings-audit.html" in said.out

    def test_all_faces_are_written_together(self, audited, tmp_path):
        options = [
            *("--out", "a.html", "--json", "a.json", "--excel", "a.xlsx", "--pdf", "a.pdf"),
            *("--person", "Employee ID", "--rater", "Manager", "--rating", "Rating"),
            *("--group", "Sex", "--control", "Department", "--unit", "Department"),
            *("--scale", "Below < Meets < Exceeds", "--favourable", "Exceeds", "--adverse", "1"),
        ]

        status, _said, written = audited(HEADER, *ROWS, options=options)

        assert (status, written) == (0, {"a.html", "a.json", "a.xlsx", "a.pdf"})
        numbers = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
        assert numbers.keys() >= KEYS
        assert (numbers["ratings"], numbers["persons"], numbers["raters"]) == (60, 60, 5)
        page = (tmp_path / "a.html").read_text(encoding="utf-8")
        assert "How the file was read" in page
        assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
        assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")

    def test_a_workbook_with_a_column_for_each_rater(self, audited, tmp_path):
        rows = [(f"E{n}", n % 5 + 1, (n * 3) % 5 + 1, (n + 2) % 5 + 1) for n in range(20)]
        raw = workbook_bytes(Notes=[["a"]], Scores=[["Person", "Ann", "Bo", "Cy"], *rows])
        options = ["--raters-wide", "Ann", "Bo", "Cy", "--person", "Person", "--json", "a.json"]
        options += ["--sheet", "Scores"]

        status, _said, written = audited(raw=raw, name="ratings.xlsx", options=options)

        assert (status, written) == (0, {"a.json"})
        assert json.loads((tmp_path / "a.json").read_text())["ratings"] == 60

    def test_what_is_said_about_some_columns_goes_before_the_guess(self, audited):
        options = ["--group", "department", "--unit", "Sex"]

        status, said, _written = audited(HEADER, *ROWS, options=options)

        assert status == 0
        assert "unit: “Sex”, groups: “Department”." in said.err

    @pytest.mark.parametrize(
        ("options", "told"),
        [
            (["--rating", "Overall rating"], "rating: “Overall rating”"),
            (["--rater", "Manager", "--rating", "Rating"], "rating: “Rating”"),
        ],
    )
    def test_what_is_not_said_is_guessed_beside_what_is(self, audited, options, told):
        rows = [(*row, str(n % 3)) for n, row in enumerate(ROWS)]

        status, said, _written = audited((*HEADER, "Overall rating"), *rows, options=options)

        assert status == 0
        assert "60 ratings of 60 people by 5 raters." in said.err
        assert told in said.err
        assert "groups: “Sex”" in said.err

    def test_people_and_groups_are_guessed_where_each_rater_has_a_column(self, audited):
        rows = [(f"E{n}", n % 5 + 1, (n + 1) % 5 + 1, "FM"[n % 2]) for n in range(30)]
        options = ["--raters-wide", "Ada", "Ben"]

        status, said, _written = audited(("Name", "Ada", "Ben", "Sex"), *rows, options=options)

        assert status == 0
        assert "person: “Name”, raters: “Ada”, “Ben”, groups: “Sex”." in said.err

    def test_whoever_names_person_and_rating_gets_nothing_else(self, audited):
        options = ["--person", "Employee ID", "--rating", "Rating"]

        said = audited(HEADER, *ROWS, options=options)[1]

        assert "Columns: person: “Employee ID”, rating: “Rating”.\n" in said.err

    def test_what_was_assumed_and_left_out_is_told(self, audited):
        more = [("E0", "Boss 0", "NR", "F", "IT"), ("E1", "Boss 1", "Meets", "M", "IT")]

        status, said, _written = audited(HEADER, *ROWS, *more)

        assert status == 0
        assert "Left out as no rating: 1 marked “not rated”." in said.err
        assert "same person by the same rater" in said.err

    def test_no_database_no_secrets_and_no_folder_are_needed(self, tmp_path):
        (tmp_path / "ratings.csv").write_bytes(csv_bytes(HEADER, *ROWS))
        command = [sys.executable, "-m", "evenhand.cli.main", "audit", "ratings.csv"]
        bare = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}

        subprocess.run(command, cwd=tmp_path, env=bare, check=True, capture_output=True)

        names = {path.name for path in tmp_path.iterdir()}
        assert names == {"ratings.csv", "ratings-audit.html"}


class TestRefused:
    @pytest.mark.parametrize(
        ("options", "words"),
        [
            (["--rating", "Ratting"], "no column “Ratting”. Did you mean “Rating”"),
            (["--rating", "Department"], 'Say it with --scale "lowest < ... < highest".'),
            (["--rating", "Rating", "--scale", "Low < High"], "Row 2, column “Rating”: “Below” is"),
            (["--rating", "Rating", "--scale", "Low"], "We could not read the scale"),
            (["--rating", "Rating", "--favourable", "Best"], "no level “Best”"),
            (["--out", "ratings.csv"], "is the file you audit"),
            (["--out", "a.html", "--json", "a.html"], "named twice"),
            (["--out", "nowhere/a.html"], "cannot write nowhere"),
            (["--sheet", "x", "--rating", "Rating", "--group", "Employee ID"], "too many groups"),
        ],
    )
    def test_with_what_to_do_and_nothing_written(self, audited, options, words):
        status, said, written = audited(HEADER, *ROWS, options=options)

        assert (status, written, said.out) == (2, set(), "")
        assert words in said.err
        assert said.err.endswith("Nothing was written.\n")

    @pytest.mark.parametrize("raw", [b"", b"%PDF-1.7", b"PK\x03\x04broken", b"words", b"a,b\n"])
    def test_what_is_no_table(self, audited, raw):
        status, said, written = audited(raw=raw)

        assert (status, written) == (2, set())
        assert said.err

    def test_a_column_for_each_rater_is_thought_of_where_none_holds_the_rating(self, audited):
        rows = [(f"E{n}", n % 5 + 1, (n + 1) % 5 + 1, "FM"[n % 2]) for n in range(30)]

        status, said, written = audited(("Name", "Ada", "Ben", "Sex"), *rows)

        assert (status, written) == (2, set())
        assert (
            "It may be one of: “Ada”, “Ben”. Please say it with --rating, or --raters-wide where"
            in said.err
        )

    def test_a_file_that_is_not_there(self, capsys):
        assert main(["audit", "no-such-file.csv", "--json", "a.json"]) == 2
        assert "could not open" in capsys.readouterr().err

    def test_of_many_bad_cells_the_first_twenty_are_named(self, audited):
        rows = [(*row[:2], "3" if n < 40 else f"x{n}", *row[3:]) for n, row in enumerate(ROWS)]
        more = [("", "Boss 1", "3", "F", "IT")] * 5

        status, said, _written = audited(HEADER, *rows, *more)

        assert status == 2
        assert said.err.count("Row ") == 20
        assert "And 5 more." in said.err

    def test_a_guess_that_is_not_certain_names_what_to_say(self, audited):
        rows = [(*row, str(n % 3)) for n, row in enumerate(ROWS)]

        status, said, written = audited((*HEADER, "Overall rating"), *rows)

        assert (status, written) == (2, set())
        assert (
            "It may be one of: “Rating”, “Overall rating”. Please say it with --rating." in said.err
        )

    def test_protected_facts_are_not_printed(self, audited):
        header = (*HEADER, "Date of birth")
        rows = [(*row, "1980-02-28") for row in ROWS]
        bad = (*ROWS[0][:4], "IT", "1980-31-31")

        said = audited(
            header, *rows, bad, options=["--rating", "Rating", "--group", "Date of birth"]
        )[1]

        assert "Row 62" in said.err
        assert "1980-31-31" not in said.err + said.out

    def test_what_stands_in_a_cell_cannot_steer_the_terminal(self, audited):
        bad = (*ROWS[0][:2], "\x1b]0;mine\x07\x1b[2J", *ROWS[0][3:])

        said = audited(HEADER, *ROWS, bad, options=["--rating", "Rating"])[1]

        assert "]0;mine" in said.err
        assert all(c.isprintable() or c == "\n" for c in said.err)


class TestAsked:
    def test_enter_takes_the_guess(self, audited, answers):
        answers(*[""] * 20)

        status, said, written = audited(HEADER, *ROWS)

        assert (status, written) == (0, {"ratings-audit.html"})
        assert "Which column holds the rating? [Rating]" in said.err

    def test_names_numbers_and_none_are_answers(self, audited, answers):
        rows = [(*row, str(n % 5 + 1)) for n, row in enumerate(ROWS)]
        answers("result", "1", "boss", "2", *[""] * 5, "4; Department", "-", "", "")

        status, said, _written = audited((*HEADER, "Result"), *rows)

        assert status == 0
        assert "There is no such answer" in said.err
        assert "rating: “Result”" in said.err
        assert "groups: “Sex”, “Department”." in said.err

    def test_a_scale_is_asked_for_and_asked_again(self, audited, answers):
        rows = [(*row[:2], "rgb"[n % 3], *row[3:]) for n, row in enumerate(ROWS)]
        answers("Rating", *[""] * 9, "r", "r < g < b", "")

        status, said, _written = audited(HEADER, *rows)

        assert status == 0
        assert said.err.count("The levels from low to high") == 2

    def test_a_column_for_each_rater_can_be_named(self, audited, answers):
        rows = [(n % 5 + 1, n % 3 + 1) for n in range(20)]
        answers("-", "-", *[""] * 7, "1, 2", *[""] * 3)

        status, said, _written = audited(("V1", "V2"), *rows)

        assert status == 0
        assert "40 ratings of 20 people by 2 raters" in said.err

    def test_a_guess_of_such_columns_can_be_turned_down(self, audited, answers):
        rows = [(f"E{n}", n % 5 + 1, n % 3 + 1) for n in range(20)]
        answers("-", "Rater1", *[""] * 12)

        status, said, _written = audited(("Person", "Rater1", "Rater2"), *rows)

        assert status == 0
        assert "20 ratings of 20 people." in said.err

    def test_days_are_asked_about(self, audited, answers):
        rows = [(*row, "03/04/2025") for row in ROWS]
        answers(*[""] * 6, "Review date", *[""] * 3, "month", "")

        status, said, _written = audited((*HEADER, "Review date"), *rows)

        assert status == 0
        assert "Which comes first" in said.err

    def test_a_column_for_each_rater_is_offered_as_soon_as_none_holds_the_rating(
        self, audited, answers
    ):
        rows = [(f"E{n}", n % 5 + 1, (n + 1) % 5 + 1, "FM"[n % 2]) for n in range(30)]
        answers("-", "-", *[""] * 7)

        status, said, _written = audited(("Name", "Ada", "Ben", "Sex"), *rows)

        assert status == 0
        assert "person: “Name”, raters: “Ada”, “Ben”, groups: “Sex”." in said.err

    def test_somebody_may_decide_against_it(self, audited, answers):
        answers(*[""] * 10, "no")

        status, _said, written = audited(HEADER, *ROWS)

        assert (status, written) == (1, set())

    def test_answers_that_end_early_end_the_audit(self, audited, answers):
        answers("")

        status, said, written = audited(HEADER, *ROWS)

        assert (status, written) == (2, set())
        assert "Nothing was written." in said.err

    def test_whoever_says_yes_beforehand_is_not_asked(self, audited, answers):
        answers()

        assert audited(HEADER, *ROWS, options=["--yes"])[0] == 0


POOLS = (
    ["1", "2", "3", "4", "5"],
    ["Below", "Meets", "Exceeds", "NR", ""],
    ["F", "M", "m", "", "declined"],
    ["A", "B", "C", "D", "E", "F", "G"],
    [f"E{n}" for n in range(25)],
    ["2020-02-28", "31/12/1999", "2001-01-01", ""],
    ["62,506", "4,5", "-1", "1e11", "0", "NA"],
    ["4 - Good", "2 - Fair", "=1+1", "\u0663", "'", "a" * 300],
)
USES = ("person", "rater", "group", "control", "item", "unit", "before", "date", "text", "")


@st.composite
def spreadsheets(draw):
    """A table whose columns mostly hold one kind of thing, and a use for each of them."""
    count = draw(st.integers(1, 6))
    length = draw(st.integers(1, 30))
    odd = st.text(max_size=6)
    columns = []
    for _column in range(count):
        cells = st.sampled_from(draw(st.sampled_from(POOLS)))
        strange = draw(st.integers(0, 4)) == 0
        column = st.lists(
            st.one_of(cells, odd) if strange else cells, min_size=length, max_size=length
        )
        columns.append(draw(column))
    uses = draw(st.lists(st.sampled_from(USES), min_size=count, max_size=count))
    rated = draw(
        st.lists(
            st.sampled_from(draw(st.sampled_from(POOLS[:2]))), min_size=length, max_size=length
        )
    )
    flags = ["--rating", "Rating"]
    for place, use in enumerate(uses):
        flags += [f"--{use}", f"Column {place}"] if use else []
    header = ["Rating", *(f"Column {place}" for place in range(count))]
    return [header, *zip(rated, *columns, strict=True)], flags


class TestNeverCrashes:
    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(sheet=spreadsheets())
    def test_any_spreadsheet_is_audited_or_refused(self, sheet, tmp_path):
        rows, flags = sheet
        place, out = tmp_path / "any.csv", tmp_path / "any.json"
        out.unlink(missing_ok=True)
        place.write_bytes(csv_bytes(*rows))

        status = main(["audit", str(place), "--json", str(out), *flags])

        assert status in {0, 2}
        assert out.exists() == (status == 0)

    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(raw=st.binary(max_size=300))
    def test_any_bytes_are_audited_or_refused(self, raw, tmp_path):
        place, out = tmp_path / "any.csv", tmp_path / "any.json"
        out.unlink(missing_ok=True)
        place.write_bytes(raw)

        status = main(["audit", str(place), "--json", str(out)])

        assert status in {0, 2}
        assert out.exists() == (status == 0)


@needs_reference_data
def test_a_real_file_without_a_word_about_its_columns(tmp_path):
    out = tmp_path / "audit.json"

    status = main(
        ["audit", str(REFERENCE / "hrdataset_v14" / "HRDataset_v14.csv"), "--json", str(out)]
    )

    numbers = json.loads(out.read_text(encoding="utf-8"))
    assert (status, numbers["ratings"], numbers["raters"]) == (0, 311, 21)
    assert numbers["variance"]["rater"] == pytest.approx(0, abs=1e-6)
    assert not any(rater["flag"] for rater in numbers["raters_detail"])
